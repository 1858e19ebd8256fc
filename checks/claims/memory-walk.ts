// Walks over the implementation's memory that its claims are written with: every entry of every live space, every
// region, and what names a frame or a slot. All of it is read by inspection, from the real words.

import { decode, type Entry, type Machine, type RegionView } from '../../impl/index.js'
import type { Witness } from '../../model/index.js'

export const WRITE = 2
export const EXECUTE = 4
export const GUARD = 8
/** The three bits that let anybody in. */
export const ACCESS = 7

/** The machine that is being judged by many claims, and how many have been so far. */
let judging: Machine | null = null
let judgements = 0

/** Judges a machine by many claims, for which nothing is read twice. Nothing may change the machine meanwhile. */
export function judgedTogether<T>(machine: Machine, judge: () => T): T {
  judging = machine
  judgements++
  try {
    return judge()
  } finally {
    judging = null
  }
}

/** A reading of a machine's memory that is made once for all claims that are judged together. */
export function readOnce<T>(reading: (machine: Machine) => T): (machine: Machine) => T {
  let found: { readonly judgement: number; readonly value: T } | null = null
  return machine => {
    if (judging !== machine) return reading(machine)
    if (found?.judgement !== judgements) found = { judgement: judgements, value: reading(machine) }
    return found.value
  }
}

/** The views of the memory that was looked at last: a view costs more to make than most claims to judge. */
let viewed: { readonly memory: ArrayBufferLike; readonly words: Int32Array; readonly doubles: Float64Array } | null =
  null
function viewsOf({ memory }: Machine) {
  if (viewed?.memory !== memory) viewed = { memory, words: new Int32Array(memory), doubles: new Float64Array(memory) }
  return viewed
}
/** All words of a machine's memory, and the same as doubles. */
export const wordsOf = (machine: Machine): Int32Array => viewsOf(machine).words
export const doublesOf = (machine: Machine): Float64Array => viewsOf(machine).doubles

export const spacesOf = readOnce(({ inspect, boot }): readonly number[] =>
  Array.from({ length: boot.spaces }, (_, space) => space).filter(space => inspect.rootOf(space) >= 0),
)

export interface Found {
  readonly space: number
  readonly page: number
  readonly low: number
  readonly high: number
  readonly entry: Entry
}
/** All entries in use, of all spaces. */
export const entriesOf = readOnce((machine): readonly Found[] => {
  const found: Found[] = []
  for (const space of spacesOf(machine)) {
    machine.inspect.entries(space, (page, low, high) => {
      found.push({ space, page, low, high, entry: decode(low, high) })
    })
  }
  return found
})
export const where = ({ space, page }: { readonly space: number; readonly page: number }): string =>
  `space ${space}, page ${page}`

/** The first entry that a visit finds wrong. */
export function firstWrongEntry(machine: Machine, visit: (found: Found) => Witness | null): true | Witness {
  for (const found of entriesOf(machine)) {
    const wrong = visit(found)
    if (wrong !== null) return wrong
  }
  return true
}

/** The frame that an entry names, shared zeros left out; -1 for none. */
export const frameIn = ({ entry }: Found): number =>
  (entry.is === 'present' || entry.is === 'kept') && !entry.zero ? entry.frame : -1
export const slotIn = ({ entry }: Found): number => (entry.is === 'swapped' ? entry.slot : -1)

export interface Region extends RegionView {
  readonly start: number
  readonly end: number
  readonly protection: number
}
const allRegions = readOnce(({ inspect, boot }): readonly (readonly Region[])[] =>
  Array.from({ length: boot.spaces }, (_, space) => {
    const found: Region[] = []
    inspect.regions(space, (start, end, protection, region) => found.push({ start, end, protection, ...region }))
    return found
  }),
)
export const regionsOf = (machine: Machine, space: number): readonly Region[] => allRegions(machine)[space]
export function regionAt(machine: Machine, { space, page }: Found): Region | undefined {
  for (const region of regionsOf(machine, space)) if (page >= region.start && page < region.end) return region
  return undefined
}

/** The first space whose regions a visit finds wrong. */
export function firstWrongSpace(
  machine: Machine,
  visit: (space: number, regions: readonly Region[]) => Witness | null,
): true | Witness {
  for (const space of spacesOf(machine)) {
    const wrong = visit(space, regionsOf(machine, space))
    if (wrong !== null) return wrong
  }
  return true
}

export interface PartPlace {
  readonly object: number
  readonly index: number
  readonly word: number
}
/** Every page of an object that is somewhere. */
export const partsOf = readOnce(({ inspect, boot }): readonly PartPlace[] => {
  const found: PartPlace[] = []
  for (let object = 0; object < boot.objects; object++) {
    for (let index = 0; index < boot.objectPages; index++) {
      const word = inspect.partAt(object, index)
      if (word !== 0) found.push({ object, index, word })
    }
  }
  return found
})

/** How often each number is met, the negative ones left out. */
export function tally(numbers: readonly number[], size: number): number[] {
  // No typed array: those of more than a few words live outside the engine's heap, which costs more than the counting.
  const counts = new Array<number>(size).fill(0)
  for (const number of numbers) if (number >= 0 && number < size) counts[number]++
  return counts
}
/** The frames of the cache, by slot; -1 for none. */
export const cachedFrames = readOnce(({ inspect, boot }): readonly number[] =>
  Array.from({ length: boot.slots }, (_, slot) => inspect.cachedFrameOf(slot)),
)
