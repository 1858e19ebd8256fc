// Objects: memory that several regions can map, segments of System V and the anonymous memory of shared mappings. A
// record says what an object is; the words behind it say where each of its pages is. An object lives as long as regions
// are attached to it; a segment that nobody has marked lives on without any (shared-memory.md#destruction).

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import * as layouts from '../layout.js'
import type { Area } from '../swap/area.js'

/** What an object is. */
export const objectKind = { free: 0, anonymous: 1, segment: 2 } as const

export type Objects = ReturnType<typeof createObjects>

export function createObjects(core: Core, cpus: Cpus, frames: Frames, area: Area) {
  const { words, layout, chose } = core
  const { NONE } = answers
  const { objectField } = layouts
  const { free: FREE, anonymous: ANONYMOUS, segment: SEGMENT } = objectKind
  const {
    attachments: ATTACHMENTS,
    size: SIZE,
    sequence: SEQUENCE,
    marked: MARKED,
    held: HELD,
    parts: PARTS,
  } = objectField
  const KIND = objectField.kind
  const OBJECTS = layout.objects
  const PART = layout.framePart
  const OBJECT_WORDS = layout.objectWords
  const COUNT = core.boot.objects
  const SEQUENCES = core.boot.segments.sequences
  const { put: putFrame } = frames
  const { put: putSlot } = area
  const { takeRegions, giveRegions, takeMaps, giveMaps, isObjectTaken } = cpus
  const SEVERAL = core.boot.cpus > 1

  function format() {
    words.fill(0, OBJECTS, OBJECTS + COUNT * OBJECT_WORDS)
  }

  /** The number of the first word of an object's record. */
  const recordOf = (object: number) => OBJECTS + object * OBJECT_WORDS
  const sizeOf = (object: number) => words[recordOf(object) + SIZE]
  /** Whether its pages are to stay resident. */
  const isHeld = (object: number) => words[recordOf(object) + HELD] !== 0
  const isSegment = (object: number) => words[recordOf(object) + KIND] === SEGMENT

  /** The number of the word that says where a page of an object is: 0 nowhere, a frame + 1, or an inverted slot. */
  const partAt = (object: number, index: number) => recordOf(object) + PARTS + index
  /** The object that such a word belongs to. */
  const objectOf = (word: number) => Math.floor((word - OBJECTS) / OBJECT_WORDS)

  /** An object that is free, and reports which; or NONE. It stays free until it is made. */
  function choose() {
    const object = lowestFree()
    chose('object', object)
    return object
  }

  /** The same for who does not hold the lock of regions: where others choose too, nobody else gets it meanwhile. */
  function chooseAlone() {
    if (!SEVERAL) return choose()
    takeRegions()
    const object = choose()
    if (object !== NONE) make(object, ANONYMOUS, 0)
    giveRegions()
    return object
  }

  /** It is not made after all. */
  function forgo(object: number) {
    if (SEVERAL && object !== NONE) make(object, FREE, 0)
  }

  function lowestFree() {
    for (let object = 0; object < COUNT; object++) if (words[recordOf(object) + KIND] === FREE) return object
    return NONE
  }

  /** Makes a free object one of so many pages, none of which is anywhere yet. */
  function make(object: number, kind: number, size: number) {
    words[recordOf(object) + KIND] = kind
    words[recordOf(object) + SIZE] = size
  }

  const makeAnonymous = (object: number, size: number) => make(object, ANONYMOUS, size)

  /** One region more maps an object, or none (NONE). */
  function attach(object: number) {
    if (object === NONE) return
    if (SEVERAL) Atomics.add(words, recordOf(object) + ATTACHMENTS, 1)
    else words[recordOf(object) + ATTACHMENTS]++
  }

  /** One region less; the last one may take the object with it. */
  function detach(object: number) {
    if (object === NONE) return
    if (leave(recordOf(object)) > 0) return
    if (words[recordOf(object) + KIND] === ANONYMOUS) destroy(object)
    // One that a CPU has in hand goes when it lets go of it.
    else if (!SEVERAL || !isObjectTaken(object)) settle(object)
  }

  /** Lets a segment go that is marked, and that nobody has attached any more. */
  function settle(object: number) {
    const record = recordOf(object)
    if (words[record + MARKED] !== 0 && words[record + ATTACHMENTS] === 0) destroy(object)
  }

  /** One attachment less: how many are left. */
  function leave(record: number) {
    return SEVERAL ? Atomics.sub(words, record + ATTACHMENTS, 1) - 1 : --words[record + ATTACHMENTS]
  }

  /** Gives back the pages of an object that nobody has attached, and its record. */
  function destroy(object: number) {
    const record = recordOf(object)
    const used = words[record + KIND] === SEGMENT ? 1 : 0
    const sequence = words[record + SEQUENCE]
    if (SEVERAL) takeMaps()
    for (let index = 0; index < words[record + SIZE]; index++) putPart(record + PARTS + index)
    if (SEVERAL) giveMaps()
    words.fill(0, record, record + PARTS)
    words[record + SEQUENCE] = (sequence + used) % SEQUENCES
  }

  function putPart(at: number) {
    const part = words[at]
    words[at] = 0
    if (SEVERAL && part > 0) words[PART + part - 1] = 0
    if (part > 0) putFrame(part - 1)
    else if (part < 0) putSlot(~part)
  }

  return {
    format,
    recordOf,
    sizeOf,
    isHeld,
    isSegment,
    partAt,
    objectOf,
    choose,
    chooseAlone,
    forgo,
    make,
    makeAnonymous,
    attach,
    detach,
    settle,
  }
}
