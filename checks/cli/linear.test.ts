// `mmspec linear` as users run it: its streams, and its exit code.

import test from 'ava'
import { mmspecHere } from './here.js'

test.serial('a scope is a line, and exits with 0', async t => {
  const { code, out } = await mmspecHere('linear', 'counter')
  t.is(code, 0)
  t.regex(out, /counter +4 +4 +\d+ +32 +0 +0 +[\d.]+ +some order agrees, always/)
  t.is((await mmspecHere('linear', 'counter', '-q')).out, '')
})

test.serial('what no order gives exits with 1, and its token shows it again', async t => {
  const { code, out } = await mmspecHere('linear', 'counter', '--mutant', 'add-takes', '--json', '--no-times')
  t.is(code, 1)
  const json = JSON.parse(out)
  t.like(json, { schema: 'mmspec/linear@1', verb: 'linear', ok: false })
  const [{ violation, seconds }] = json.scopes
  t.is(seconds, undefined)
  t.is(violation.trace.steps.length, 8)
  t.deepEqual(violation.orders[0].diff, [{ path: 'count', from: '2', to: '1' }])
  const again = await mmspecHere('replay', violation.trace.token)
  t.is(again.code, 0)
  t.regex(again.out, /no claim is violated along these 8 steps/)
})

test.serial('a limit of time cuts it short, and a scope of one CPU is refused', async t => {
  const late = await mmspecHere('linear', 'smp-munmap', '--timeout', '0.001')
  t.is(late.code, 3)
  t.regex(late.out, /cut short: time/)
  const alone = await mmspecHere('linear', 'swap')
  t.is(alone.code, 2)
  t.regex(alone.err, /in scope swap no two CPUs have operations under way at a time/)
  t.is((await mmspecHere('linear', 'smp-munmap', '--set', 'granularity=whole')).code, 2)
})
