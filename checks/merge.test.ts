// Merged parts say what one run of all says; what does not belong together is refused with what is wrong.

import test from 'ava'
import { greenScope } from '../reports/golden/fixtures.js'
import { emptyRun, type RuleReach, type RunResult, renderJson } from '../reports/index.js'
import { checkScopes } from './check.js'
import { merge } from './merge.js'
import { allScopes } from './scope/index.js'
import { shardOf } from './shard.js'
import { version } from './version.js'

const given = (...runs: readonly RunResult[]) => runs.map((run, i) => ({ file: `${i}.json`, run }))

test('merged shards are the bytes of one run, whichever comes first', async t => {
  const names = ['clock', 'counter', 'diamond', 'tlb']
  const whole = await checkScopes(names)
  const shards: RunResult[] = []
  for (const index of [1, 2, 3]) {
    const { scopes, shard } = shardOf(names, { index, of: 3 })
    shards.push({ ...(await checkScopes(scopes)), shard })
  }
  const bytes = (run: RunResult) => renderJson(run, { times: false })
  t.is(bytes(merge(given(...shards))), bytes(whole))
  t.is(bytes(merge(given(...shards.reverse()))), bytes(whole))
  t.throws(() => merge(given(shards[0], shards[2])), { message: 'of check, 2/3 is missing' })
})

/** A run of some scopes of a system that holds in all of them. */
function part(names: readonly string[], never: readonly string[], whole: readonly string[]): RunResult {
  const scopes = names.map(name => ({ ...greenScope, name, system: 'memory', granularity: 'whole', pins: {} }))
  const reach: readonly RuleReach[] = [
    { system: 'memory', rule: 'x.md#y', kind: 'step', never, whole, interleaved: [], both: [] },
  ]
  return { ...emptyRun('check', version), scopes, reach }
}
const names = allScopes('small', 'toy').flatMap(({ name, system }) => (system === 'memory' ? [name] : []))

test('what all scopes reach together is judged once all of them are there', t => {
  const first = part(names.slice(0, 10), ['fork.copy', 'fork.end'], ['fork.begin'])
  const second = part(names.slice(10), ['fork.begin', 'fork.end'], ['fork.copy'])
  const alone = merge(given(first))
  t.true(alone.ok)
  t.is(alone.coverage, undefined)
  const { ok, coverage } = merge(given(first, second))
  t.false(ok)
  t.deepEqual(coverage?.[0].gaps, ['fork.end'])
})

test('a scope that two parts have is there once, and refused where they differ in more than time', t => {
  const one = part(['fork'], [], [])
  const slower = { ...one, scopes: one.scopes.map(scope => ({ ...scope, seconds: 1e6 })) }
  t.is(merge(given(one, slower)).scopes.length, 1)
  const other = { ...one, scopes: one.scopes.map(scope => ({ ...scope, states: 1, engine: 'immer' })) }
  t.throws(() => merge(given(one, other)), { message: /two parts have fork .* differ in what they found/ })
})

test('runs of different verbs become one run', t => {
  const linear = { schema: 'mmspec/linear@1', verb: 'linear', ok: false, version, scopes: [] } as const
  const merged = merge(given(part(['fork'], [], []), { ...emptyRun('linear', version), ok: false, linear }))
  t.like(merged, { verb: 'merge', ok: false, linear })
})

test('a run of another version is refused', t => {
  t.throws(() => merge(given({ ...part(['fork'], [], []), version: '0.0.1' })), { message: /is of mmspec 0\.0\.1/ })
})
