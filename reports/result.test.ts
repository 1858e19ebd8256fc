// The exit code is the shortest report of all: scripts rely on it.

import test from 'ava'
import {
  agreeing,
  boundedScope,
  cutRun,
  cutScope,
  disagreeing,
  greenRun,
  greenScope,
  lockstepRun,
  mutantsRun,
  redRun,
  redScope,
  run,
} from './golden/fixtures.js'
import { exitCode, type RunResult } from './result.js'

const interrupted = { ...cutScope, cut: 'interrupted' } as const
const [killed] = mutantsRun.mutants

const table: readonly (readonly [string, RunResult, ReturnType<typeof exitCode>])[] = [
  ['everything as expected is 0', greenRun, 0],
  ['a planned bound is 0', { ...run, scopes: [boundedScope] }, 0],
  ['a violation that is expected is 0', { ...run, scopes: [{ ...redScope, ok: true }] }, 0],
  ['agreement is 0', { ...run, lockstep: [agreeing] }, 0],
  ['killed mutants are 0', { ...run, mutants: killed === undefined ? [] : [killed] }, 0],
  ['a violation is 1', redRun, 1],
  ['a pin that does not match is 1', { ...run, ok: false, scopes: [{ ...greenScope, ok: false }] }, 1],
  ['a disagreement is 1', lockstepRun, 1],
  ['a survivor is 1', { ...mutantsRun, unkilled: [] }, 1],
  ['a claim without a killer is 1', { ...run, ok: false, unkilled: ['swap/slots-recount'] }, 1],
  ['a run that is not as expected without saying where is 1', { ...run, ok: false }, 1],
  ['a limit that was not planned is 3', cutRun, 3],
  ['a lockstep run cut short is 3', { ...run, ok: false, lockstep: [{ ...agreeing, cut: 'time', ok: false }] }, 3],
  ['a violation beside a scope cut short is 1', { ...run, ok: false, scopes: [redScope, cutScope] }, 1],
  [
    'a disagreement beside an interrupted scope is 1',
    { ...run, ok: false, scopes: [interrupted], lockstep: [disagreeing] },
    1,
  ],
  ['an interruption is 130', { ...run, ok: false, scopes: [interrupted] }, 130],
  ['an interruption wins over another limit', { ...run, ok: false, scopes: [cutScope, interrupted] }, 130],
]

for (const [title, given, code] of table) {
  test(`exit code: ${title}`, t => {
    t.is(exitCode(given), code)
  })
}
