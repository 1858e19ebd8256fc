// Direct reclaim: where a frame is needed and none is free, the page that was not in use for longest is evicted. The
// order is that of two lists (frames/lru.ts) with a second chance: a page whose accessed bits say that it was used since
// the last look goes back to the active list, with its bits cleared (Linux, mm/vmscan.c; Tanenbaum, "second chance").

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import type { Reverse } from '../frames/reverse.js'
import * as entryFormat from '../page-tables/entry.js'
import type { Area } from './area.js'
import type { Evict } from './evict.js'

interface Chapters {
  readonly cpus: Cpus
  readonly frames: Frames
  readonly reverse: Reverse
  readonly area: Area
  readonly evict: Evict
}

export function createReclaim(core: Core, { cpus, frames, reverse, area, evict: evicting }: Chapters) {
  const { words, layout, chose } = core
  const { ENOSPC, NONE } = answers
  const { ACCESSED } = entryFormat
  const { firstOf, nextOf } = reverse
  const { evict, evictable } = evicting
  const { available } = area
  const { countOf, move, oldest, ACTIVE, INACTIVE } = frames.lru
  const SLOT = layout.frameSlot
  const EVICTED = cpus.evictedWord
  const { takeRegions, giveRegions, takeMaps, giveMaps, takeFrames, giveFrames } = cpus
  const SEVERAL = core.boot.cpus > 1

  /** Evicts one page, and reports whose frame. Whether there was one that may go and a place where it can go to. */
  function evictOne() {
    const victim = SEVERAL ? chooseAmongOthers() : choose(available())
    if (victim === NONE) return false
    chose('victim', victim)
    const answer = evict(victim)
    // Another CPU may have taken the last slot meanwhile.
    if (SEVERAL && answer === ENOSPC) return false
    words[EVICTED] = 1
    return true
  }

  /** The same choice, while nobody changes what it looks at; when the victim goes, it is looked at again. */
  function chooseAmongOthers() {
    takeRegions()
    takeMaps()
    takeFrames()
    const victim = choose(available())
    giveFrames()
    giveMaps()
    giveRegions()
    return victim
  }

  /** What the swap cache knows needs no slot. */
  const canGo = (frame: number, slots: boolean) => (slots || words[SLOT + frame] !== 0) && evictable(frame)

  /**
   * The next frame to go, or NONE. So many looks come to every page twice, which makes it unused by the second: they
   * are more than enough to find one that can go if there is any.
   */
  function choose(slots: boolean) {
    for (let looks = 3 * (countOf(INACTIVE) + countOf(ACTIVE)); looks > 0; looks--) {
      if (countOf(INACTIVE) <= countOf(ACTIVE) >> 1) deactivate()
      const frame = oldest(INACTIVE)
      // Asked for its bits first: they must be cleared whether or not it can go.
      const used = wasUsed(frame)
      if (!used && canGo(frame, slots)) return frame
      move(frame, ACTIVE)
    }
    return NONE
  }

  function deactivate() {
    const frame = oldest(ACTIVE)
    move(frame, wasUsed(frame) && countOf(INACTIVE) > 0 ? ACTIVE : INACTIVE)
  }

  /** Whether a page was used since the last look, by any of its entries; their accessed bits are cleared. */
  function wasUsed(frame: number) {
    let marks = 0
    for (let entry = firstOf(frame); entry !== 0; entry = nextOf(entry)) {
      marks |= words[entry]
      if (SEVERAL) Atomics.and(words, entry, ~ACCESSED)
      else words[entry] &= ~ACCESSED
    }
    return (marks & ACCESSED) !== 0
  }

  return { evictOne }
}
