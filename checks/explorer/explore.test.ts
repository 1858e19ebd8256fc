// The search itself: shortest and first counterexamples on random graphs, limits, determinism, errors of the model.

import test from 'ava'
import fc from 'fast-check'
import { blankSetting, blankSystem } from '../../model/kit/blank.js'
import {
  block,
  bool,
  claims,
  done,
  kit,
  ModelError,
  machineOf,
  type Of,
  range,
  record,
  refuse,
  type System,
  violated,
} from '../../model/kit/index.js'
import { settingOf, sized } from '../toys/index.js'
import { mmSmall } from '../toys/mm-small.js'
import { tlb } from '../toys/tlb.js'
import { type Cut, exploration, explore, type Limits, noLimits, usual } from './explore.js'
import { teach } from './teaching.js'
import { walk } from './trace.js'

/** A graph: for each node, where its edges lead; and the nodes that must not be reached. */
interface Graph {
  readonly edges: readonly (readonly number[])[]
  readonly bad: readonly number[]
}

function machineOfGraph({ edges, bad }: Graph) {
  const edge = range(0, edges[0].length - 1)
  const state = record({ at: range(0, edges.length - 1) })
  type M = Of<typeof state>
  const follow = kit<M>()
    .operation('follow', { args: { edge } })
    .steps({
      follow: (m, my) => {
        m.at = edges[m.at][my.edge]
      },
    })
  const good = claims<M>()('graph/good', {
    says: 'no bad node is reached',
    rule: '',
    holds: m => !bad.includes(m.at) || violated(`node ${m.at} is bad`, 'at'),
  })
  const system: System = { ...blankSystem, name: 'graph', state, operations: [follow], claims: [good] }
  return machineOf(system, blankSetting('whole'))
}

/** The path that a breadth-first search finds first, as edges; null where no bad node is reached. */
function firstPath({ edges, bad }: Graph): readonly number[] | null {
  const paths = new Map<number, readonly number[]>([[0, []]])
  for (const [node, path] of paths) {
    if (bad.includes(node)) return path
    edges[node].forEach((to, edge) => {
      if (!paths.has(to)) paths.set(to, [...path, edge])
    })
  }
  return null
}

const graphs = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 })).chain(([nodes, degree]) =>
  fc.record({
    edges: fc.array(fc.array(fc.nat(nodes - 1), { minLength: degree, maxLength: degree }), {
      minLength: nodes,
      maxLength: nodes,
    }),
    bad: fc.array(fc.nat(nodes - 1), { maxLength: 3 }),
  }),
)

for (const engine of ['packed', 'immer'] as const) {
  test(`of all counterexamples the first of the shortest is reported (${engine})`, t => {
    fc.assert(
      fc.property(graphs, graph => {
        const { found, verdict } = explore(machineOfGraph(graph), { engine })
        t.deepEqual(found?.path ?? null, firstPath(graph))
        t.is(verdict, found === null ? 'holds' : 'violated')
      }),
    )
  })
}

test('on any graph the teaching explorer finds the same numbers', t => {
  fc.assert(
    fc.property(graphs, graph => {
      const machine = machineOfGraph(graph)
      const [real, { worlds, ...taught }] = [explore(machine), teach(machine)]
      const { verdict, states, transitions, unchanged, depth } = real
      t.deepEqual(taught, { verdict, states, transitions, unchanged, depth })
      t.is(worlds.length, states)
    }),
  )
})

test('a path that is walked again ends where the claim is violated', t => {
  fc.assert(
    fc.property(graphs, graph => {
      const machine = machineOfGraph(graph)
      const path = explore(machine).found?.path ?? []
      const steps = walk(machine, path)
      let at = 0
      for (const step of steps) at = graph.edges[at][Number(step.command.args.edge)]
      t.true(path.length === 0 || graph.bad.includes(at))
    }),
  )
})

test('the teaching explorer finds the size of MM-small, and its bugs at the same depth', t => {
  for (const mutant of [null, ...mmSmall.mutants]) {
    const machine = machineOf(
      mmSmall,
      settingOf(mmSmall, 'whole', { ...sized({ process: 2, page: 1, frame: 2, slot: 1 }), mutant }),
    )
    const [real, { worlds, ...taught }] = [explore(machine), teach(machine)]
    const { verdict, states, transitions, unchanged, depth } = real
    t.deepEqual(taught, { verdict, states, transitions, unchanged, depth })
    t.is(worlds.length, states)
  }
})

const mm = machineOf(mmSmall, settingOf(mmSmall, 'whole'))
const fine = machineOf(tlb, settingOf(tlb, 'full'))

test('two runs of one machine give equal results', t => {
  t.deepEqual(explore(mm), explore(mm))
  for (const mutant of tlb.mutants) {
    const machine = machineOf(tlb, settingOf(tlb, 'full', { mutant }))
    t.deepEqual(explore(machine), explore(machine))
  }
})

test('the levels of an exhausted search add up to its states', t => {
  const { levels, states, depth } = explore(mm)
  t.is(
    levels.reduce((sum, n) => sum + n, 0),
    states,
  )
  t.is(levels.length, depth + 1)
})

