// The bitmap against a plain set of numbers, at sizes on both sides of a word and of a summary word.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { bitmapWords, createBitmap } from './bitmap.js'

const sizes = fc.constantFrom(1, 31, 32, 33, 64, 1023, 1024, 1025, 2100)

test('the lowest free member is found, whatever was set and cleared before', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        sizes,
        fc.array(fc.tuple(fc.boolean(), fc.nat(2099)), { maxLength: 60 }),
        fc.nat(2100),
        agreesWithSet,
      ),
    ),
  )
})

function agreesWithSet(size: number, changes: readonly (readonly [boolean, number])[], full: number) {
  const bitmap = createBitmap(new Int32Array(bitmapWords(size) + 8), 5, size)
  bitmap.format()
  const taken = new Set<number>()
  const take = (member: number) => {
    bitmap.set(member)
    taken.add(member)
  }
  for (let member = 0; member < Math.min(full, size); member++) take(member)
  for (const [isSet, number] of changes) {
    const member = number % size
    if (isSet) take(member)
    else {
      bitmap.clear(member)
      taken.delete(member)
    }
    assert.equal(bitmap.has(member), isSet)
    assert.equal(bitmap.lowest(), lowestMissing(taken, 0, size))
    const [from, to] = [member >> 1, Math.min(size, member + 40)]
    assert.equal(bitmap.lowestIn(from, to), lowestMissing(taken, from, to))
  }
}

function lowestMissing(taken: ReadonlySet<number>, from: number, to: number) {
  for (let member = from; member < to; member++) if (!taken.has(member)) return member
  return -1
}

test('a bitmap keeps to its own words', t => {
  const words = new Int32Array(bitmapWords(1025) + 2).fill(77)
  const bitmap = createBitmap(words, 1, 1025)
  bitmap.format()
  for (let member = 0; member < 1025; member++) bitmap.set(member)
  t.is(bitmap.lowest(), -1)
  t.is(words[0], 77)
  t.is(words[words.length - 1], 77)
})

test('a bitmap without members has no free one', t => {
  const bitmap = createBitmap(new Int32Array(1), 0, 0)
  bitmap.format()
  t.is(bitmap.lowest(), -1)
})
