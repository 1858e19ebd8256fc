// The toys, whose sizes are known: the explorer on both engines and the teaching explorer must all find them. A number
// that changes here is a change of what the explorer does, not noise.

import test from 'ava'
import {
  type Granularity,
  granularities,
  type Machine,
  machineOf,
  packWorld,
  rename,
  renamed,
  type Setting,
  type System,
  type World,
} from '../../model/kit/index.js'
import { choice, fillsBlindly } from '../toys/choice.js'
import { clock, standsStill } from '../toys/clock.js'
import { deadlock, oversleeps, sameOrder } from '../toys/deadlock.js'
import { depth7 } from '../toys/depth7.js'
import { diamond } from '../toys/diamond.js'
import { settingOf, sized, toys } from '../toys/index.js'
import { livelock, oneOrder } from '../toys/livelock.js'
import { missed, noticed, tlb } from '../toys/tlb.js'
import { type Exploration, explore, noLimits } from './explore.js'
import { teach } from './teaching.js'
import { walk } from './trace.js'

type Row = readonly [states: number, transitions: number, unchanged: number, depth: number]
const row = ({
  states,
  transitions,
  unchanged,
  depth,
}: Omit<Exploration, 'verdict'> | ReturnType<typeof teach>): Row => [states, transitions, unchanged, depth]
const bind = (toy: System, granularity: Granularity, other: Partial<Setting> = {}) =>
  machineOf(toy, settingOf(toy, granularity, other))

interface Known {
  readonly toy: System
  readonly verdict: { readonly [G in Granularity]: 'holds' | 'violated' }
  readonly rows: { readonly [G in Granularity]: Row }
}
const everywhere = <T>(it: T): { readonly [G in Granularity]: T } => ({
  whole: it,
  attempts: it,
  blocked: it,
  fused: it,
  full: it,
})
/** No toy begins an operation anew: where only that lets others in between, operations are whole. */
const isInTurn = (granularity: Granularity): boolean => granularity === 'whole' || granularity === 'attempts'
const alsoAttempts = <R extends { readonly whole: Row }>(rows: R): R & { readonly attempts: Row } => ({
  ...rows,
  attempts: rows.whole,
})

const known: readonly Known[] = [
  { toy: clock, verdict: everywhere('holds'), rows: everywhere([2, 2, 0, 1]) },
  { toy: diamond, verdict: everywhere('violated'), rows: everywhere([5, 4, 0, 2]) },
  { toy: depth7, verdict: everywhere('violated'), rows: everywhere([8, 19, 2, 7]) },
  {
    toy: deadlock,
    verdict: { ...everywhere('violated'), whole: 'holds', attempts: 'holds' },
    rows: alsoAttempts({ whole: [1, 0, 4, 0], blocked: [27, 44, 0, 6], fused: [49, 84, 0, 8], full: [53, 88, 0, 8] }),
  },
  {
    toy: livelock,
    verdict: { ...everywhere('violated'), whole: 'holds', attempts: 'holds' },
    rows: alsoAttempts({ whole: [1, 0, 4, 0], blocked: [17, 36, 0, 2], fused: [49, 100, 0, 2], full: [53, 104, 0, 2] }),
  },
  {
    toy: choice,
    verdict: everywhere('holds'),
    rows: alsoAttempts({
      whole: [8, 28, 2, 6],
      blocked: [8, 28, 2, 6],
      fused: [206, 634, 14, 13],
      full: [206, 634, 14, 13],
    }),
  },
  {
    toy: tlb,
    verdict: everywhere('holds'),
    rows: alsoAttempts({
      whole: [5, 18, 20, 3],
      blocked: [27, 68, 50, 8],
      fused: [123, 290, 118, 12],
      full: [212, 490, 190, 17],
    }),
  },
]
const titled = (toy: System, granularity: Granularity) => `${toy.name} at ${granularity}`

for (const { toy, verdict, rows } of known) {
  for (const granularity of granularities) {
    test(`${titled(toy, granularity)} has its known size and verdict on both engines`, t => {
      const machine = bind(toy, granularity)
      for (const engine of ['packed', 'immer'] as const) {
        const result = explore(machine, { engine })
        t.deepEqual([result.verdict, row(result)], [verdict[granularity], rows[granularity]])
      }
    })
  }
}

for (const toy of toys.filter(it => it.name !== 'mm-small')) {
  test(`the teaching explorer finds of ${toy.name} what the real one finds, mutants included`, t => {
    for (const granularity of granularities) {
      for (const mutant of [null, ...toy.mutants]) {
        const machine = bind(toy, granularity, { mutant })
        const [real, taught] = [explore(machine), teach(machine)]
        t.deepEqual([taught.verdict, row(taught)], [real.verdict, row(real)], `${granularity} ${mutant?.title}`)
      }
    }
  })
}

test('the shorter of two paths to a violation is reported, though the longer one comes first', t => {
  const machine = bind(diamond, 'whole')
  const path = explore(machine).found?.path ?? []
  t.deepEqual(
    walk(machine, path).map(s => s.operation),
    ['go right', 'fall'],
  )
})

test('the bug at depth 7 is not found within 6 steps and found within 7', t => {
  const within = (depth: number) => {
    const { verdict, cut } = explore(bind(depth7, 'whole'), {
      limits: { states: 100, depth, seconds: 10, bytes: 2 ** 30 },
    })
    return [verdict, cut]
  }
  t.deepEqual(within(6), ['bounded', 'depth'])
  t.deepEqual(within(7), ['violated', null])
})

