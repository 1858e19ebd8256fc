// The visited set, held to a plain map: both key forms, through many growths, and with hashes that collide.

import test from 'ava'
import fc from 'fast-check'
import { hash, MemoryLimit, Visited } from './visited.js'

/** Adds keys to a set and to a map; says where they differ. */
function compare(words: number, keys: readonly Int32Array[]): string | null {
  const set = new Visited(words, 2 ** 30)
  const map = new Map<string, number>()
  for (const [i, key] of keys.entries()) {
    const known = map.has(key.join())
    const rank = set.add(key, 0, hash(key, 0, words), i, i & 0xffff)
    if (known !== rank < 0) return `key ${i}: ${known ? 'was there and is added again' : 'is new and not added'}`
    if (known) continue
    if (rank !== map.size) return `rank ${rank} instead of ${map.size}`
    map.set(key.join(), i)
  }
  let rank = 0
  for (const [key, i] of map) {
    const stored = set.keys.subarray(rank * words, (rank + 1) * words).join()
    if (stored !== key || set.parent(rank) !== i || set.ordinal(rank) !== (i & 0xffff))
      return `rank ${rank} lost its record`
    rank++
  }
  const again = keys.find(key => set.add(key, 0, hash(key, 0, words), 0, 0) >= 0)
  return again === undefined ? null : `${again.join()} is lost`
}

const word = fc.integer({ min: 0, max: 0x7fffffff })
const few = fc.integer({ min: 0, max: 3 })
const keysOf = (words: number) =>
  fc.array(
    fc.array(fc.oneof(word, few), { minLength: words, maxLength: words }).map(k => Int32Array.from(k)),
    { maxLength: 200 },
  )

for (const words of [2, 3, 5]) {
  test(`a set of keys of ${words} words finds exactly what it holds`, t => {
    fc.assert(fc.property(keysOf(words), keys => t.is(compare(words, keys), null)))
  })

  test(`a set of keys of ${words} words finds what it holds after many growths`, t => {
    const keys = Array.from({ length: 60_000 }, (_, i) =>
      Int32Array.from({ length: words }, (_, w) => (i >> (w * 4)) & 0xfff),
    )
    t.is(compare(words, [...keys, ...keys.slice(0, 100)]), null)
  })
}

test('keys whose hashes are equal are told apart', t => {
  const seen = new Map<number, Int32Array>()
  const pairs: Int32Array[] = []
  for (let i = 0; pairs.length < 4; i++) {
    const key = Int32Array.of(i, Math.imul(i, 0x9e3779b1) >>> 1, i >> 3)
    const hashed = hash(key, 0, 3)
    const other = seen.get(hashed)
    if (other !== undefined) pairs.push(other, key)
    seen.set(hashed, key)
  }
  t.is(hash(pairs[0], 0, 3), hash(pairs[1], 0, 3))
  t.is(compare(3, pairs), null)
  t.is(compare(3, [...pairs, ...[...seen.values()].slice(0, 20_000), ...pairs]), null)
})

test('keys that share their place in the table are told apart', t => {
  for (const words of [2, 3]) {
    const same: Int32Array[] = []
    for (let i = 0; same.length < 200; i++) {
      const key = Int32Array.from({ length: words }, (_, w) => (w === 0 ? i : 7))
      if ((hash(key, 0, words) & 0xfff) === 0xffe) same.push(key)
    }
    t.is(compare(words, same), null)
  }
})

test('a set stops before it passes its limit of bytes, and keeps what it holds', t => {
  for (const words of [2, 4]) {
    const set = new Visited(words, 200_000)
    const key = new Int32Array(words)
    const fill = () => {
      for (key[0] = 0; ; key[0]++) set.add(key, 0, hash(key, 0, words), 0, 0)
    }
    t.throws(fill, { instanceOf: MemoryLimit, message: /would pass 200000 bytes/ })
    t.true(set.bytes <= 200_000 && set.states > 1000)
    key[0] = 17
    t.true(set.add(key, 0, hash(key, 0, words), 0, 0) < 0)
  }
})

test('a ranked set says the rank of what is there, of short keys too; what is kept elsewhere counts for its limit', t => {
  for (const words of [2, 4]) {
    const set = new Visited(words, 200_000, true)
    const keys = Array.from({ length: 100 }, (_, i) => new Int32Array(words).fill(i * 7))
    const add = (key: Int32Array) => set.add(key, 0, hash(key, 0, words), 0, 0)
    t.deepEqual(keys.map(add), [...keys.keys()])
    t.deepEqual(
      keys.map(add),
      [...keys.keys()].map(rank => ~rank),
    )
    const before = set.bytes
    const larger = set.grown(Uint32Array.of(3, 4))
    t.deepEqual([...larger], [3, 4, 0])
    t.is(set.bytes, before + 4)
    t.throws(() => set.grown(new Uint32Array(100_000)), { instanceOf: MemoryLimit })
  }
})