const limited: readonly [Cut, Partial<Limits>][] = [
  ['states', { states: 500 }],
  ['depth', { depth: 3 }],
  ['time', { seconds: 0 }],
  ['memory', { bytes: 150_000 }],
]
for (const [cut, limit] of limited) {
  test(`a search that is cut short by ${cut} says so, and is bounded`, t => {
    const result = explore(mm, { limits: { ...noLimits, ...limit } })
    t.deepEqual([result.verdict, result.cut, result.found], ['bounded', cut, null])
    t.true(result.states < 10_432 && result.audited > 0)
    t.is(
      result.levels.reduce((sum, n) => sum + n, 0),
      result.states,
    )
    if (cut === 'depth') t.deepEqual(result.levels, explore(mm).levels.slice(0, 4))
    if (cut === 'memory') t.true(result.bytes <= 150_000)
  })
}

test('a deadlock is reported before a violation that is a step longer, though it is met later', t => {
  const state = record({ spoilt: bool })
  type M = Of<typeof state>
  const { operation } = kit<M>()
  const system: System = {
    ...blankSystem,
    name: 'two ends',
    state,
    operations: [
      operation('spoil', { args: {} }).steps({
        begin: () => undefined,
        spoil: m => {
          m.spoilt = true
        },
      }),
      operation('wait', { args: {} }).steps({ begin: () => undefined, wait: () => block }),
    ],
    claims: [
      claims<M>()('two/fresh', { says: 'nothing is spoilt', rule: '', holds: m => !m.spoilt || violated('spoilt') }),
    ],
  }
  const { found } = explore(machineOf(system, blankSetting('full', { cpu: 1 })))
  t.deepEqual([found?.claim, found?.path.length], ['deadlock', 1])
  const alone = { ...system, operations: system.operations.slice(0, 1) }
  t.deepEqual(explore(machineOf(alone, blankSetting('full', { cpu: 1 }))).found?.path.length, 2)
})

test('a limit that is not reached cuts nothing', t => {
  t.deepEqual(explore(mm, { limits: { states: 10_432, depth: 15, seconds: 1000, bytes: 2 ** 30 } }), explore(mm))
})

test('a violation within the limits is a violation', t => {
  const machine = machineOf(mmSmall, settingOf(mmSmall, 'whole', { mutant: mmSmall.mutants[0] ?? null }))
  const { verdict, cut } = explore(machine, { limits: { ...noLimits, depth: 4 } })
  t.deepEqual([verdict, cut], ['violated', null])
})

test('the driver of a search sees how far it is, and can interrupt it', t => {
  const search = exploration(mm, usual)
  const first = search.next()
  t.false(first.done)
  if (first.done !== true) t.true(first.value.states > 256 && first.value.queue > 0 && first.value.bytes > 0)
  const last = search.next('interrupted')
  t.true(last.done)
  if (last.done === true) t.deepEqual([last.value.verdict, last.value.cut], ['bounded', 'interrupted'])
})

test('a claim that is not asked for is not held', t => {
  const machine = machineOf(mmSmall, settingOf(mmSmall, 'whole', { mutant: mmSmall.mutants[0] ?? null }))
  const only = (id: string) => explore(machine, { claims: new Set([id]) })
  t.is(only('mm-small/dead-process-maps-nothing').verdict, 'holds')
  t.deepEqual(only('mm-small/writable-owns-its-frame').claims, ['mm-small/writable-owns-its-frame'])
  t.is(only('mm-small/writable-owns-its-frame').verdict, 'violated')
})

const counter = record({ count: range(0, 400) })
const sample = (operations: System['operations'], more: Partial<System> = {}) =>
  machineOf({ ...blankSystem, name: 'sample', state: counter, operations, ...more }, blankSetting('whole'))
const { operation } = kit<Of<typeof counter>>()
const nothing = refuse('EINVAL')

test('an operation that refuses and has changed the state is a violation', t => {
  const late = operation('late', { args: {}, answers: [nothing] }).steps({
    act: m => {
      m.count = 1
    },
    refuse: () => nothing,
  })
  const { found } = explore(sample([late]), { audit: false })
  t.is(found?.claim, 'refusal-changes-nothing')
  t.deepEqual(found?.path, [0])
  t.is(found?.witness.says, 'late answers refused EINVAL and has changed the state')
})

test('a violation in the first state has an empty path', t => {
  const never = claims<Of<typeof counter>>()('sample/never', {
    says: 'never',
    rule: '',
    holds: () => violated('it is so'),
  })
  const idle = operation('idle', { args: {} }).steps({ idle: () => done() })
  const { found, depth, states } = explore(sample([idle], { claims: [never] }))
  t.deepEqual([found?.path, depth, states], [[], 0, 1])
})

test('a state with very many transitions is explored, one with more than an ordinal can number is refused', t => {
  const jump = (most: number) =>
    operation('jump', { args: { to: range(0, 400), again: range(1, most) } }).steps({
      jump: (m, my) => {
        m.count = my.to
      },
    })
  const { states, transitions, unchanged } = explore(sample([jump(2)]))
  t.deepEqual([states, transitions, unchanged], [401, 401 * 400 * 2, 401 * 2])
  t.throws(() => explore(sample([jump(200)])), { instanceOf: ModelError, message: /more than 65,536 transitions/ })
})

test('an interrupt that changes nothing does not hide a deadlock', t => {
  const idle: System['rules'][number] = { name: 'idle', args: {}, interrupt: true, run: () => undefined }
  const stuck = machineOf({ ...tlb, rules: [idle] }, fine.setting)
  t.is(explore(stuck).found?.claim, 'deadlock')
  t.is(explore(machineOf({ ...tlb, rules: [] }, fine.setting)).found?.claim, 'deadlock')
})
