// `mmspec museum` as users run it: its streams, and its exit code.

import test from 'ava'
import { entries, outOfReach } from '../museum/index.js'
import { mmspecHere } from './here.js'

const museum = (...args: readonly string[]) => mmspecHere('museum', ...args)

test.serial('one entry is a line, and exits with 0', async t => {
  const { code, out } = await museum('frame-not-cleared')
  t.is(code, 0)
  t.regex(out, /frame-not-cleared +2018 +faults\/no-stale-memory +whole +1 +3 +3/)
  t.regex(out, /1 of 1 entry as promised/)
  t.false(out.includes('out of reach'))
  t.is((await museum('frame-not-cleared', '-q')).out, '')
})

test.serial('the story of an entry has its trace', async t => {
  const { code, out } = await museum('show', 'fork-without-flush')
  t.is(code, 0)
  t.regex(out, /Fork takes the right to write away/)
  t.regex(out, /✖ tlb\/shared-is-not-writable/)
  t.regex(out, /P0 fork P1 +→ /)
  t.regex(out, /without the edit it holds \(exhaustive\)/)
})

test.serial('as JSON it is one document', async t => {
  const { code, out } = await museum('copy-before-forget', '--json', '--no-times')
  t.is(code, 0)
  const json = JSON.parse(out)
  t.like(json, { schema: 'mmspec/museum@1', verb: 'museum', ok: true })
  t.is(json.entries.length, 1)
  t.is(json.entries[0].found.granularity, 'blocked')
  t.is(json.entries[0].found.seconds, undefined)
})

test.serial('an id that is not one exits with 2, and says what was meant or what the model lacks', async t => {
  const typo = await museum('show', 'counter-wrap')
  t.is(typo.code, 2)
  t.regex(typo.err, /unknown entry 'counter-wrap'; did you mean 'counter-wraps'\?/)
  const beyond = await museum('XSA-148')
  t.is(beyond.code, 2)
  t.regex(beyond.err, /'XSA-148' is out of reach: the model lacks tables that a guest writes, large pages/)
  t.is((await museum('show')).code, 2)
  t.is(JSON.parse((await museum('nothing', '--json')).out).code, 'unknown-entry')
})

test.serial('a limit of time cuts it short', async t => {
  const { code, out } = await museum('--timeout', '0.001')
  t.is(code, 3)
  t.regex(out, /cut short: time/)
  t.true(entries.length > 0 && outOfReach.length > 0)
})
