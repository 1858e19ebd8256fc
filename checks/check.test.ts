// Runs as values: what is as expected and what is not, what a limit leaves, and that the number of workers changes
// nothing. One after the other, as searches of one process must be.

import test from 'ava'
import { renderJson } from '../reports/index.js'
import type { RunResult } from '../reports/result.js'
import { checkScopes } from './check.js'
import { UserError } from './errors.js'
import { explore } from './explorer/explore.js'
import { replay } from './replay.js'
import { scopeResult } from './result.js'
import { bindScope, loadScope, type ScopeFile } from './scope/index.js'

const timeless = (run: RunResult) => renderJson(run, { times: false })
const judge = (changes: Partial<ScopeFile>, name = 'depth7') => {
  const bound = bindScope({ ...loadScope(name), ...changes })
  return scopeResult(bound, explore(bound.machine), null, { seconds: 0, cpuSeconds: 0 })
}

test.serial('the same question gives the same bytes with any number of workers', async t => {
  const names = ['mm-small', 'tiny-limit', 'clock', 'depth7', 'tiny-counted']
  const [one, two, four] = [1, 2, 4].map(workers => checkScopes(names, { workers }).then(timeless))
  t.is(await two, await one)
  t.is(await four, await one)
})

test.serial('a violation that the file expects is as expected, any other is not', t => {
  t.like(judge({}), { ok: true, verdict: 'violated', mismatches: [] })
  t.like(judge({ expect: {} }), { ok: false, verdict: 'violated' })
  const held = judge({ expect: { verdict: 'holds' } })
  t.like(held, { ok: false, mismatches: [{ figure: 'verdict', expected: 'holds', found: 'violated' }] })
  const other = judge({ expect: { verdict: 'violated', claim: 'deadlock' } })
  t.like(other.mismatches[0], { expected: 'violated deadlock', found: 'violated depth7/stays-shut' })
})

test.serial('an expected violation that is not found is not as expected', t => {
  const result = judge({ expect: { verdict: 'violated', claim: 'deadlock' } }, 'clock')
  t.like(result, { ok: false, mismatches: [{ figure: 'verdict', expected: 'violated deadlock', found: 'holds' }] })
})

test.serial('a pinned figure that is not met is not as expected, and says what was found', t => {
  const { expect } = loadScope('clock')
  const result = judge({ expect: { ...expect, states: 3 } }, 'clock')
  t.like(result, { ok: false, mismatches: [{ figure: 'states', expected: '3', found: '2' }] })
})

test.serial('a gap that the scope does not list is not as expected, and neither is a listed one that is reached', t => {
  const { unreachable } = loadScope('tiny-limit')
  const [gap, ...others] = unreachable
  t.like(judge({ unreachable: others }, 'tiny-limit'), { ok: false, coverage: { gaps: [gap], stale: [] } })
  const stale = judge({ unreachable: [...unreachable, 'exit · ok', 'exit.nonsense'] }, 'tiny-limit')
  t.like(stale, { ok: false, coverage: { gaps: [], stale: ['exit · ok', 'exit.nonsense'] } })
})

test.serial('a planned bound is as expected, a limit is not, and neither is called a proof', async t => {
  const { scopes } = await checkScopes(['depth7-bounded'])
  t.like(scopes[0], { verdict: 'bounded', ok: true, depth: 6 })
  t.is(scopes[0].cut, undefined)
  const limited = await checkScopes(['depth7-bounded'], { maxDepth: 3 })
  t.like(limited.scopes[0], { verdict: 'bounded', ok: false, cut: 'depth', depth: 3, mismatches: [] })
})

test.serial('what is set by hand is held to the claims, and not to the pins', async t => {
  const { scopes, ok } = await checkScopes(['tiny-limit'], { sets: ['regions=2'] })
  t.true(ok)
  t.deepEqual(scopes[0].mismatches, [])
  t.true(scopes[0].coverage.gaps.length > 0)
})

