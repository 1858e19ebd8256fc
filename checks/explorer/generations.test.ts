// Kernels number the changes of a space, and each CPU notes up to which number it has forgotten (Linux: tlb_gen). The model
// has a mark for each CPU and space instead. All that is ever asked of two such numbers is whether the CPU's is the smaller
// one, so they are kept here up to that question, beside every state that the search reaches: spec/decisions/0009.

import test from 'ava'
import {
  type Cpu,
  drop,
  has,
  ids,
  type Machine,
  type Mutant,
  mprotect,
  mutant,
  PackedEngine,
  type Space,
  type State,
} from '../../model/index.js'
import { entries } from '../museum/index.js'
import { scopeOf } from '../museum/run.js'
import { bindScope } from '../scope/index.js'
import { initialState } from './initial.js'

/** A CPU that two processes run on by turns, beside one that takes the page of one of them away. */
function machineOf(mutant: Mutant | null = null): Machine {
  const [entry] = entries.filter(({ id }) => id === 'reclaim-flush-pending')
  const scope = {
    bounds: { processes: 2, spaces: 2, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 0, values: 1 },
    switches: { tables: 'plenty' },
    given: ['P0 spawn', 'P1 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P1 mmap @0 1 rw private|anon|fixed'],
    operations: { mprotect: { process: [0], count: [1], request: ['r', 'rw'] }, load: {} },
  }
  return bindScope(scopeOf({ ...entry, scope } as never, 'fused'), [], mutant).machine
}

/** For each CPU and space, whether the CPU's number is the smaller one; and whether it took the space up since a request began. */
interface Numbers {
  readonly smaller: readonly boolean[]
  readonly between: readonly boolean[]
}
const at = (m: State, c: Cpu, s: Space): number => c * m.spaces.length + s
/** The space that a CPU asks others to forget something of. */
function asksAbout(m: State, c: Cpu): Space | null {
  const { flush } = m.cpus[c]
  return 'space' in flush ? flush.space : null
}
const isUnderWay = (m: State, s: Space): boolean => ids(m.cpus).some(c => asksAbout(m, c) === s)

/** What a step does to the numbers. */
function after(before: State, now: State, { smaller: was, between: old }: Numbers): Numbers {
  const [smaller, between] = [[...was], [...old]]
  for (const c of ids(now.cpus)) {
    const space = asksAbout(now, c)
    if (space === null || asksAbout(before, c) !== null) continue
    // The space changes its number; who says so has forgotten already.
    for (const other of ids(now.cpus)) smaller[at(now, other, space)] = other !== c
  }
  for (const c of ids(now.cpus)) {
    const { active, asked } = now.cpus[c]
    for (const from of ids(now.cpus)) {
      const space = asksAbout(before, from)
      // An answer: the CPU has forgotten what was asked for.
      if (space !== null && has(before.cpus[c].asked, from) && !has(asked, from)) smaller[at(now, c, space)] = false
    }
    if (active === null || active === before.cpus[c].active) continue
    smaller[at(now, c, active)] = false
    if (isUnderWay(now, active)) between[at(now, c, active)] = true
  }
  for (const s of ids(now.spaces)) {
    for (const c of ids(now.cpus))
      if (!has(now.cpus[c].behind, s) && !isUnderWay(now, s)) between[at(now, c, s)] = false
  }
  return { smaller, between }
}

interface Found {
  readonly states: number
  readonly behind: number
  /** Marks without a smaller number: a CPU that took the space up, and left it, while others were asked. */
  readonly more: number
  /** A smaller number without a mark, or a mark too much for no reason. */
  readonly wrong: number
}
function search(machine: Machine): Found {
  machine.open()
  const engine = new PackedEngine(machine)
  const [m, before] = [engine.m as State, engine.before as State]
  const known = new Set<string>()
  const queue: { readonly state: Uint8Array; readonly numbers: Numbers }[] = []
  const tally = { behind: 0, more: 0, wrong: 0 }
  const found = (state: Uint8Array, numbers: Numbers): void => {
    const key = `${Buffer.from(state).toString('latin1')} ${JSON.stringify(numbers)}`
    if (known.has(key)) return
    known.add(key)
    queue.push({ state: state.slice(), numbers })
    for (const c of ids(m.cpus)) {
      for (const s of ids(m.spaces)) {
        if (isUnderWay(m, s)) continue
        const [mark, smaller] = [has(m.cpus[c].behind, s), numbers.smaller[at(m, c, s)]]
        if (mark && smaller) tally.behind++
        else if (mark && numbers.between[at(m, c, s)]) tally.more++
        else if (mark !== smaller) tally.wrong++
      }
    }
  }
  engine.load(initialState(machine))
  const none = ids(m.cpus).flatMap(() => ids(m.spaces).map(() => false))
  found(engine.bytes, { smaller: none, between: none })
  for (let it = queue.shift(); it !== undefined; it = queue.shift()) {
    const { state, numbers } = it
    engine.load(state)
    engine.transitions(() => found(engine.bytes, after(before, m, numbers)))
  }
  return { states: known.size, ...tally }
}

test('a CPU is marked as behind on a space where its number would be smaller, and where it took the space up meanwhile', t => {
  const { states, behind, more, wrong } = search(machineOf())
  t.is(wrong, 0)
  t.true(behind > 100)
  // A page that goes while a CPU is on its way from one process to the other and back: it forgets once more than it must.
  t.true(more > 0 && states > 1000)
})

test('a mark that is not made is noticed', t => {
  t.true(search(machineOf(mutant('mprotect marks nobody', mprotect, drop('forgetSend')))).wrong > 0)
})
