// Swap areas: slots the size of a page, outside RAM, each free or held by references: the entries and the object that
// name it, and the swap cache. Slots are dealt to the areas in order. A slot comes from the area of the highest
// priority that has one; areas of equal priority take turns (Linux, mm/swapfile.c). Where no area has a free slot,
// one is taken that only holds a copy of a page that is resident.

import * as answers from '../answers.js'
import { createBitmap } from '../bitmap.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'

export type Area = ReturnType<typeof createArea>

export function createArea(core: Core, { takeSlots: lock, giveSlots: unlock }: Cpus) {
  const { words, layout, preempt, chose } = core
  const { NONE } = answers
  const { slots: COUNT, areas } = core.boot
  const FREE = layout.freeSlots
  const REFERENCES = layout.slotReferences
  const MAPS = layout.slotMaps
  const PART = layout.slotPart
  const FRAME = layout.slotFrame
  const FRAME_SLOT = layout.frameSlot
  const FRAME_REFERENCES = layout.references
  const TURN = layout.turn
  const SLOTS = layout.slots
  const RAM = layout.ram
  const PAGE_WORDS = layout.pageWords
  const AREAS = areas.length
  const SEVERAL = core.boot.cpus > 1
  const { areaField, areaWords } = layouts
  const ON = layout.areas + areaField.on
  const HEADER = layout.areas + areaField.header
  const PRIORITY = layout.areas + areaField.priority
  const AREA_FREE = layout.areas + areaField.free
  /** The first slot of each area, and behind them the end of the last; the area of each slot. */
  const FIRST = Int32Array.from([0, ...areas].keys(), area => areas.slice(0, area).reduce((sum, a) => sum + a.slots, 0))
  const AREA_OF = Int32Array.from(areas.flatMap(({ slots }, area) => Array<number>(slots).fill(area)))
  const bitmap = createBitmap(words, layout.slotBits, COUNT)
  const { lowestIn, set: setTaken, clear: setFree } = bitmap

  function format() {
    bitmap.format()
    words[FREE] = COUNT
    for (const at of [REFERENCES, MAPS, PART, FRAME]) words.fill(0, at, at + COUNT)
    words[TURN] = Math.max(0, AREAS - 1)
    for (const [area, { on, header, priority, slots }] of areas.entries()) {
      words[ON + area * areaWords] = on ? 1 : 0
      words[HEADER + area * areaWords] = header ? 1 : 0
      words[PRIORITY + area * areaWords] = on ? priority : 0
      words[AREA_FREE + area * areaWords] = slots
    }
  }

  /** A slot of an area that only the swap cache holds, or NONE. */
  function copyIn(area: number) {
    for (let slot = FIRST[area]; slot < FIRST[area + 1]; slot++) {
      if (words[REFERENCES + slot] === 1 && words[FRAME + slot] !== 0) return slot
    }
    return NONE
  }

  const hasSlot = (area: number, copies: boolean) =>
    copies ? copyIn(area) !== NONE : words[AREA_FREE + area * areaWords] > 0

  /** The area in use with the highest priority that has a free slot, or a copy; the next in turn among equals. */
  function areaWith(copies: boolean) {
    let best = NONE
    for (let step = 1; step <= AREAS; step++) {
      const area = (words[TURN] + step) % AREAS
      // Neither one that is off, nor one that is being emptied.
      if (words[ON + area * areaWords] !== 1 || !hasSlot(area, copies)) continue
      if (best === NONE || words[PRIORITY + area * areaWords] > words[PRIORITY + best * areaWords]) best = area
    }
    return best
  }

  /** Whether a slot could be taken now. */
  const available = () => areaWith(false) !== NONE || areaWith(true) !== NONE

  /** Takes a slot, with one reference, and reports which. Its number, or NONE. */
  function take() {
    if (SEVERAL) lock()
    const slot = takeOne()
    if (SEVERAL) unlock()
    return slot
  }

  function takeOne() {
    const free = areaWith(false)
    const area = free === NONE ? areaWith(true) : free
    const slot = area === NONE ? NONE : free === NONE ? copyIn(area) : lowestIn(FIRST[area], FIRST[area + 1])
    chose('slot', slot)
    if (slot === NONE) return NONE
    if (free === NONE) uncache(slot)
    setTaken(slot)
    words[REFERENCES + slot] = 1
    words[FREE]--
    words[AREA_FREE + area * areaWords]--
    words[TURN] = area
    return slot
  }

  /** One reference more. */
  function get(slot: number) {
    words[REFERENCES + slot]++
  }

  /** One reference less; the slot is free when that was the last one. Throws when it is free already. */
  function put(slot: number) {
    const left = words[REFERENCES + slot] - 1
    if (left < 0) throw new Error(`slot ${slot} is free already: somebody gave it back twice`)
    words[REFERENCES + slot] = left
    if (left > 0) return
    if (SEVERAL) lock()
    words[PART + slot] = 0
    setFree(slot)
    words[FREE]++
    words[AREA_FREE + AREA_OF[slot] * areaWords]++
    if (SEVERAL) unlock()
  }

  /** The swap cache lets go: slot and frame lose a reference each. The frame is not given back, even if that was its last. */
  function uncache(slot: number) {
    const frame = words[FRAME + slot] - 1
    words[FRAME + slot] = words[FRAME_SLOT + frame] = 0
    words[FRAME_REFERENCES + frame]--
    put(slot)
  }

  /** The swap cache remembers that a frame holds what a slot holds: a reference more to each. */
  function cache(slot: number, frame: number) {
    words[FRAME + slot] = frame + 1
    words[FRAME_SLOT + frame] = slot + 1
    words[FRAME_REFERENCES + frame]++
    words[REFERENCES + slot]++
  }

  /** The frame that holds what a slot holds, or NONE. */
  const cachedOf = (slot: number) => words[FRAME + slot] - 1

  /** Copies a frame's content to a slot. */
  function write(slot: number, frame: number) {
    preempt('swap.write')
    const from = RAM + frame * PAGE_WORDS
    words.copyWithin(SLOTS + slot * PAGE_WORDS, from, from + PAGE_WORDS)
  }

  /** Copies a slot's content to a frame. */
  function read(slot: number, frame: number) {
    preempt('swap.read')
    const from = SLOTS + slot * PAGE_WORDS
    words.copyWithin(RAM + frame * PAGE_WORDS, from, from + PAGE_WORDS)
  }

  const firstOf = (area: number) => FIRST[area]

  return { format, available, take, get, put, cache, uncache, cachedOf, write, read, firstOf, isTaken: bitmap.has }
}