test('two locks in opposite order come to a deadlock that names who waits, in one order they do not', t => {
  for (const granularity of ['blocked', 'fused', 'full'] as const) {
    const { found } = explore(bind(deadlock, granularity))
    t.is(found?.claim, 'deadlock')
    t.is(found?.witness.says, 'forwards on cpu 0 and backwards on cpu 1: none can move')
    t.is(explore(bind(deadlock, granularity, { mutant: sameOrder })).verdict, 'holds')
  }
})

test('who looks again and again is no deadlock, and comes to no end: a livelock that names who is in it', t => {
  for (const granularity of ['blocked', 'fused', 'full'] as const) {
    const { found } = explore(bind(livelock, granularity))
    t.is(found?.claim, 'livelock')
    t.regex(
      found?.witness.says ?? '',
      /^forwards on cpu 0 and backwards on cpu 1: at its end in none of the \d+ states/,
    )
    t.is(explore(bind(livelock, granularity, { mutant: oneOrder })).verdict, 'holds')
  }
})

test('a search that is cut short says nothing of ends', t => {
  const { verdict, cut } = explore(bind(livelock, 'full'), { limits: { ...noLimits, states: 30 } })
  t.deepEqual([verdict, cut], ['bounded', 'states'])
})

test('who waits for what nobody does is found at every granularity', t => {
  for (const granularity of granularities) {
    const { found } = explore(bind(deadlock, granularity, { mutant: oversleeps }))
    t.is(found?.claim, 'deadlock')
    t.regex(found?.witness.says ?? '', isInTurn(granularity) ? /waits and nothing can wake it/ : /none can move/)
  }
})

test('a claim that something happens sometimes holds once it did, and is violated when it never does', t => {
  const only = new Set(['clock/reaches-tock'])
  t.is(explore(bind(clock, 'whole'), { claims: only }).verdict, 'holds')
  const still = explore(bind(clock, 'whole', { mutant: standsStill }), { claims: only })
  t.is(still.found?.claim, 'clock/reaches-tock')
  t.deepEqual([still.verdict, still.found?.path, still.depth], ['violated', [], 0])
})

for (const granularity of granularities) {
  test(`shootdown: ${granularity} notices what it can notice`, t => {
    for (const mutant of noticed) t.is(explore(bind(tlb, granularity, { mutant })).verdict, 'violated', mutant.title)
    for (const mutant of missed) {
      t.is(
        explore(bind(tlb, granularity, { mutant })).verdict,
        isInTurn(granularity) ? 'holds' : 'violated',
        mutant.title,
      )
    }
    const fine = granularity === 'fused' || granularity === 'full'
    t.is(explore(bind(choice, granularity, { mutant: fillsBlindly })).verdict, fine ? 'violated' : 'holds')
  })
}

test('every claim about shootdown is what some mutant violates', t => {
  const killed = new Set([...noticed, ...missed].map(mutant => explore(bind(tlb, 'full', { mutant })).found?.claim))
  t.deepEqual([...killed].sort(), ['tlb/lock-at-rest', 'tlb/names-no-free-frame', 'tlb/references-recount'])
})

test('shootdown reaches all it declares once a frame is wanting, and holds with three CPUs', t => {
  const scarce = explore(bind(tlb, 'full', sized({ cpu: 2, page: 2, frame: 1 })))
  t.deepEqual(row(scarce), [1125, 2784, 1356, 18])
  t.deepEqual(
    scarce.coverage.filter(c => c.count === 0),
    [],
  )
  const three = explore(bind(tlb, 'full', sized({ cpu: 3, page: 1, frame: 2 })))
  t.deepEqual([three.verdict, row(three)], ['holds', [2632, 8772, 2724, 23]])
})

// Representatives lose nothing.

const orders: { readonly [count: number]: readonly (readonly number[])[] } = {
  2: [
    [0, 1],
    [1, 0],
  ],
  3: [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ],
}

/** A state and what is under way in it, as text, with the members of a set renamed. */
function textOf(machine: Machine, world: World, set: string, to: readonly number[]): string {
  const bytes = new Uint8Array(machine.bytes)
  packWorld(machine, { m: world.m, tasks: [] }, bytes)
  const tasks = world.tasks.map(({ at, my }) => {
    const fields = at === 0 ? [] : machine.stepOwner[at].fields
    return [at, ...fields.map(f => renamed(f.cell.domain.spec, my[f.name], { [set]: to }))]
  })
  return `${rename(machine.layout, bytes, set, to).join()} ${JSON.stringify(tasks)}`
}

function orbits(machine: Machine, set: string): ReadonlySet<string> {
  const count = machine.setting.bounds.sizes[set]
  return new Set(teach(machine).worlds.map(world => orders[count].map(to => textOf(machine, world, set, to)).sort()[0]))
}

const scopes: readonly [toy: System, set: string, sizes: { readonly [set: string]: number }][] = [
  [choice, 'box', { cpu: 1, box: 3 }],
  [choice, 'box', { cpu: 2, box: 3 }],
  [choice, 'box', { cpu: 3, box: 2 }],
  [tlb, 'frame', { cpu: 2, page: 1, frame: 3 }],
  [tlb, 'frame', { cpu: 2, page: 2, frame: 2 }],
]
for (const [toy, set, sizes] of scopes) {
  test(`${toy.name} (${JSON.stringify(sizes)}): one representative gives the same states up to renaming as all choices`, t => {
    for (const granularity of granularities) {
      const some = bind(toy, granularity, sized(sizes))
      const all = bind(toy, granularity, { ...sized(sizes), choices: 'all' })
      t.deepEqual(orbits(some, set), orbits(all, set))
      t.is(explore(some).verdict, explore(all).verdict)
      for (const mutant of toy.mutants) {
        const verdicts = [some, all].map(m => explore(machineOf(toy, { ...m.setting, mutant })).verdict)
        t.is(verdicts[0], verdicts[1], mutant.title)
      }
    }
  })
}