test.serial(
  'what the scopes of a system reach together is judged where all of them ran as they are written',
  async t => {
    const { coverage, ok } = await checkScopes(['mm-small', 'clock', 'tiny-limit'])
    t.true(ok)
    t.deepEqual(
      coverage?.map(({ system, gaps }) => [system, gaps]),
      [
        ['mm-small', []],
        ['clock', []],
      ],
    )
    t.is((await checkScopes(['mm-small'], { sets: ['slots=2'] })).coverage, undefined)
    t.is((await checkScopes(['clock'], { signal: AbortSignal.abort() })).coverage, undefined)
  },
)

test.serial('a run that is interrupted before it starts still lists all that was asked for', async t => {
  const { scopes } = await checkScopes(['mm-small', 'clock'], { signal: AbortSignal.abort(), workers: 1 })
  t.deepEqual(
    scopes.map(({ name, cut, states }) => [name, cut, states]),
    [
      ['mm-small', 'interrupted', 0],
      ['clock', 'interrupted', 0],
    ],
  )
})

test.serial('each claim has its own verdict: behind a violation, the others are not proven', async t => {
  const { scopes } = await checkScopes(['mm-small'], { mutant: 'fork' })
  const broken = 'mm-small/writable-owns-its-frame'
  t.true(scopes[0].claims.length > 2)
  for (const { id, verdict } of scopes[0].claims) t.is(verdict, id === broken ? 'violated' : 'bounded')
})

test.serial('only the claims that are asked for are judged', async t => {
  const claims = ['mm-small/slot-references']
  const { scopes } = await checkScopes(['mm-small'], { mutant: 'fork', claims })
  t.deepEqual(
    scopes[0].claims.map(({ id, verdict }) => [id, verdict]),
    [['mm-small/slot-references', 'holds']],
  )
  await t.throwsAsync(checkScopes(['mm-small'], { claims: ['swap/x'] }), { instanceOf: UserError })
})

for (const [scope, mutant] of [
  ['mm-small', 'fork'],
  ['tlb', 'unmap-does-not-await-the-acknowledgements'],
  ['tiny-separate', 'a-fault-hands-out-a-frame-as-it-is'],
  ['tiny-limit', 'munmap-leaves-the-entries'],
  ['tlb', 'map-keeps-its-lock'],
  ['deadlock', null],
  ['livelock', null],
  ['diamond', null],
] as const) {
  test.serial(
    `the token of what ${mutant ?? 'nothing'} breaks in ${scope} shows the same violation when it is replayed`,
    async t => {
      const { scopes } = await checkScopes([scope], { mutant })
      const broken = scopes[0].claims.find(claim => claim.verdict === 'violated')
      const found = replay(broken?.trace?.token ?? '')
      if (found.kind !== 'mm1') return t.fail('the token replays the model')
      t.is(found.shown?.claim, broken?.id)
      t.is(found.shown?.step, broken?.trace?.steps.length)
      t.deepEqual(found.trace, broken?.trace)
    },
  )
}

for (const [scope, mutant, coarsest, steps] of [
  ['tlb', 'unmap-does-not-await-the-acknowledgements', 'blocked', 3],
  ['choice', 'fill-does-not-look-again', 'fused', 4],
] as const) {
  test.serial(
    `what breaks ${scope} is told at ${coarsest}, the coarsest that shows it; the figures stay those of full`,
    async t => {
      const { scopes } = await checkScopes([scope], { mutant, sets: ['granularity=full'] })
      const broken = scopes[0].claims.find(claim => claim.verdict === 'violated')
      t.like(broken, { granularity: coarsest, trace: { steps: { length: steps } } })
      t.is(scopes[0].granularity, 'full')
      t.true(scopes[0].depth >= steps)
      t.regex(broken?.trace?.token ?? '', new RegExp(`~granularity=${coarsest}[+]`))
      // At its own granularity there is nothing coarser to be looked for.
      const own = await checkScopes([scope], { mutant, sets: [`granularity=${coarsest}`] })
      t.deepEqual(own.scopes[0].claims.find(claim => claim.verdict === 'violated')?.trace, broken?.trace)
    },
  )
}
