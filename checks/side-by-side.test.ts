// Lockstep and random runs as one result value: which scopes, orders and geometries, and what is refused.

import test from 'ava'
import { lockstepScopes, type RandomOptions, randomScopes, type SideBySideOptions } from './side-by-side.js'

const free: SideBySideOptions = { sets: [], signal: null, deadline: null, progress: () => undefined }
const few: RandomOptions = { ...free, commands: 300, seed: 2, geometry: 'tiny' }

test('each scope is run in two orders, and the progress says which', async t => {
  const seen = new Set<string>()
  const run = await lockstepScopes(['tiny-limit', 'tiny-counted'], {
    ...free,
    progress: ({ scope }) => seen.add(scope),
  })
  t.like(run, { verb: 'lockstep', ok: true })
  t.deepEqual(
    run.lockstep.map(({ name }) => name),
    ['tiny-limit', 'tiny-limit, order 1', 'tiny-counted', 'tiny-counted, order 1'],
  )
  t.deepEqual([...seen].sort(), ['tiny-counted', 'tiny-limit'])
})

test('bounds set beside the file hold on both sides', async t => {
  const run = await lockstepScopes(['tiny-limit'], { ...free, sets: ['pages=2'] })
  t.true(run.ok && (run.lockstep[0].states ?? 0) < 124)
})

const geometries = async (geometry: RandomOptions['geometry']) => {
  const run = await randomScopes(['random'], { ...few, geometry })
  return run.lockstep.map(({ geometry, ok }) => `${geometry}${ok ? '' : ': not ok'}`)
}

test('the window lies across tables of every level at the real geometry, and both geometries are the sum', async t => {
  const real = ['x86 straddle-1', 'x86 straddle-2', 'x86 straddle-3', 'x86 top']
  t.deepEqual(await geometries('tiny'), ['tiny top'])
  t.deepEqual(await geometries('x86'), real)
  t.deepEqual(await geometries('both'), ['tiny top', ...real])
})

test('a toy has a model and no implementation', async t => {
  const expected = { name: 'UserError', message: /'clock' is of clock, which has a model and no implementation/ }
  await t.throwsAsync(lockstepScopes(['tiny-limit', 'clock'], free), expected)
  await t.throwsAsync(randomScopes(['clock'], few), expected)
})

test('what is out of time or interrupted keeps what is done, and starts nothing more', async t => {
  const late = await lockstepScopes(['tiny-limit'], { ...free, deadline: 0 })
  t.like(late.lockstep[0], { cut: 'time', compared: 0, verdict: 'bounded', ok: false })
  const stopped = await randomScopes(['random'], { ...few, signal: AbortSignal.abort() })
  t.like(stopped.lockstep[0], { cut: 'interrupted', ok: false })
  t.false(late.ok || stopped.ok)
})
