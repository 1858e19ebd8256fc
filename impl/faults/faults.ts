// Accesses as the processor makes them: translate; where that fails, handle the page fault and start the access again.
// The handler asks in this order (faults.md): is there a region, or a stack that may grow; is it a guard; does it allow
// the access; then the page is made resident (resident.ts). Whatever that made before something was missing is given
// back, so a failed access changes nothing.

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import * as layouts from '../layout.js'
import * as entryFormat from '../page-tables/entry.js'
import * as processor from '../page-tables/mmu.js'
import type { PageTables } from '../page-tables/page-tables.js'
import type { Limits } from '../processes/limits.js'
import * as protections from '../protection/protection.js'
import type { Regions } from '../regions/regions.js'
import type { Objects } from '../shared-memory/objects.js'
import type { Hardware } from '../tlb/hardware.js'
import { createGrowth } from './growth.js'
import type { Overtaken } from './overtaken.js'
import type { Resident } from './resident.js'

export type Faults = ReturnType<typeof createFaults>

interface Chapters {
  readonly cpus: Cpus
  readonly frames: Frames
  readonly mmu: processor.Mmu
  readonly pageTables: PageTables
  readonly hardware: Hardware
  readonly regions: Regions
  readonly limits: Limits
  readonly objects: Pick<Objects, 'partAt'>
  readonly resident: Resident
  readonly overtaken: Overtaken
}

export function createFaults(core: Core, chapters: Chapters) {
  const { cpus, frames, mmu, hardware, regions, limits, objects, resident: chapter, overtaken } = chapters
  const { words, layout } = core
  const { FETCH, LOAD, STORE } = processor
  const { isSwapped } = entryFormat
  const { walk } = chapters.pageTables
  const { ALL, EXECUTE, WRITE } = protections
  const { EINVAL, NEEDS_ALONE, NONE, OK, SEGV_ACCERR, SEGV_MAPERR } = answers
  const { begin, lacks } = frames
  const { translate } = mmu
  const { ensureChain, find, findFrom, growDown, objectOf, offsetAt, protectionOf } = regions
  const { partAt } = objects
  const { makePrivate, makeShared } = chapter
  const { make: makeAmongOthers } = overtaken
  const { isAlone } = cpus
  const SEVERAL = core.boot.cpus > 1
  const { mayGrow } = createGrowth(core, regions, limits)
  const { NO_NODE, spaceField, spaceWords } = layouts
  const { zeroFrame: HAS_ZERO } = core.boot
  const ROOT = layout.spaces + spaceField.root

  /** The frame to access, once the page is resident; or ENOMEM (failed if pages were evicted), SEGV_MAPERR, SEGV_ACCERR. */
  function access(space: number, page: number, kind: number) {
    const root = words[ROOT + space * spaceWords]
    for (;;) {
      const frame = translate(root, page, kind)
      if (frame !== NONE) return frame
      const answer = handle(space, page, kind)
      if (answer !== OK) return answer
    }
  }

  /** What a region's protection must have some bit of: x86-64 can read whatever it can use at all. */
  const needsOf = (kind: number) => (kind === STORE ? WRITE : kind === FETCH ? EXECUTE : ALL)

  /** Handles a page fault: makes the page resident if the access is allowed. OK, or why not. */
  function handle(space: number, page: number, kind: number) {
    const region = find(space, page)
    if (region === NO_NODE) return grow(space, page, kind)
    return (protectionOf(region) & needsOf(kind)) === 0 ? SEGV_ACCERR : make(space, page, kind, region)
  }

  /** Makes a mapped page resident ahead of an access, which never grows a stack. OK, or why not. */
  function resident(space: number, page: number, kind: number) {
    return find(space, page) === NO_NODE ? SEGV_MAPERR : handle(space, page, kind)
  }

  function make(space: number, page: number, kind: number, region: number) {
    const root = words[ROOT + space * spaceWords]
    const protection = protectionOf(region)
    const object = objectOf(region)
    if (SEVERAL) return makeBesides(space, page, kind, region)
    begin()
    if (object !== NONE)
      return makeShared(root, page, kind, partAt(object, offsetAt(region, page)), protection) ? OK : lacks()
    if (!makePrivate(root, page, kind, protection)) return lacks()
    if (kind === STORE || !HAS_ZERO) ensureChain(space, page)
    return OK
  }

  /**
   * The same where other CPUs fault and evict meanwhile. An instruction may then fault more than once, and what it evicted
   * stays its residue: it begins before its first fault (concurrency/entrances.ts).
   */
  function makeBesides(space: number, page: number, kind: number, region: number) {
    const object = objectOf(region)
    const part = object === NONE ? 0 : partAt(object, offsetAt(region, page))
    if (!makeAmongOthers(space, page, kind, part, protectionOf(region))) return lacks()
    if (part === 0 && (kind === STORE || !HAS_ZERO)) ensureChain(space, page)
    return OK
  }

  /** A page below a stack. The stack grows only once the page is there: nothing that can fail comes after. */
  function grow(space: number, page: number, kind: number) {
    const stack = findFrom(space, page)
    const answer = mayGrow(space, page, stack, needsOf(kind))
    if (answer !== OK) return answer
    // A stack that grows is a region that changes.
    if (SEVERAL && !isAlone(space)) return NEEDS_ALONE
    if (!SEVERAL) begin()
    const made = SEVERAL
      ? makeAmongOthers(space, page, kind, 0, protectionOf(stack))
      : makePrivate(words[ROOT + space * spaceWords], page, kind, protectionOf(stack))
    if (!made) return lacks()
    growDown(space, stack, page)
    if (kind === STORE || !HAS_ZERO) ensureChain(space, page)
    return OK
  }

  /** Where other CPUs run, brings a swapped page back. OK; EINVAL where it is not swapped; ENOMEM. */
  function bringIn(space: number, page: number) {
    const entry = walk(words[ROOT + space * spaceWords], page)
    if (entry === NONE || !isSwapped(words[entry])) return EINVAL
    begin()
    return makeBesides(space, page, LOAD, find(space, page))
  }

  // Where several CPUs run, hardware does no more than translate: the kernel is entered by whoever called
  // (concurrency/entrances.ts).
  return { access: SEVERAL ? hardware.translate : access, handle, resident, bringIn }
}
