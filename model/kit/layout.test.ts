// From declaration to bytes and back: nothing is lost, nothing wraps, and both engines say so with the same error.

import test from 'ava'
import fc from 'fast-check'
import {
  type Bounds,
  bool,
  constant,
  DomainError,
  Domains,
  decode,
  encode,
  type Layout,
  type Leaf,
  layoutOf,
  list,
  ModelError,
  members,
  namesIn,
  namingLeaves,
  oneOf,
  optional,
  range,
  record,
  references,
  type Shape,
  set,
  union,
  viewOf,
  weak,
  when,
  writeCode,
} from './index.js'

const node = set('node')
const leafOf = set('leaf')
const bounds: Bounds = { sizes: { node: 3, leaf: 2 }, switches: { mode: 'on' } }
const Named = union({ none: {}, one: { node, at: range(5, 9) }, weak: { leaf: weak(leafOf) } })

const laid = (shape: Shape, at: Bounds = bounds): Layout =>
  layoutOf(shape, at, new Domains(at, name => namingLeaves(shape, at, name)))

const leaves = fc.constantFrom<Leaf<unknown>[]>(
  bool,
  range(0, 6),
  range(-2, 3),
  range(7, 7),
  range(0, 299),
  range(b => b.sizes.leaf, 300),
  oneOf('x', 'y', 'z'),
  node,
  optional(node),
  optional(bool),
  optional(Named),
  members(node),
  references(node),
  when(b => b.switches.mode === 'on', range(0, 3)),
  when(b => b.switches.mode === 'off', Named),
  Named,
)
const records = fc
  .array(leaves, { minLength: 1, maxLength: 6 })
  .map(all => record(Object.fromEntries(all.map((leaf, i) => [`f${i}`, leaf]))))
const shapes = fc
  .tuple(records, records, records)
  .map(([a, b, c]) =>
    record({ a, bs: list(node, record({ b, cs: list(leafOf, c) })), n: constant((_b, index) => index.length) }),
  )
/** A layout, and a state of it in packed form. */
const states = shapes.chain(shape => {
  const layout = laid(shape)
  const codes = layout.cells.map(cell => fc.nat(cell.domain.values.length - 1))
  return fc.tuple(fc.constant(layout), fc.tuple(...codes)).map(([, chosen]) => {
    const bytes = new Uint8Array(layout.bytes)
    layout.cells.forEach((cell, i) => {
      writeCode(bytes, cell, chosen[i])
    })
    return { layout, bytes }
  })
})

test('encoding a decoded state gives the same bytes', t => {
  fc.assert(
    fc.property(states, ({ layout, bytes }) => {
      const copy = new Uint8Array(layout.bytes)
      encode(layout, decode(layout, bytes), copy)
      t.deepEqual(copy, bytes)
    }),
  )
})

/** Copies every leaf of one plain state into another, by assignment. */
function assign(to: unknown, from: unknown): void {
  if (typeof from !== 'object' || from === null) return
  for (const [name, value] of Object.entries(from)) {
    const target = to as Record<string, unknown>
    if (Array.isArray(value) || (typeof value === 'object' && value !== null && !('is' in value)))
      assign(target[name], value)
    else if (name !== 'n') target[name] = value
  }
}

test('views read what decoding reads, and writing through them gives the same bytes', t => {
  fc.assert(
    fc.property(states, ({ layout, bytes }) => {
      const plain = decode(layout, bytes)
      const copy = new Uint8Array(layout.bytes)
      const view = viewOf(layout, { bytes: copy })
      assign(view, plain)
      t.deepEqual(copy, bytes)
      const again = new Uint8Array(layout.bytes)
      encode(layout, view, again)
      t.deepEqual(again, bytes)
    }),
  )
})

test('a decoded state is frozen all the way down', t => {
  const layout = laid(record({ items: list(node, record({ value: bool })) }))
  const plain = decode(layout, new Uint8Array(layout.bytes)) as { items: readonly { value: boolean }[] }
  t.true(Object.isFrozen(plain) && Object.isFrozen(plain.items) && Object.isFrozen(plain.items[0]))
})

