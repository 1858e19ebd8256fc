import test from 'ava'
import fc from 'fast-check'
import {
  bool,
  Domains,
  decode,
  encode,
  isUnionValue,
  layoutOf,
  members,
  oneOf,
  optional,
  range,
  record,
  serialOf,
  set,
  show,
  union,
  viewOf,
  when,
} from './index.js'

const frame = set('frame')
const bounds = { sizes: { frame: 4 }, switches: {} }
const Inner = union({ left: {}, right: { n: range(-1, 1) } })
const Wide = union({
  none: {},
  some: {
    bool,
    word: oneOf('a', 'b'),
    maybe: optional(bool),
    frames: members(frame),
    inner: Inner,
    fixed: when(() => false, bool),
  },
})

const some = fc.record({
  bool: fc.boolean(),
  word: fc.constantFrom('a' as const, 'b' as const),
  maybe: fc.constantFrom(null, false, true),
  frames: fc.integer({ min: 0, max: 15 }).map(bits => bits as never),
  inner: fc.constantFrom(Inner.left, Inner.right({ n: -1 }), Inner.right({ n: 0 }), Inner.right({ n: 1 })),
  fixed: fc.constant(false),
})

test('equal fields make the same value, different fields a different one', t => {
  fc.assert(
    fc.property(some, some, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b)
      t.is(Wide.some(a) === Wide.some(b), same)
      t.is(Wide.some(a), Wide.some({ ...a }))
    }),
  )
})

test('a value is frozen, knows its variant and is told from anything else', t => {
  const value = Inner.right({ n: 1 })
  t.true(Object.isFrozen(value))
  t.is(value.is, 'right')
  t.true(isUnionValue(value))
  t.false(isUnionValue({ is: 'right', n: 1 }))
  t.is(serialOf(null), undefined)
  t.is(serialOf(undefined), undefined)
})

test('a union of more than 256 values takes two bytes and comes back whole', t => {
  const shape = record({ before: bool, wide: Wide, after: bool })
  const layout = layoutOf(shape, bounds, new Domains(bounds, () => 0))
  const cell = layout.cells[1]
  t.is(cell.bytes, 2)
  t.is(cell.domain.values.length, 1 + 2 * 2 * 3 * 16 * 4)
  const bytes = new Uint8Array(layout.bytes)
  const view = viewOf(layout, { bytes }) as { before: boolean; wide: unknown; after: boolean }
  for (const value of cell.domain.values) {
    view.wide = value
    t.is(view.wide, value)
    t.deepEqual([view.before, view.after], [false, false])
    const copy = new Uint8Array(layout.bytes)
    encode(layout, decode(layout, bytes), copy)
    t.deepEqual(copy, bytes)
  }
})

test('a value made of what the scope does not have is refused by name', t => {
  const made = (Wide as unknown as { leaf: { union: { make(tag: string, fields: object): unknown } } }).leaf.union
  t.throws(() => made.make('other', {}), { instanceOf: TypeError, message: /no variant other/ })
})

test('a set of size 0 removes the variants that name it', t => {
  const Entry = union({ absent: {}, present: { frame } })
  const none = { sizes: { frame: 0 }, switches: {} }
  t.is(layoutOf(record({ e: Entry }), none, new Domains(none, () => 0)).bytes, 0)
})

test('a value reads with its fields in words', t => {
  t.is(show(Inner.left), 'left')
  t.is(show(Inner.right({ n: -1 })), 'right(n -1)')
  t.is(show(null), 'none')
  t.is(show(true), 'true')
})
