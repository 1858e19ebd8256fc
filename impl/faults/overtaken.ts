// Making a page resident where others fault, evict and fork meanwhile. It looks which way to take, and holds on to what
// the content comes from; takes frames and fills them, with no lock but the space's; then takes the entries in hand, looks
// again, and begins anew where it was overtaken. An entry that will name another frame is taken away first, and every CPU
// forgets it: no two may see different frames (spec/faults.md#several-cpus).

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { CopyOnWrite } from '../copy-on-write/copy-on-write.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import type { Reverse } from '../frames/reverse.js'
import * as layouts from '../layout.js'
import * as entryFormat from '../page-tables/entry.js'
import type { Leaves } from '../page-tables/leaves.js'
import type { PageTables } from '../page-tables/page-tables.js'
import type { Tables } from '../page-tables/tables.js'
import type { Area } from '../swap/area.js'
import * as ways from './way.js'

export type Overtaken = ReturnType<typeof createOvertaken>

interface Chapters {
  readonly cpus: Cpus
  readonly frames: Frames
  readonly area: Area
  readonly reverse: Reverse
  readonly tables: Tables
  readonly pageTables: PageTables
  readonly leaves: Leaves
  readonly copyOnWrite: CopyOnWrite
}

export function createOvertaken(core: Core, chapters: Chapters) {
  const { cpus, frames, area, reverse, tables, pageTables, leaves, copyOnWrite } = chapters
  const { words, layout, chose, cpu: CPU } = core
  const { NONE, OK } = answers
  const { ACCESSED, DIRTY, heldFrameOf, highFor, lowFor, SPECIAL, withoutWrite } = entryFormat
  const { cpuField, cpuWords, spaceField, spaceWords } = layouts
  const { get: getFrame, put: putFrame, takePage, takeTable, giveTable, zero } = frames
  const { get: getSlot, put: putSlot, read } = area
  const { unlink } = reverse
  const { claim, publish } = tables
  const { walk, missing, hang } = pageTables
  const { set } = leaves
  const { copy } = copyOnWrite
  const { takeMaps, giveMaps, tryToTakeTables, giveTables, waitForTables, forgetPageEverywhere, wait } = cpus
  const { ZEROS, FRESH, COPY, ALLOW, BRING, SHOW, FILL_PART, NOTHING, READ_PART, takesFrame } = ways
  const { wayOf, sourceFrameOf, sourceSlotOf } = ways.createWay(core)
  const { sharers: SHARERS } = core.boot
  const MARKS = ACCESSED | DIRTY
  const ROOT = layout.spaces + spaceField.root
  const REFERENCES = layout.references
  const PART = layout.framePart
  const BUSY = layout.slotBusy
  const ZERO = layout.zeroFrame
  const IN_HAND = layout.cpus + CPU * cpuWords + cpuField.tables
  const AGAIN = 1

  /** Makes a page of a space resident, whose lock is held in one way or the other. Whether it could. */
  function make(space: number, page: number, kind: number, part: number, protection: number) {
    for (;;) {
      const answer = attempt(space, page, kind, part, protection)
      if (answer !== AGAIN) return answer === OK
    }
  }

  /** OK; NONE without memory; AGAIN where it was overtaken. */
  function attempt(space: number, page: number, kind: number, part: number, protection: number) {
    const root = words[ROOT + space * spaceWords]
    takeSettled(space, root, page, part)
    const entry = walk(root, page)
    const way = wayOf(entry, kind, part)
    const source = takesFrame(way) ? sourceFrameOf(entry) : NONE
    const slot = takesFrame(way) ? sourceSlotOf(entry, part) : NONE
    if (source !== NONE) getFrame(source)
    if (slot !== NONE) getSlot(slot)
    giveMaps()
    if (way === NOTHING) return OK
    const lacking = entry === NONE ? missing(root, page) : 0
    const frame = collect(lacking, takesFrame(way))
    if (frame === NONE) {
      letGo(NONE, source, slot)
      return NONE
    }
    fill(way, frame, source, slot)
    return settle(space, page, kind, part, protection, way, frame, source, slot, lacking)
  }

  /** Takes the maps when nobody has entries of the space in hand and what the page holds is not on its way to a slot. */
  function takeSettled(space: number, root: number, page: number, part: number) {
    for (;;) {
      waitForTables(space)
      takeMaps()
      const slot = sourceSlotOf(walk(root, page), part)
      if (!cpus.areInHand(space) && (slot === NONE || words[BUSY + slot] === 0)) return
      giveMaps()
      if (slot !== NONE && Atomics.load(words, BUSY + slot) !== 0) wait(BUSY + slot, 1, 'slots.busy')
    }
  }

  /** So many tables, and a frame if one is needed, in hand: the frame; NONE where some could not be had; or no frame. */
  function collect(lacking: number, wanted: boolean) {
    for (let taken = 0; taken < lacking; taken++) {
      const table = takeTable()
      if (table === NONE) {
        chose('table', NONE)
        giveTablesBack(taken)
        return NONE
      }
      zero(table)
      words[IN_HAND + taken] = table
    }
    if (lacking > 0) chose('table', 0)
    if (!wanted) return ZERO
    const frame = takePage()
    if (frame === NONE) giveTablesBack(lacking)
    return frame
  }

  function giveTablesBack(count: number) {
    for (let at = 0; at < count; at++) giveTable(words[IN_HAND + at])
  }

  function fill(way: number, frame: number, source: number, slot: number) {
    if (!takesFrame(way)) return
    if (source !== NONE) copy(source, frame)
    else if (slot !== NONE) read(slot, frame)
    else zero(frame)
  }

  /** Takes entries and maps at once: who finds that it was overtaken gives both back before anybody knows. */
  function takeInHand(space: number) {
    for (;;) {
      waitForTables(space)
      takeMaps()
      if (tryToTakeTables(space)) return
      giveMaps()
    }
  }

  /** The last steps, from looking again with the entries in hand: OK, or AGAIN. */
  function settle(
    space: number,
    page: number,
    kind: number,
    part: number,
    protection: number,
    way: number,
    frame: number,
    source: number,
    slot: number,
    inHand: number,
  ) {
    const root = words[ROOT + space * spaceWords]
    takeInHand(space)
    const entry = walk(root, page)
    const lacking = entry === NONE ? missing(root, page) : 0
    const isSame =
      lacking <= inHand &&
      way === wayOf(entry, kind, part) &&
      (!takesFrame(way) || (source === sourceFrameOf(entry) && slot === sourceSlotOf(entry, part))) &&
      (slot === NONE || words[BUSY + slot] === 0) &&
      (way !== SHOW || words[REFERENCES + words[part] - 1] < SHARERS)
    if (isSame) {
      for (let at = 0; at < lacking; at++) hang(root, page, words[IN_HAND + at])
      install(space, page, walk(root, page), way, frame, part, protection)
    }
    giveMaps()
    giveTables(space)
    for (let at = isSame ? lacking : 0; at < inHand; at++) giveTable(words[IN_HAND + at])
    letGo(isSame || !takesFrame(way) ? NONE : frame, source, slot)
    if (!isSame) return AGAIN
    // What the entry named before.
    if (way === COPY && source !== NONE) putFrame(source)
    return OK
  }

  function install(
    space: number,
    page: number,
    entry: number,
    way: number,
    frame: number,
    part: number,
    protection: number,
  ) {
    const low = words[entry]
    const readable = withoutWrite(protection)
    switch (way) {
      case ZEROS:
        claim(entry)
        set(entry, lowFor(ZERO, readable) | SPECIAL, highFor(ZERO, readable))
        break
      case FRESH:
        claim(entry)
        set(entry, lowFor(frame, protection), highFor(frame, protection))
        break
      case SHOW:
        show(entry, words[part] - 1, protection)
        break
      case FILL_PART:
      case READ_PART:
        if (way === READ_PART) putSlot(~words[part])
        words[part] = frame + 1
        words[PART + frame] = part
        show(entry, frame, protection)
        break
      case BRING:
        replaceSwapped(entry, frame, protection)
        break
      case COPY:
        replaceFrame(space, page, entry, frame, protection)
        break
      case ALLOW: {
        const same = heldFrameOf(low, words[entry + 1])
        publish(entry, lowFor(same, protection) | (low & MARKS), highFor(same, protection))
        break
      }
    }
  }

  /** One entry more for the page of an object. */
  function show(entry: number, frame: number, protection: number) {
    getFrame(frame)
    claim(entry)
    set(entry, lowFor(frame, protection), highFor(frame, protection))
  }

  function replaceSwapped(entry: number, frame: number, protection: number) {
    const slot = sourceSlotOf(entry, 0)
    unlink(entry)
    set(entry, lowFor(frame, protection), highFor(frame, protection))
    putSlot(slot)
  }

  /** Break before make: in between the entry is absent, and still in hand. */
  function replaceFrame(space: number, page: number, entry: number, frame: number, protection: number) {
    unlink(entry)
    publish(entry, 0, 0)
    giveMaps()
    forgetPageEverywhere(space, page)
    takeMaps()
    set(entry, lowFor(frame, protection), highFor(frame, protection))
  }

  /** Gives back what was held on the way. */
  function letGo(frame: number, source: number, slot: number) {
    if (frame !== NONE) putFrame(frame)
    if (source !== NONE) putFrame(source)
    if (slot === NONE) return
    takeMaps()
    putSlot(slot)
    giveMaps()
  }

  return { make }
}
