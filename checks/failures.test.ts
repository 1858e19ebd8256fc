// Failures that are remembered: tried first while they fail, forgotten when they do not, and never in the way.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { explore, usual } from './explorer/explore.js'
import { walk } from './explorer/trace.js'
import { isRemembering, remember, stillFailing } from './failures.js'
import { shipped } from './lockstep/run.js'
import { bindScope, loadScope } from './scope/index.js'
import { type TokenText, tokenOf } from './token/index.js'

const at = mkdtempSync(join(tmpdir(), 'mmspec-failures-'))
test.after.always(() => rmSync(at, { recursive: true }))
const names = (): readonly string[] => readdirSync(join(at, '.mmspec', 'failures')).sort()

const of =
  (...scopes: readonly string[]) =>
  ({ scope }: TokenText) =>
    scopes.includes(scope)

const bound = bindScope(loadScope('depth7'))
const steps = walk(bound.machine, explore(bound.machine, { ...usual, audit: false }).found?.path ?? []).map(
  step => step.taken,
)
const failing = { token: tokenOf(bound, steps), says: 'the safe is open' }

test.serial('what fails is found again in its scope, and only there', t => {
  remember(at, failing)
  remember(at, failing)
  t.is(names().length, 1)
  t.deepEqual(stillFailing(at, of('clock'), shipped), [])
  const [again, ...more] = stillFailing(at, of('clock', 'depth7'), shipped)
  t.like(again, { token: failing.token })
  t.regex(again.says, /^depth7\/stays-shut: /)
  t.is(more.length, 0)
})

test.serial('what fails no longer, or is of another version, is forgotten', t => {
  remember(at, { ...failing, token: tokenOf(bound, steps.slice(0, 3)) })
  remember(at, { ...failing, token: 'mm1:depth7:1:00000000' })
  t.is(names().length, 3)
  t.is(stillFailing(at, of('depth7'), shipped).length, 1)
  t.is(names().length, 1)
})

test.serial('files of somebody else are left alone', t => {
  const folder = join(at, '.mmspec', 'failures')
  for (const [name, text] of [
    ['notes.txt', 'mine'],
    ['0123456789abcdef.json', '{ "token": 1 }'],
    ['fedcba9876543210.json', 'no JSON'],
  ])
    writeFileSync(join(folder, name), text)
  t.is(stillFailing(at, of('depth7'), shipped).length, 1)
  t.is(names().length, 4)
})

test.serial('so many are kept, and no more', t => {
  for (let i = 0; i < 60; i++) remember(at, { ...failing, token: `mm1:clock:${i}:00000000` })
  t.is(names().filter(name => name.endsWith('.json')).length, 50)
})

test('a place that cannot be written to is no error', t => {
  const file = join(at, 'file')
  writeFileSync(file, '')
  t.notThrows(() => remember(file, failing))
  t.deepEqual(stillFailing(file, of('depth7'), shipped), [])
  const empty = join(at, 'empty')
  mkdirSync(empty)
  t.deepEqual(stillFailing(empty, of('depth7'), shipped), [])
})

test('it can be switched off, and is off where nobody works', t => {
  t.true(isRemembering(true, {}))
  t.false(isRemembering(false, {}))
  t.false(isRemembering(true, { MMSPEC_FAILURES: '0' }))
  t.false(isRemembering(true, { CI: 'true' }))
})
