// The implementation as a side: the same commands on real page tables, and the answers to questions read from its
// memory. Which of the answers mean "cannot be issued" is decided here, because a system call has to answer something.

import { createMachine, decode, type Machine as Implementation, protectionBits } from '../../impl/index.js'
import type { Bounds } from '../../model/index.js'
import { type Command, type Outcome, type Protection, protections } from '../../spec/interface.js'
import { ChoiceLog, issue } from '../lockstep/driver.js'
import { type Placement, placementOf } from '../lockstep/placement.js'
import type { Observed, ObservedEntry } from '../notation/index.js'
import { machineFor } from './machines.js'
import type { Side } from './side.js'

export function openImplementation(bounds: Bounds): Side {
  const { commandOf } = machineFor(bounds)
  const placement = placementOf(bounds)
  const machine = createMachine(placement.boot, new ChoiceLog())
  const observed = observe(machine, placement)
  return {
    run: command => {
      if (leavesWindow(bounds, placement, command)) return null
      const outcome = issue(machine, placement, commandOf(command))
      return cannotBeIssued(command, outcome) ? null : outcome
    },
    alive: process => machine.inspect.spaceOf(process) >= 0,
    observed,
  }
}

/** What lies behind a window that does not end with the address space is nobody's concern. */
function leavesWindow({ switches }: Bounds, { pages }: Placement, command: Command): boolean {
  return switches.window !== 'top' && 'count' in command && command.page + command.count > pages
}

function cannotBeIssued({ name }: Command, outcome: Outcome): boolean {
  if (outcome.is !== 'refused') return false
  const swapping = name === 'swapOut' || name === 'swapIn'
  return outcome.errno === 'ESRCH' || outcome.errno === 'EEXIST' || (swapping && outcome.errno === 'EINVAL')
}

function observe({ inspect }: Implementation, { firstPage, pages }: Placement): Observed {
  return {
    pages,
    protection: (process, page) => {
      let found: Protection | null = null
      const space = inspect.spaceOf(process)
      if (space < 0) return found
      inspect.regions(space, (start, end, bits) => {
        if (firstPage + page >= start && firstPage + page < end) found = protectionOf(bits)
      })
      return found
    },
    entry: (process, page) => {
      let found: ObservedEntry = { kind: 'absent' }
      const space = inspect.spaceOf(process)
      if (space < 0) return found
      inspect.entries(space, (at, low, high) => {
        if (at === firstPage + page) found = entryOf(inspect, low, high)
      })
      return found
    },
  }
}

function protectionOf(bits: number): Protection {
  const found = protections.find(protection => protectionBits[protection] === bits)
  if (found === undefined) throw new RangeError(`a region has protection bits ${bits}`)
  return found
}

function entryOf(inspect: Implementation['inspect'], low: number, high: number): ObservedEntry {
  const entry = decode(low, high)
  switch (entry.is) {
    case 'absent':
      return { kind: 'absent' }
    case 'present':
      return { kind: 'anon', identity: entry.frame, mappings: inspect.referencesOf(entry.frame) }
    case 'swapped':
      return { kind: 'swap', identity: entry.slot, mappings: inspect.slotReferencesOf(entry.slot) }
  }
}
