// `mmspec granularity` as users run it: its streams, and its exit code.

import test from 'ava'
import { mmspecHere } from './here.js'

test.serial('a scope is a line, as JSON one document, and silent where all agree', async t => {
  const { code, out } = await mmspecHere('granularity', 'smp-faults', '--json', '--no-times')
  t.is(code, 0)
  const json = JSON.parse(out)
  t.like(json, { schema: 'mmspec/granularity@1', verb: 'granularity', ok: true })
  t.true(json.rows[0].full.states > 2 * json.rows[0].fused.states)
  t.is(json.rows[0].full.seconds, undefined)
  t.is((await mmspecHere('granularity', 'smp-faults', '-q')).out, '')
})

test.serial('a limit of states leaves it open, and a scope that joins nothing is refused', async t => {
  const cut = await mmspecHere('granularity', 'smp-faults', '--max-states', '100')
  t.is(cut.code, 3)
  t.regex(cut.out, /cut short: states/)
  const whole = await mmspecHere('granularity', 'swap')
  t.is(whole.code, 2)
  t.regex(whole.err, /scope swap joins no steps/)
})

test.serial('a granularity is set as a bound is, and a wrong one is refused with the right words', async t => {
  const { code, out } = await mmspecHere('check', 'smp-three', '--set', 'granularity=full', '--json', '--no-times')
  t.is(code, 0)
  t.is(JSON.parse(out).scopes[0].granularity, 'full')
  const wrong = await mmspecHere('check', 'smp-three', '--set', 'granularity=ful')
  t.is(wrong.code, 2)
  t.regex(wrong.err, /unknown granularity 'ful'; did you mean 'full'\?/)
})
