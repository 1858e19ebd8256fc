// Parts of a run: each scope in exactly one, the same ones everywhere, and none much longer than it must be.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { allScopes } from './scope/index.js'
import { balanced, shardOf } from './shard.js'

const small = allScopes('small', 'toy')

test('every scope is in exactly one part, in the order of the whole', t => {
  const names = small.map(({ name }) => name)
  const parts = [1, 2, 3].map(index => shardOf(names, { index, of: 3 }))
  t.deepEqual(parts.flatMap(({ scopes }) => scopes).sort(), [...names].sort())
  for (const { scopes, shard } of parts) {
    t.deepEqual(
      scopes,
      names.filter(name => scopes.includes(name)),
    )
    t.deepEqual(shard.whole, names)
  }
})

test('no part is longer than the shortest by more than one scope', t => {
  const scopes = fc.array(fc.record({ scope: fc.string(), weight: fc.nat({ max: 1e6 }) }), { minLength: 1 })
  const isFair = (all: readonly { scope: string; weight: number }[], of: number) => {
    const named = all.map(({ weight }, i) => ({ scope: String(i), weight }))
    const weights = balanced(named, of).map(part => part.reduce((sum, name) => sum + named[Number(name)].weight, 0))
    assert.ok(Math.max(...weights) - Math.min(...weights) <= Math.max(...all.map(({ weight }) => weight)))
  }
  t.notThrows(() => fc.assert(fc.property(scopes, fc.integer({ min: 1, max: 9 }), isFair)))
})

test('more parts than scopes are refused', t => {
  t.throws(() => shardOf(['clock'], { index: 1, of: 2 }), { message: /2 parts of 1 scope: some would be empty/ })
})
