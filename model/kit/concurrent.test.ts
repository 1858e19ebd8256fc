// Steps that are there only where several CPUs are, steps that every way out goes through, and sets of references that
// an operation holds.

import test from 'ava'
import { canCount, namesIn } from './domain.js'
import {
  choose,
  concurrent,
  done,
  each,
  go,
  granularities,
  leave,
  ModelError,
  members,
  oneOf,
  ownedSet,
  provided,
  refuse,
  type Step,
  size,
  sweep,
  when,
} from './index.js'
import { agreed, box, type M, noSpace, operation, sample, trails } from './trial.js'

type Boxes = Step<M, object, never>
const once = (m: { readonly trail: number }) => (m.trail > 0 ? refuse('EINVAL') : undefined)
const write = (m: { trail: number }, digit: number) => {
  m.trail = m.trail * 10 + digit
}

const forms: readonly (readonly [form: string, step: Boxes, trail: number])[] = [
  ['a plain step', m => write(m, 2), 23],
  ['a loop', each<M, object, 'box'>(box, m => write(m, 2)), 2223],
  ['a sweep', sweep<M, object, 'box'>(box, m => write(m, 2)), 2223],
  [
    'a choice',
    choose<M, object, number>(
      box,
      () => true,
      m => write(m, 2),
    ),
    23,
  ],
]
for (const [form, step, trail] of forms) {
  test(`${form} that is marked as concurrent is there only where CPUs are`, t => {
    const guards = operation('guards', { args: {}, answers: [refuse('EINVAL')] }).steps({
      once,
      guard: concurrent(step),
      write: m => write(m, 3),
    })
    const left = (cpu: number) => trails(agreed({ operations: [guards] }, 'whole', { sizes: { cpu, box: 3 } }).states)
    t.deepEqual(left(0), [3])
    t.deepEqual(left(1), [trail])
  })
}

test('a step that needs something else of the scope is there only where several CPUs are and the scope has it', t => {
  const guards = operation('guards', { args: {}, answers: [refuse('EINVAL')] }).steps({
    once,
    guard: provided(
      ({ sizes }) => sizes.box === 3,
      m => write(m, 2),
    ),
    loop: provided(
      ({ sizes }) => sizes.box === 2,
      each<M, object, 'box'>(box, m => write(m, 4)),
    ),
    write: m => write(m, 3),
  })
  const left = (sizes: { readonly cpu: number; readonly box: number }) =>
    trails(agreed({ operations: [guards] }, 'whole', { sizes }).states)
  t.deepEqual(left({ cpu: 0, box: 3 }), [3])
  t.deepEqual(left({ cpu: 1, box: 3 }), [23])
  t.deepEqual(left({ cpu: 1, box: 2 }), [443])
})

test('who goes to a step that is not there goes to the one behind it', t => {
  const goes = operation('goes', { args: {}, answers: [refuse('EINVAL')] }).steps({
    once,
    start: () => go('guard'),
    skipped: m => write(m, 1),
    guard: concurrent(m => write(m, 2)),
    write: m => write(m, 3),
  })
  const left = (cpu: number) => trails(agreed({ operations: [goes] }, 'whole', { sizes: { cpu, box: 3 } }).states)
  t.deepEqual(left(0), [3])
  t.deepEqual(left(1), [23])
})

test('a step that is provided is there only where CPUs are and where the scope has what it is about', t => {
  const guards = operation('guards', { args: {}, answers: [refuse('EINVAL')] }).steps({
    once,
    start: () => go('guard'),
    skipped: m => write(m, 1),
    guard: provided(
      bounds => size(bounds, 'box') > 1,
      m => write(m, 2),
    ),
    write: m => write(m, 3),
  })
  const left = (cpu: number, box: number) =>
    trails(agreed({ operations: [guards] }, 'whole', { sizes: { cpu, box } }).states)
  t.deepEqual(left(0, 3), [3])
  t.deepEqual(left(1, 1), [3])
  t.deepEqual(left(1, 3), [23])
})

// A lock is taken in the first step, and given back in the last ones.

const ways = oneOf('to the end', 'refuses', 'answers', 'leaves', 'answers in a loop')
const locks = operation('locks', { args: { way: ways }, answers: [refuse('EINVAL'), noSpace, done(3), done(7)] }).steps(
  {
    lock: m => {
      if (m.trail > 0) return refuse('EINVAL')
      m.lamp = true
    },
    loop: each(box, (_m, my, b) => (my.way === 'answers in a loop' && b === 1 ? done(7) : undefined)),
    decide: (_m, my) => {
      if (my.way === 'refuses') return noSpace
      if (my.way === 'answers') return done(3)
      if (my.way === 'leaves') return leave('undo', noSpace)
      return go('act')
    },
    undo: m => write(m, 1),
    over: () => go('unlock'),
    act: m => write(m, 2),
    unlock: m => {
      m.lamp = false
    },
    log: m => write(m, 3),
    answer: m => {
      write(m, 4)
      return done(9)
    },
  },
  ['unlock', 'log'],
)
for (const granularity of granularities) {
  test(`every way out goes through the last steps, and then keeps its own answer (${granularity})`, t => {
    const { states, answers } = agreed({ operations: [locks] }, granularity)
    t.deepEqual([...answers].filter(said => said !== 'moved').toSorted(), [
      'ok 3',
      'ok 7',
      'ok 9',
      'refused EINVAL',
      'refused ENOSPC',
    ])
    t.false(states.some(({ idle, lamp }) => idle && lamp))
    // What stands behind the last steps is for who comes to the end without an answer.
    t.deepEqual(trails(states), [3, 13, 234])
  })
}

test('what a set of references names is counted, what a plain set names is not', t => {
  const named = (spec: typeof owned) => namesIn(spec, 0b101).map(({ member, counts }) => [member, counts])
  const owned = ownedSet(box).leaf
  t.deepEqual(named(owned), [
    [0, true],
    [2, true],
  ])
  t.deepEqual(named(members(box).leaf), [
    [0, false],
    [2, false],
  ])
  t.true(canCount(owned, 'box'))
  t.false(canCount(owned, 'other'))
  t.false(canCount(members(box).leaf, 'box'))
})

test('a set that is not there at these bounds may be of any size; one that is holds up to 16', t => {
  const has = (there: boolean) =>
    operation('has', { args: {}, locals: { held: when(() => there, ownedSet(box)) } }).steps({
      once: () => refuse('EINVAL'),
    })
  const bound = (there: boolean) => sample({ operations: [has(there)] }, 'full', { sizes: { cpu: 1, box: 17 } })
  t.notThrows(() => bound(false))
  t.throws(() => bound(true), { instanceOf: ModelError, message: /holds up to 16, box has more/ })
})
