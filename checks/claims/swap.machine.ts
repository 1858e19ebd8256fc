// Claims about the implementation's swap areas: bitmap, counts, entries, objects and the cache must tell one story.

import { decode, type Machine } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { cachedFrames, entriesOf, partsOf, readOnce, slotIn, tally, wordsOf } from './memory-walk.js'

const partSlots = readOnce((machine): readonly number[] => partsOf(machine).map(({ word }) => (word < 0 ? ~word : -1)))
const entrySlots = readOnce((machine): readonly number[] => entriesOf(machine).map(slotIn))
/** How many slots from `first` up to `end` are free by the bitmap. */
function freeIn({ inspect }: Machine, first: number, end: number): number {
  let free = 0
  for (let slot = first; slot < end; slot++) if (!inspect.isSlotTaken(slot)) free++
  return free
}

export const swapMachineClaims: readonly MachineClaim[] = [
  {
    id: 'swap/references-recount',
    says: 'a slot counts what names it: entries, pages of objects, and its cache; and only slots that exist are named',
    rule: 'swap.md#slots',
    also: ['SW1', 'SW2', 'I13'],
    holds: machine => {
      const names = entrySlots(machine).concat(partSlots(machine))
      const strange = names.find(slot => slot >= machine.boot.slots)
      if (strange !== undefined) return violated(`slot ${strange} is named, which does not exist`)
      const cached = cachedFrames(machine).map((frame, slot) => (frame < 0 ? -1 : slot))
      const found = tally(names.concat(cached), machine.boot.slots)
      const wrong = found.findIndex((count, slot) => machine.inspect.slotReferencesOf(slot) !== count)
      if (wrong < 0) return true
      const says = machine.inspect.slotReferencesOf(wrong)
      return violated(`slot ${wrong} says ${says} references, and is named ${found[wrong]} times`, `slot ${wrong}`)
    },
  },
  {
    id: 'swap/free-slots-agree',
    says: 'bitmap, counts and the free counters, of all and of each area, name the same free slots',
    rule: 'swap.md#slots',
    also: ['SW10', 'FR10'],
    holds: machine => {
      const { inspect, boot } = machine
      for (let slot = 0; slot < boot.slots; slot++)
        if (inspect.isSlotTaken(slot) !== inspect.slotReferencesOf(slot) > 0)
          return violated(`slot ${slot}: bitmap and count differ`, `slot ${slot}`)
      const free = freeIn(machine, 0, boot.slots)
      if (inspect.free().slots !== free)
        return violated(`the machine counts ${inspect.free().slots} free slots and has ${free}`)
      let first = 0
      for (const [area, { slots }] of boot.areas.entries()) {
        const found = freeIn(machine, first, first + slots)
        const says = inspect.areaAt(area).free
        if (says !== found) return violated(`area ${area} counts ${says} free slots and has ${found}`, `area ${area}`)
        first += slots
      }
      return true
    },
  },
  {
    id: 'swap/cache-agrees',
    says: 'a slot in the cache and its frame name each other, and no other, and hold the same',
    rule: 'swap.md#cache',
    also: ['SW3', 'SW5'],
    holds: machine => {
      const { inspect, layout } = machine
      for (let frame = 0; frame < layout.poolFrames; frame++) {
        const slot = inspect.cachedSlotOf(frame)
        if (slot >= 0 && inspect.cachedFrameOf(slot) !== frame)
          return violated(`frame ${frame} is cached for slot ${slot}, which says another`, `frame ${frame}`)
      }
      for (const [slot, frame] of cachedFrames(machine).entries()) {
        if (frame < 0) continue
        if (inspect.cachedSlotOf(frame) !== slot)
          return violated(`slot ${slot} is cached in frame ${frame}, which says another`, `slot ${slot}`)
        for (let i = 0; i < layout.pageWords; i++)
          if (inspect.frameWord(frame, i) !== inspect.slotWord(slot, i))
            return violated(`slot ${slot} and its frame ${frame} differ`, `slot ${slot}`, `frame ${frame}`)
      }
      return true
    },
  },
  {
    id: 'swap/reverse-mapping-agrees',
    says: 'the reverse mapping of a slot lists the entries and the page of an object that name it, and no others',
    rule: 'swap.md#slots',
    also: ['VM16', 'SW1'],
    holds: machine => {
      const { inspect, boot } = machine
      const words = wordsOf(machine)
      const named = tally(entrySlots(machine), boot.slots)
      const parts = tally(partSlots(machine), boot.slots)
      const listed: number[] = []
      const list = (entry: number) => void listed.push(entry)
      for (let slot = 0; slot < boot.slots; slot++) {
        if (listed.length > 0) listed.length = 0
        inspect.mapsOfSlot(slot, list)
        const strange = listed.some((entry, i) => {
          const it = decode(words[entry], words[entry + 1])
          return it.is !== 'swapped' || it.slot !== slot || listed.includes(entry, i + 1)
        })
        if (strange || listed.length !== named[slot])
          return violated(`slot ${slot} lists ${listed.length} entries, and ${named[slot]} name it`, `slot ${slot}`)
        const part = inspect.partOfSlot(slot)
        if ((part !== 0) !== parts[slot] > 0 || (part !== 0 && words[part] !== ~slot))
          return violated(`slot ${slot} does not hold the page of an object that it says`, `slot ${slot}`)
      }
      return true
    },
  },
]
