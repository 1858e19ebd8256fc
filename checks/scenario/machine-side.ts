// The implementation as a side: the same commands on real page tables, and the answers to questions read from its
// memory. Which of the answers mean "cannot be issued" is decided here, because a system call has to answer something.

import { match } from 'ts-pattern'
import {
  createMachine,
  decode,
  describe,
  type Machine as Implementation,
  protectionBits,
  SEGV_ACCERR,
  SEGV_MAPERR,
} from '../../impl/index.js'
import type { Bounds } from '../../model/index.js'
import { type Command, type Errno, errors, type Outcome, type Protection, protections } from '../../spec/interface.js'
import { type Placement, placementOf } from '../lockstep/placement.js'
import type { Observed, ObservedEntry } from '../notation/index.js'
import type { Side } from './side.js'

export function openImplementation(bounds: Bounds): Side {
  const placement = placementOf(bounds)
  const machine = createMachine(placement.boot)
  return {
    run: command => {
      if (leavesWindow(bounds, placement, command)) return null
      const outcome = outcomeOf(issue(machine, placement, command))
      return cannotBeIssued(command, outcome) ? null : outcome
    },
    alive: process => machine.inspect.spaceOf(process) >= 0,
    observed: observe(machine, placement),
  }
}

/** Bytes and pages of the notation become words and addresses; the page of a mapping comes back as one. */
function issue(machine: Implementation, { firstPage, pageBytes }: Placement, command: Command): number {
  const { process } = command
  const at = (page: number) => (firstPage + page) * pageBytes
  return match(command)
    .with({ name: 'spawn' }, () => machine.spawn(process))
    .with({ name: 'exit' }, () => machine.exit(process))
    .with({ name: 'mmap' }, ({ page, count, request }) => {
      const answer = machine.mmap(process, at(page), count * pageBytes, protectionBits[request])
      return answer < 0 ? answer : answer / pageBytes - firstPage
    })
    .with({ name: 'munmap' }, ({ page, count }) => machine.munmap(process, at(page), count * pageBytes))
    .with({ name: 'load' }, ({ page }) => machine.load(process, at(page)))
    .with({ name: 'store' }, ({ page, byte }) => machine.store(process, at(page), byte))
    .with({ name: 'swapOut' }, ({ page }) => machine.swapOut(process, at(page)))
    .with({ name: 'swapIn' }, ({ page }) => machine.swapIn(process, at(page)))
    .exhaustive()
}

const errnos: ReadonlyMap<number, Errno> = new Map(
  Object.entries(errors).map(([name, number]) => [-number, name as Errno] as const),
)

function outcomeOf(answer: number): Outcome {
  if (answer >= 0) return { is: 'ok', value: answer }
  if (answer === SEGV_MAPERR) return { is: 'faulted', fault: 'SIGSEGV MAPERR' }
  if (answer === SEGV_ACCERR) return { is: 'faulted', fault: 'SIGSEGV ACCERR' }
  const errno = errnos.get(answer)
  if (errno === undefined) throw new RangeError(`the implementation answered ${describe(answer)}`)
  return { is: 'refused', errno }
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
