// The format of an entry: what is encoded comes back, every bit lands where the manual says, and no two kinds meet.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import {
  decode,
  type Entry,
  encode,
  frameOf,
  heldFrameOf,
  highFor,
  isKept,
  isPresent,
  isSwapped,
  lowFor,
  wideFrameOf,
} from './entry.js'

const plain = { noNullPrototype: true }
const present = fc.record(
  {
    is: fc.constant('present' as const),
    frame: fc.maxSafeNat().map(n => n % 2 ** 40),
    writable: fc.boolean(),
    user: fc.boolean(),
    accessed: fc.boolean(),
    dirty: fc.boolean(),
    noExecute: fc.boolean(),
    zero: fc.boolean(),
  },
  plain,
)
const swapped = fc.record({ is: fc.constant('swapped' as const), slot: fc.nat(2 ** 31 - 1) }, plain)
const kept = fc.record({ is: fc.constant('kept' as const), frame: fc.nat(2 ** 31 - 1), zero: fc.boolean() }, plain)
const entry: fc.Arbitrary<Entry> = fc.oneof(fc.constant({ is: 'absent' } as const), present, swapped, kept)

test('an entry that is encoded and decoded is the same entry', t => {
  const [low, high] = [0, 1].map(word => (one: Entry) => new Int32Array([...encode(one)])[word])
  t.notThrows(() => fc.assert(fc.property(entry, one => assert.deepEqual(decode(low(one), high(one)), one))))
})

test('the edges of the frame and slot numbers survive', t => {
  for (const frame of [0, 2 ** 20 - 1, 2 ** 20, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 40 - 1]) {
    const [low, high] = encode({
      is: 'present',
      frame,
      writable: true,
      user: true,
      accessed: false,
      dirty: true,
      noExecute: true,
      zero: false,
    })
    t.is(wideFrameOf(low, high), frame)
    if (frame < 2 ** 31) t.is(frameOf(low, high), frame)
  }
  for (const slot of [0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 31 - 1]) {
    t.deepEqual(decode(...encode({ is: 'swapped', slot })), { is: 'swapped', slot })
  }
})

test('the bits of a present entry are where the processor looks for them', t => {
  const none = { writable: false, user: false, accessed: false, dirty: false, noExecute: false, zero: false }
  const bits = (flags: Partial<typeof none>) => encode({ is: 'present', frame: 0, ...none, ...flags })
  t.deepEqual(bits({}), [0x001, 0])
  t.deepEqual(bits({ writable: true }), [0x003, 0])
  t.deepEqual(bits({ user: true }), [0x005, 0])
  t.deepEqual(bits({ accessed: true }), [0x021, 0])
  t.deepEqual(bits({ dirty: true }), [0x041, 0])
  t.deepEqual(bits({ noExecute: true }), [0x001, 0x80000000 | 0])
  t.deepEqual(encode({ is: 'present', frame: 0x1_00003, ...none }), [0x3001, 1])
})

test('a frame that is kept for nobody to access is not present, and stored so that no memory answers', t => {
  for (const frame of [0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 31 - 1]) {
    const [low, high] = [lowFor(frame, 0), highFor(frame, 0)]
    t.false(isPresent(low))
    t.true(isKept(low))
    t.is(heldFrameOf(low, high), frame)
    t.is(wideFrameOf(low, high), 2 ** 40 - 1 - frame)
  }
})

test('a processor that speculates on a swapped entry finds no memory there', t => {
  // Read as a frame number, the inverted slot is above every frame a machine of this kind can have.
  for (const slot of [0, 1, 4095, 2 ** 31 - 1]) {
    const [low, high] = encode({ is: 'swapped', slot })
    t.true(wideFrameOf(low, high) >= 2 ** 31)
  }
})

test('a swapped entry is never taken for a present or an absent one', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(swapped, one => {
        const [low] = encode(one)
        assert.ok(isSwapped(low) && !isPresent(low) && low !== 0)
      }),
    ),
  )
})
