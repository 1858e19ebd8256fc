// Claims about the implementation's swap area: bitmap, counts and entries must tell one story.

import { decode, type Machine } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'

function namedSlots({ inspect, boot }: Machine): Map<number, number> {
  const named = new Map<number, number>()
  for (let space = 0; space < boot.spaces; space++) {
    if (inspect.rootOf(space) < 0) continue
    inspect.entries(space, (_page, low, high) => {
      const entry = decode(low, high)
      if (entry.is === 'swapped') named.set(entry.slot, (named.get(entry.slot) ?? 0) + 1)
    })
  }
  return named
}

export const swapMachineClaims: readonly MachineClaim[] = [
  {
    id: 'swap/references-recount',
    says: 'a slot counts the entries that name it, and entries name only slots that exist',
    rule: 'swap.md#slots',
    also: ['SW1', 'SW2', 'I13'],
    holds: machine => {
      const named = namedSlots(machine)
      for (const [slot] of named)
        if (slot < 0 || slot >= machine.boot.slots) return violated(`an entry names slot ${slot}, which does not exist`)
      for (let slot = 0; slot < machine.boot.slots; slot++) {
        const says = machine.inspect.slotReferencesOf(slot)
        const found = named.get(slot) ?? 0
        if (says !== found)
          return violated(`slot ${slot} says ${says} references, and ${found} entries name it`, `slot ${slot}`)
      }
      return true
    },
  },
  {
    id: 'swap/free-slots-agree',
    says: 'bitmap, counts and the free counter name the same free slots',
    rule: 'swap.md#slots',
    also: ['SW10'],
    holds: machine => {
      let free = 0
      for (let slot = 0; slot < machine.boot.slots; slot++) {
        const taken = machine.inspect.isSlotTaken(slot)
        if (taken !== machine.inspect.slotReferencesOf(slot) > 0)
          return violated(
            `slot ${slot} is ${taken ? 'taken' : 'free'} in the bitmap, and its count says otherwise`,
            `slot ${slot}`,
          )
        if (!taken) free++
      }
      const counted = machine.inspect.free().slots
      return counted === free || violated(`the machine counts ${counted} free slots and has ${free}`)
    },
  },
]
