// The implementation as a side: the same commands on real page tables, and the answers to questions read from its
// memory. Which of the answers mean "cannot be issued" is decided here, because a system call has to answer something.

import { createMachine, decode, type Machine as Implementation, protectionBits } from '../../impl/index.js'
import type { Bounds } from '../../model/index.js'
import type { Command, Outcome } from '../../spec/interface.js'
import { lockKinds } from '../lockstep/abstract-regions.js'
import { called, isSayable, type Target } from '../lockstep/call.js'
import { type Placement, placementOf } from '../lockstep/placement.js'
import type { Observed, ObservedEntry, ObservedObject, ObservedRegion } from '../notation/index.js'
import type { Side } from './side.js'

export function openImplementation(bounds: Bounds): Side {
  const placement = placementOf(bounds)
  const machine = createMachine(placement.boot)
  const to: Target = { machine, placement }
  const alive = (process: number) => machine.inspect.spaceOf(process) >= 0
  return {
    run: command => {
      if (!isSayable(to, command) || leavesWindow(bounds, placement, command)) return null
      if (!isPossible(command, alive)) return null
      const outcome = called(to, command)
      return cannotBeIssued(command, outcome) ? null : outcome
    },
    alive,
    observed: observe(machine, placement),
  }
}

/** What lies behind a window that does not end with the address space is nobody's concern. */
function leavesWindow({ switches }: Bounds, { pages }: Placement, command: Command): boolean {
  if (switches.window === 'top' || !('page' in command)) return false
  // Where the system chooses, it chooses from all of the address space.
  if ('placement' in command && (command.placement === 'anywhere' || command.placement === 'hint')) return true
  const old = 'old' in command ? command.old : 0
  return 'count' in command && command.page + Math.max(command.count, old) > pages
}

/** Commands are given by processes that are alive, and start those that are not. */
function isPossible(command: Command, alive: (process: number) => boolean): boolean {
  if (command.name === 'spawn') return !alive(command.process)
  if (command.name === 'fork' && alive(command.child)) return false
  return !('process' in command) || alive(command.process)
}

/** A page that is not there to be moved: the system call that asks for it is refused. */
function cannotBeIssued({ name }: Command, outcome: Outcome): boolean {
  if (name !== 'swapOut' && name !== 'swapIn') return false
  return outcome.is === 'refused' && (outcome.errno === 'EINVAL' || outcome.errno === 'EBUSY')
}

function observe(machine: Implementation, placement: Placement): Observed {
  const { inspect } = machine
  return {
    pages: placement.pages,
    regions: process => {
      const space = inspect.spaceOf(process)
      return space < 0 ? [] : regionsIn(machine, placement, space)
    },
    entry: (process, page) => {
      const space = inspect.spaceOf(process)
      return space < 0 ? { kind: 'absent' } : entryAt(machine, space, placement.firstPage + page)
    },
    locked: process => {
      const space = inspect.spaceOf(process)
      return space < 0 ? 0 : inspect.lockedOf(space)
    },
  }
}

const protections = ['none', 'r', 'w', 'x', 'rw', 'rx', 'wx', 'rwx', 'guard'] as const

function protectionOf(bits: number): ObservedRegion['protection'] {
  const found = protections.find(protection => protectionBits[protection] === bits)
  if (found === undefined) throw new RangeError(`a region has protection bits ${bits}`)
  return found
}

function regionsIn({ inspect }: Implementation, { firstPage }: Placement, space: number): readonly ObservedRegion[] {
  const found: ObservedRegion[] = []
  inspect.regions(space, (start, end, bits, { object, offset, lock, grows }) => {
    const is = object >= 0 && inspect.objectAt(object).kind === 'segment' ? 'segment' : 'anonymous'
    const seen: ObservedObject | null = object < 0 ? null : { is, record: object, offset }
    const [first, last] = [start - firstPage, end - 1 - firstPage]
    found.push({ first, last, protection: protectionOf(bits), object: seen, lock: lockKinds[lock], grows })
  })
  return found
}

function entryAt(machine: Implementation, space: number, page: number): ObservedEntry {
  const { inspect } = machine
  let found: ObservedEntry = { kind: 'absent' }
  let shared = false
  let guarded = false
  inspect.regions(space, (start, end, bits, { object }) => {
    if (page < start || page >= end) return
    shared = object >= 0
    guarded = bits === protectionBits.guard
  })
  if (guarded) return { kind: 'guard' }
  inspect.entries(space, (at, low, high) => {
    if (at === page) found = entryOf(machine, shared, low, high)
  })
  return found
}

function entryOf(machine: Implementation, shared: boolean, low: number, high: number): ObservedEntry {
  const entry = decode(low, high)
  switch (entry.is) {
    case 'absent':
      return { kind: 'absent' }
    case 'kept':
    case 'present': {
      if (entry.zero) return { kind: 'zero' }
      const mappings = entriesLike(machine, other => 'frame' in other && !other.zero && other.frame === entry.frame)
      return { kind: shared ? 'file' : 'anon', identity: entry.frame, mappings }
    }
    case 'swapped': {
      const mappings = entriesLike(machine, other => other.is === 'swapped' && other.slot === entry.slot)
      return { kind: 'swap', identity: entry.slot, mappings }
    }
  }
}

/** How many entries of all spaces are so. */
function entriesLike({ inspect, boot }: Implementation, like: (entry: ReturnType<typeof decode>) => boolean): number {
  let count = 0
  for (let space = 0; space < boot.spaces; space++) {
    if (inspect.rootOf(space) < 0) continue
    inspect.entries(space, (_page, low, high) => {
      if (like(decode(low, high))) count++
    })
  }
  return count
}
