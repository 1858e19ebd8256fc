// Scenario files: what a counterexample gives away is taken again to the same end, and what is wrong in one written by
// hand is refused with its place and with what would be right.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import fc from 'fast-check'
import { renderScenario, renderTest, type TakenAway, takenAway } from '../../reports/index.js'
import { checkScopes } from '../check.js'
import { UserError } from '../errors.js'
import { replayFile, replayScenario } from '../replay.js'
import { root } from '../spec/chapters.js'
import { parseScenarioFile } from './file.js'

// Inside the package, so that a test which imports it by its name finds it.
const folder = mkdtempSync(join(root, 'dist', 'scenarios-'))
test.after.always(() => rmSync(folder, { recursive: true }))

/** What the page of a mutant's counterexample gives to take away. */
async function awayFrom(scope: string, mutant: string): Promise<TakenAway> {
  const { scopes } = await checkScopes([scope], { mutant })
  const claim = scopes[0].claims.find(({ verdict }) => verdict === 'violated')
  if (claim?.trace === undefined) throw new Error(`${scope} shows no violation`)
  return takenAway(scopes[0], { claim: claim.id, says: claim.witness?.says ?? '' }, claim.trace, claim.granularity)
}
function written(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
function refusalOf(text: string): UserError {
  try {
    replayFile(written('wrong.yaml', text))
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('the scenario was not refused')
}

test.serial('the scenario of a counterexample shows the same claim at its last step', async t => {
  for (const [scope, mutant] of [
    ['mm-small', 'fork'],
    ['fork-swap', 'fork-lets-the-parent-go-on-writing'],
    ['smp-fork', 'fork-does-not-wait-for-other-cpus'],
  ]) {
    const away = await awayFrom(scope, mutant)
    const again = replayFile(written(`${scope}.yaml`, renderScenario(away)))
    if (again.kind !== 'mm1') throw new Error('no trace')
    t.is(again.shown?.claim, away.claim)
    t.is(again.shown?.step, away.steps.length)
    t.is(again.departure, undefined)
  }
})

test.serial(
  'the test of a counterexample fails as long as the claim is violated, and passes when it is not',
  async t => {
    const away = await awayFrom('fork-swap', 'fork-lets-the-parent-go-on-writing')
    const { mutant: _, ...mended } = away
    const run = (file: string) => spawnSync(process.execPath, ['--test', file], { encoding: 'utf8' })
    const red = run(written('red.test.mjs', renderTest(away)))
    t.is(red.status, 1)
    t.regex(red.stdout, /frame 0 is mapped by 2 pages, and one of them can write to it/)
    t.is(run(written('green.test.mjs', renderTest(mended))).status, 0)
  },
)

test.serial('steps may leave out what is usual, and their answers', t => {
  const steps = ['P0 spawn', 'P0  mmap @0 1 rw fixed|anon|private', 'P0 read @0 → v:0']
  const again = replayScenario({ scope: 'fork-swap', steps })
  if (again.kind !== 'mm1') throw new Error('no trace')
  t.deepEqual(
    again.trace.steps.map(({ command }) => command),
    ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 read @0'],
  )
  t.is(again.shown, null)
})

test.serial('a step that answers otherwise than is written ends the trace', t => {
  const again = replayScenario({ scope: 'fork-swap', steps: ['P0 spawn', 'P0 read @0 -> v:0', 'P0 exit'] })
  if (again.kind !== 'mm1') throw new Error('no trace')
  t.deepEqual(again.departure, { step: 2, written: 'v:0', found: 'SIGSEGV:MAPERR' })
  t.is(again.trace.steps.length, 1)
})

test.serial('a scenario may run on both sides', t => {
  const again = replayScenario({ scope: 'fork-swap', lockstep: true, steps: ['P0 spawn', 'P0 read @0'] })
  t.is(again.kind, 'lk1')
  t.is(again.kind === 'lk1' ? again.result.verdict : '', 'agree')
})

const head = 'scope: fork-swap\n'
const wrong: readonly (readonly [what: string, text: string, code: string, at: string, nearest?: string])[] = [
  ['broken YAML', 'scope: [\n', 'broken-yaml', '2:1'],
  ['a list', '- P0 spawn\n', 'broken-scenario', '1:1'],
  ['no steps', head, 'broken-scenario', '1:1'],
  ['an unknown field', `${head}mutnat: x\nsteps: []\n`, 'broken-scenario', '2:1', 'mutant'],
  ['an unknown scope', 'scope: fork-swpa\nsteps: []\n', 'unknown-scope', '1:8', 'fork-swap'],
  ['an unknown mutant', `${head}mutant: frok\nsteps: []\n`, 'unknown-mutant', '2:9'],
  ['an unknown bound', `${head}set: [frmes=3]\nsteps: []\n`, 'unknown-bound', '--set frmes=3', 'frames'],
  ['an unknown claim', `${head}claim: frames/no\nsteps: []\n`, 'unknown-claim', '2:8'],
  ['two arrows', `${head}steps: [P0 spawn -> ok -> ok]\n`, 'broken-scenario', '2:9'],
  ['a command that is none', `${head}steps: [P0 spwan]\n`, 'unknown-step', '2:9', 'P0 spawn'],
  ['a step that cannot be done', `${head}steps:\n  - P0 exit\n`, 'impossible-step', '3:5'],
  [
    'a choice that is none',
    `${head}steps:\n  - P0 spawn\n  - P0 mmap @0 1 rw private|anon|fixed\n  - { does: P0 read @0, chosen: [frame 9] }\n`,
    'impossible-choice',
    '5:5',
  ],
]
for (const [what, text, code, at, nearest] of wrong) {
  test.serial(`${what} is refused with its place`, t => {
    const error = refusalOf(text)
    t.is(error.code, code)
    t.true(error.place?.endsWith(at), error.place)
    if (nearest !== undefined) t.is(error.nearest, nearest)
  })
}

test('whatever a name or a reason holds, the file reads back as it was', t => {
  const text = fc.string({ unit: 'binary', maxLength: 20 })
  fc.assert(
    fc.property(text, text, text, (scope, mutant, says) => {
      const away: TakenAway = { scope, sets: [mutant], mutant, claim: scope, says, steps: [] }
      const file = parseScenarioFile(
        renderScenario({ ...away, steps: [{ does: 'a', answer: 'b', chosen: [says] }] }),
        'x',
      )
      t.deepEqual([file.scope, file.sets, file.mutant, file.claim], [scope, [mutant], mutant, scope])
      t.deepEqual(file.steps[0].chosen, [says])
    }),
    { numRuns: 40 },
  )
})
