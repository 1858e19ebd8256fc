// `mmspec granularity` as users run it: a process of its own, its streams, and its exit code.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import test from 'ava'

const binary = fileURLToPath(new URL('./main.js', import.meta.url))
function mmspec(...args: readonly string[]) {
  const env = { ...process.env, NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], { env, encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

test.serial('a scope is a line, as JSON one document, and silent where all agree', t => {
  const { code, out } = mmspec('granularity', 'smp-faults', '--json', '--no-times')
  t.is(code, 0)
  const json = JSON.parse(out)
  t.like(json, { schema: 'mmspec/granularity@1', verb: 'granularity', ok: true })
  t.true(json.rows[0].full.states > 2 * json.rows[0].fused.states)
  t.is(json.rows[0].full.seconds, undefined)
  t.is(mmspec('granularity', 'smp-faults', '-q').out, '')
})

test.serial('a limit of states leaves it open, and a scope that joins nothing is refused', t => {
  const cut = mmspec('granularity', 'smp-faults', '--max-states', '100')
  t.is(cut.code, 3)
  t.regex(cut.out, /cut short: states/)
  const whole = mmspec('granularity', 'swap')
  t.is(whole.code, 2)
  t.regex(whole.err, /scope swap joins no steps/)
})

test.serial('a granularity is set as a bound is, and a wrong one is refused with the right words', t => {
  const { code, out } = mmspec('check', 'clock', '--set', 'granularity=full', '--json', '--no-times')
  t.is(code, 0)
  t.is(JSON.parse(out).scopes[0].granularity, 'full')
  const wrong = mmspec('check', 'clock', '--set', 'granularity=ful')
  t.is(wrong.code, 2)
  t.regex(wrong.err, /unknown granularity 'ful'; did you mean 'full'\?/)
})
