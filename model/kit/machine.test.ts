// A system bound by a setting: which commands there are, and what a setting may not ask for.

import test from 'ava'
import { blankSetting, blankSystem } from './blank.js'
import {
  bool,
  choose,
  constant,
  each,
  has,
  type Id,
  kit,
  list,
  type Members,
  ModelError,
  machineOf,
  type Narrowed,
  NarrowingError,
  type Of,
  oneOf,
  optional,
  owned,
  PackedEngine,
  range,
  record,
  references,
  type Setting,
  type System,
  set,
  sweep,
  withMember,
  withoutMember,
} from './index.js'

const box = set('box')
const state = record({ boxes: list(box, record({ full: bool, count: references(box) })) })
type M = Of<typeof state>
const { operation, rule } = kit<M>()

const put = operation('put', { args: { box, how: oneOf('fast', 'slow') } }).steps({ put: () => undefined })
const take = operation('take', { args: { many: range(1, 2), sure: bool } }).steps({ take: () => undefined })
const shake = rule('shake', { args: { box } }, () => undefined)
const system: System = { ...blankSystem, name: 'sample', state, operations: [put, take], rules: [shake] }

const bind = (
  it: Partial<System>,
  setting: Partial<Setting> = {},
  sizes: { readonly [set: string]: number } = { box: 2 },
) => machineOf({ ...system, ...it }, { ...blankSetting('full', sizes), ...setting })
const written = (operations: { readonly [operation: string]: Narrowed } | null, sizes = { box: 2, cpu: 0 }) =>
  bind({}, { operations }, sizes).commands.map(c => `${c.kind} ${c.cpu} ${c.name} ${Object.values(c.args).join(' ')}`)

test('commands are rules, then for each CPU what is under way and every operation with every argument, in one order', t => {
  t.deepEqual(written({ put: {} }, { box: 2, cpu: 2 }), [
    'rule -1 shake 0',
    'rule -1 shake 1',
    'resume 0 resume ',
    'start 0 put 0 fast 0',
    'start 0 put 0 slow 0',
    'start 0 put 1 fast 0',
    'start 0 put 1 slow 0',
    'resume 1 resume ',
    'start 1 put 0 fast 1',
    'start 1 put 0 slow 1',
    'start 1 put 1 fast 1',
    'start 1 put 1 slow 1',
  ])
})

test('numbers of commands are their places', t => {
  t.true(bind({}).commands.every((command, i) => command.index === i))
})

test('a setting narrows operations and their arguments, in the order of the system', t => {
  const none = written({ take: { sure: [true], many: [2, 1] }, put: { box: [1], how: ['slow'] } })
  t.deepEqual(none.slice(2), ['start 0 put 1 slow 0', 'start 0 take 1 true 0', 'start 0 take 2 true 0'])
})

test('a setting that narrows to what does not exist is told what does', t => {
  const value = t.throws(() => written({ put: { how: ['sideways'] } }), { instanceOf: NarrowingError })
  t.is(value?.message, 'put: how cannot be sideways; expected fast, slow')
  t.deepEqual(value?.expected, ['fast', 'slow'])
  const argument = t.throws(() => written({ put: { where: [1] } }), { instanceOf: NarrowingError })
  t.is(argument?.message, 'put has no argument where')
  t.is(argument?.value, null)
})

test('nothing stays under way where operations are whole, or where there is no CPU', t => {
  t.false(bind({}).interleaved)
  t.false(bind({}, { granularity: 'whole' }, { box: 2, cpu: 2 }).interleaved)
  t.true(bind({}, {}, { box: 2, cpu: 1 }).interleaved)
})

const ordered = operation('ordered', { args: {} }).steps({ visit: each(box, () => undefined) })
const swept = operation('swept', { args: {} }).steps({ visit: sweep(box, () => undefined) })

test('an ordered visit of members that can be interchanged is refused, a sweep is not', t => {
  t.throws(() => bind({ operations: [ordered], symmetric: () => ['box'] }), {
    instanceOf: ModelError,
    message: /use sweep/,
  })
  t.notThrows(() => bind({ operations: [swept], symmetric: () => ['box'] }))
  t.notThrows(() => bind({ operations: [ordered] }))
  t.notThrows(() => bind({ operations: [ordered], symmetric: () => ['box'] }, { choices: 'all' }))
})

test('members with different constants cannot be declared interchangeable', t => {
  const numbered = record({
    boxes: list(box, record({ of: list(box, record({ me: constant((_, [i]) => i) })), full: bool })),
  })
  const equal = record({ boxes: list(box, record({ me: constant(() => 'box') })) })
  t.throws(() => bind({ state: numbered, symmetric: () => ['box'] }), {
    instanceOf: ModelError,
    message: /different constants/,
  })
  t.notThrows(() => bind({ state: numbered }))
  t.notThrows(() => bind({ state: equal, symmetric: () => ['box'] }))
})

test('a count of references has room for what every CPU can hold', t => {
  const holds = operation('holds', { args: {}, locals: { a: owned(box), b: owned(box) } }).steps({
    hold: () => undefined,
  })
  const one = operation('one', { args: {}, locals: { a: owned(box) } }).steps({ hold: () => undefined })
  const machine = bind({ operations: [holds, one] }, {}, { box: 2, cpu: 3 })
  t.is(machine.layout.leaves.find(l => l.path === 'boxes[0].count')?.domain.values.length, 3 * 2 + 1)
})

test('a choice from a leaf that is no plain id is never reduced', t => {
  const some = operation('some', { args: {} }).steps({
    choose: choose(
      optional(box),
      () => true,
      (m, _my, b) => {
        if (b !== null) m.boxes[b].full = true
      },
    ),
  })
  const counts = (choices: Setting['choices']) => {
    const machine = bind({ operations: [some], rules: [], symmetric: () => ['box'] }, { choices })
    const engine = new PackedEngine(machine)
    let count = 0
    engine.transitions(() => count++)
    return count
  }
  t.is(counts('representatives'), 3)
  t.is(counts('all'), 3)
})

test('sets of members are the bits of a number', t => {
  const [zero, two] = [0, 2] as Id<'box'>[]
  const both = withMember(withMember(0 as Members<'box'>, zero), two)
  t.true(has(both, zero) && has(both, two) && !has(both, 1 as Id<'box'>))
  t.is(withoutMember(both, zero), 0b100 as Members<'box'>)
})
