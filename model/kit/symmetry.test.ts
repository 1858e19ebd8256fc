// Renaming and canonical forms on a declaration with everything in it: ids in leaves, in unions, in sets of members,
// lists over the renamed set, and such a list inside another one.

import test from 'ava'
import fc from 'fast-check'
import {
  type Bounds,
  bool,
  canonical,
  Domains,
  interchangeable,
  type Layout,
  layoutOf,
  list,
  members,
  optional,
  range,
  record,
  rename,
  type Shape,
  set,
  union,
  viewOf,
  writeCode,
} from './index.js'

const frame = set('frame')
const slot = set('slot')
const page = set('page')
const bounds: Bounds = { sizes: { frame: 3, slot: 3, page: 3 }, switches: {} }
const Entry = union({ absent: {}, present: { frame, writable: bool }, swapped: { slot }, moving: { frame, slot } })

const rich = record({
  next: optional(frame),
  dirty: members(frame),
  pages: list(page, record({ entry: Entry })),
  frames: list(frame, record({ count: range(0, 300), near: list(frame, record({ linked: bool })) })),
  slots: list(slot, record({ used: bool })),
})
/** Frames and slots are named by entries alone, and name nothing themselves: where the canonical form is exact. */
const simple = record({
  pages: list(page, record({ entry: Entry, before: Entry })),
  frames: list(frame, record({ count: range(0, 2), open: bool })),
  slots: list(slot, record({ used: bool })),
})
/** A frame may name itself, as a count of what the kernel holds wants it. */
const selfish = record({
  pages: list(page, record({ entry: optional(frame) })),
  frames: list(frame, record({ itself: optional(frame), open: bool })),
})

const laid = (shape: Shape) => layoutOf(shape, bounds, new Domains(bounds, () => 3))
const statesOf = (layout: Layout) =>
  fc.tuple(...layout.cells.map(cell => fc.nat(cell.domain.values.length - 1))).map(codes => {
    const bytes = new Uint8Array(layout.bytes)
    layout.cells.forEach((cell, i) => {
      writeCode(bytes, cell, codes[i])
    })
    return bytes
  })
const permutations = fc.constantFrom([0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0])
const inverse = (to: readonly number[]) => to.map((_, i) => to.indexOf(i))

for (const name of ['frame', 'slot', 'page']) {
  test(`renaming the members of ${name} and renaming them back changes nothing`, t => {
    const layout = laid(rich)
    fc.assert(
      fc.property(statesOf(layout), permutations, (bytes, to) => {
        t.deepEqual(rename(layout, rename(layout, bytes, name, to), name, inverse(to)), bytes)
      }),
    )
  })
}

test('renaming moves the record of a member, and whatever names it', t => {
  const layout = laid(rich)
  const bytes = new Uint8Array(layout.bytes)
  const m = viewOf(layout, { bytes }) as never as {
    next: number
    dirty: number
    pages: { entry: unknown }[]
    frames: { count: number; near: { linked: boolean }[] }[]
  }
  m.next = 0
  m.dirty = 0b011
  m.pages[1].entry = Entry.present({ frame: 1 as never, writable: true })
  m.frames[0].count = 299
  m.frames[0].near[1].linked = true
  bytes.set(rename(layout, bytes, 'frame', [2, 0, 1]))
  t.is(m.next, 2)
  t.is(m.dirty, 0b101)
  t.is(m.pages[1].entry, Entry.present({ frame: 0 as never, writable: true }))
  t.deepEqual(
    m.frames.map(f => f.count),
    [0, 0, 299],
  )
  t.deepEqual(
    m.frames.map(f => f.near.map(n => n.linked)),
    [
      [false, false, false],
      [false, false, false],
      [true, false, false],
    ],
  )
})

test('states that differ only by names have one canonical form, which is one of them', t => {
  const layout = laid(simple)
  fc.assert(
    fc.property(statesOf(layout), permutations, permutations, (bytes, frames, slots) => {
      const renamed = rename(layout, rename(layout, bytes, 'frame', frames), 'slot', slots)
      const form = canonical(layout, bytes, ['frame', 'slot'])
      t.deepEqual(canonical(layout, renamed, ['frame', 'slot']), form)
      t.deepEqual(canonical(layout, form, ['frame', 'slot']), form)
    }),
    { numRuns: 300 },
  )
})

test('members that only their own records name are ordered by their records too', t => {
  const layout = laid(selfish)
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), permutations, (flags, to) => {
      const bytes = new Uint8Array(layout.bytes)
      const m = viewOf(layout, { bytes }) as never as { frames: { itself: number | null; open: boolean }[] }
      for (let f = 0; f < 3; f++) Object.assign(m.frames[f], { itself: flags[f] ? f : null, open: flags[3 + f] })
      t.deepEqual(canonical(layout, rename(layout, bytes, 'frame', to), ['frame']), canonical(layout, bytes, ['frame']))
    }),
  )
})

test('a set with fewer than two members, or that the scope does not have, is left alone', t => {
  const layout = laid(simple)
  const bytes = new Uint8Array(layout.bytes)
  t.is(canonical(layout, bytes, ['frame', 'nothing']), bytes)
})

test('two members are interchangeable exactly if exchanging them changes nothing', t => {
  const layout = laid(simple)
  fc.assert(
    fc.property(statesOf(layout), bytes => {
      const swapped = rename(layout, bytes, 'frame', [1, 0, 2])
      const names = [...layout.cells].some(c => c.names[bytes[c.at]].some(n => n.set === 'frame' && n.member < 2))
      const same = swapped.every((byte, i) => byte === bytes[i])
      t.is(interchangeable(layout, bytes, 'frame', 0, 1), same && !names)
    }),
    { numRuns: 500 },
  )
})