const strange: readonly [what: string, leaf: Leaf<unknown>, values: readonly unknown[]][] = [
  ['a boolean', bool, [1, null, 'true', undefined]],
  ['a range from 0', range(0, 3), [-1, 4, 1.5, Number.NaN, '1', null, true]],
  ['a range from elsewhere', range(2, 3), [1, 4, 2.5]],
  ['a word', oneOf('a', 'b'), ['c', 0, null]],
  ['an id', node, [3, -1, 0.5, null]],
  ['an optional id', optional(node), [3, -1, 0.5, undefined]],
  ['a union', Named, [null, undefined, 'none', 0, Named.one({ node: 3 as never, at: 5 }), { is: 'none' }]],
  ['an optional union', optional(Named), [undefined, 0, Named.one({ node: 1 as never, at: 4 })]],
  ['a leaf that is switched off', when(() => false, bool), [true, 0]],
  ['a wide leaf', range(0, 999), [1000, -1, 0.1]],
]
for (const [what, leaf, values] of strange) {
  test(`${what} holds nothing outside its domain, packed or plain`, t => {
    const layout = laid(record({ it: leaf }))
    const view = viewOf(layout, { bytes: new Uint8Array(layout.bytes) }) as { it: unknown }
    for (const value of values) {
      const packed = t.throws(() => (view.it = value), { instanceOf: DomainError })
      const plain = t.throws(() => encode(layout, { it: value }, new Uint8Array(layout.bytes)), {
        instanceOf: DomainError,
      })
      t.is(packed?.message, plain?.message)
    }
  })
}

test('a leaf with one value takes no cell and still answers', t => {
  const layout = laid(record({ fixed: range(7, 7), free: bool }))
  t.is(layout.bytes, 1)
  t.is(layout.leaves.length, 2)
  const view = viewOf(layout, { bytes: new Uint8Array(1) }) as { fixed: number }
  t.is(view.fixed, 7)
  view.fixed = 7
  t.is(view.fixed, 7)
})

test('constants know the members on the way to them', t => {
  const shape = record({
    nodes: list(node, record({ of: list(leafOf, record({ me: constant((_, at) => at.join('/')) })) })),
  })
  const plain = decode(laid(shape), new Uint8Array(0)) as { nodes: { of: { me: string }[] }[] }
  t.is(plain.nodes[2].of[1].me, '2/1')
})

test('a leaf without any value, too many values, too large a set and a list of bare leaves are refused', t => {
  const nothing = { sizes: {}, switches: {} }
  t.throws(() => laid(record({ n: node }), nothing), { instanceOf: ModelError, message: /n has no value/ })
  t.throws(() => laid(record({ n: range(0, 70_000) })), { instanceOf: ModelError, message: /split it/ })
  const many = { sizes: { node: 17 }, switches: {} }
  t.throws(() => laid(record({ n: members(node) }), many), { instanceOf: ModelError, message: /up to 16/ })
  const bare = laid(record({ all: list(node, bool) }))
  t.throws(() => viewOf(bare, { bytes: new Uint8Array(bare.bytes) }), {
    instanceOf: ModelError,
    message: /bare leaves/,
  })
})

test('a count of references can hold as many as there are leaves that name a member', t => {
  const shape = record({
    count: references(node),
    held: list(leafOf, record({ entry: Named, other: optional(node), mention: weak(node), not: oneOf('a', 'b') })),
  })
  t.is(namingLeaves(shape, bounds, 'node'), 4)
  t.is(laid(shape).leaves[0].domain.values.length, 5)
})

test('a value names its members, and says which of the names count', t => {
  const one = Named.one({ node: 2 as never, at: 6 })
  t.deepEqual(namesIn(Named.leaf, one), [{ set: 'node', member: 2, counts: true }])
  t.deepEqual(namesIn(Named.leaf, null), [])
  t.deepEqual(namesIn(optional(weak(node)).leaf, 1), [{ set: 'node', member: 1, counts: false }])
  t.deepEqual(namesIn(optional(node).leaf, null), [])
  t.deepEqual(
    namesIn(members(node).leaf, 0b101).map(n => n.member),
    [0, 2],
  )
  t.deepEqual(namesIn(when(() => true, node).leaf, 1), [{ set: 'node', member: 1, counts: true }])
})
