// What the declaration promises to whoever writes recipes against it. Half of these tests run in the compiler: a line
// under `@ts-expect-error` that compiled would fail the build.

import test from 'ava'
import {
  after,
  bool,
  constant,
  drop,
  go,
  type Id,
  ids,
  kit,
  list,
  ModelError,
  mutant,
  need,
  type Of,
  optional,
  owned,
  range,
  record,
  rewritten,
  set,
  union,
  weak,
} from './index.js'

const space = set('space')
const frame = set('frame')
const Entry = union({ absent: {}, present: { frame, writable: bool } })
const state = record({
  running: bool,
  size: constant(() => 3),
  spaces: list(space, record({ alive: bool, entry: Entry, root: optional(weak(frame)) })),
  frames: list(frame, record({ count: range(0, 3) })),
})
type M = Of<typeof state>
const { operation } = kit<M>()

test('an id indexes only lists over its own set', t => {
  const right = (m: M, f: Id<'frame'>) => m.frames[f].count
  // @ts-expect-error a frame is no space
  const wrong = (m: M, f: Id<'frame'>) => m.spaces[f].alive
  // @ts-expect-error a number is no frame
  const plain = (m: M) => m.frames[0].count
  t.is([right, wrong, plain].length, 3)
})

test('only leaves are assignable', t => {
  const right = (m: M, s: Id<'space'>) => {
    m.running = true
    m.spaces[s].alive = true
    m.spaces[s].entry = Entry.absent
  }
  const wrong = (m: M, other: M, s: Id<'space'>, f: Id<'frame'>) => {
    // @ts-expect-error a list is not assignable
    m.frames = other.frames
    // @ts-expect-error a record is not assignable
    m.frames[f] = other.frames[f]
    // @ts-expect-error a constant is not assignable
    m.size = 4
    // @ts-expect-error a number is not an id
    m.spaces[s].root = 1
  }
  const fields = (e: Of<typeof Entry>) => {
    // @ts-expect-error the fields of a union value are readonly
    if (e.is === 'present') e.writable = false
  }
  t.is([right, wrong, fields].length, 3)
})

const both = operation('both', { args: { space }, locals: { frame: owned(frame) } }).steps({
  first: (m, my) => (m.spaces[my.space].alive ? go('second') : undefined),
  second: (_m, my) => {
    my.frame = null
  },
})

test('steps of an operation assign the leaves of the state and the locals, not the arguments', t => {
  const it = operation('it', { args: { space }, locals: { frame: owned(frame) } }).steps({
    only: (m, my) => {
      m.running = my.space === need(my.frame) + 1
      my.frame = null
      // @ts-expect-error arguments are readonly
      my.space = need(null)
    },
  })
  t.is(it.name, 'it')
})

test('a misspelt step does not compile', t => {
  operation('it', { args: { space } }).steps({
    // @ts-expect-error there is no step "secnd"
    first: () => go('secnd'),
    second: () => undefined,
  })
  mutant('', both, drop('first'))
  mutant('', both, after('second', 'first'))
  // @ts-expect-error there is no step "frist"
  mutant('', both, drop('frist'))
  // @ts-expect-error there is no step "secnd"
  mutant('', both, after('secnd', 'first'))
  // @ts-expect-error there is no step "third"
  rewritten('', both, { third: () => undefined })
  t.pass()
})

test('a step does not see the ghost state', t => {
  const seen = record({ value: bool, ghost: record({ value: bool }) })
  kit<Of<typeof seen>>()
    .operation('it', { args: {} })
    .steps({
      // @ts-expect-error only a ghost recipe does
      read: m => (m.ghost.value ? undefined : undefined),
    })
  t.pass()
})

test('need hands on a value, 0 included, and throws where there is none', t => {
  t.is(need(0), 0)
  t.throws(() => need(null), { instanceOf: ModelError, message: /local is empty/ })
})

test('ids lists the members of a list in ascending order, always as the same array', t => {
  const three = ids({ length: 3 })
  t.deepEqual([...three], [0, 1, 2])
  t.true(ids({ length: 3 }) === three)
  t.true(Object.isFrozen(three))
})
