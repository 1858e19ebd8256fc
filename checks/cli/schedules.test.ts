// `mmspec schedules`, `mmspec stress` and the replay of their tokens, in this process: what goes to both streams, and the
// exit code.

import test from 'ava'
import { mmspecHere as mmspec } from './here.js'

test.serial('help begins with examples', async t => {
  t.regex((await mmspec('schedules', '--help')).out, /^Examples:\n {2}mmspec schedules .*Usage: mmspec schedules/s)
  t.regex((await mmspec('stress', '--help')).out, /^Examples:\n {2}mmspec stress .*Usage: mmspec stress/s)
})

test.serial('schedules are one JSON document, with no times where none are wanted', async t => {
  const { code, out } = await mmspec('schedules', 'munmap-store', '--geometry', 'tiny', '--json', '--no-times')
  t.is(code, 0)
  const json = JSON.parse(out)
  t.like(json, { schema: 'mmspec/schedules@1', verb: 'schedules', ok: true })
  const [run] = json.scenarios
  t.like(run, { name: 'munmap-store', geometry: 'tiny', strategy: 'at most 2 preemptions', failing: 0, ok: true })
  t.true(run.schedules > 20 && run.steps > run.schedules && run.situations > 0)
  t.deepEqual(run.answers, run.allowed)
  t.is(run.seconds, undefined)
})

test.serial('a schedule that goes wrong exits with 1, and its token shows it again', async t => {
  const mutant = ['--mutant', 'nobody-waits-for-acknowledgements']
  const { code, out } = await mmspec('schedules', 'munmap-store', '--geometry', 'tiny', ...mutant, '--json')
  t.is(code, 1)
  const [{ failure, seconds }] = JSON.parse(out).scenarios
  t.is(failure.about, 'tlb/no-translation-of-a-free-frame')
  t.true(seconds > 0)
  const shown = await mmspec('replay', failure.token)
  t.regex(shown.out, /no-translation-of-a-free-frame/)
})

test.serial('what there is not is refused with the right words, and exits with 2', async t => {
  const scenario = await mmspec('schedules', 'munmap-stoer')
  t.is(scenario.code, 2)
  t.regex(scenario.err, /munmap-stoer.*munmap-store/s)
  const token = await mmspec('replay', 'mp1:munmap-stoer::00000000')
  t.is(token.code, 2)
  t.regex(token.err, /munmap-store/)
  for (const args of [
    ['schedules', 'munmap-store', '--geometry', 'x68'],
    ['schedules', 'munmap-store', '--preemptions', '-1'],
    ['schedules', 'munmap-store', '--mutant', 'none-such'],
    ['schedules', './none-such.yaml'],
    ['schedules', 'munmap-store', '--pct', '10', '--preemptions', '2'],
    ['schedules', 'munmap-store', '--depth', '4'],
    ['schedules', 'munmap-store', '--seed', '4'],
    ['stress', '--cpus', '0'],
    ['stress', '--cpus', '33'],
    ['stress', '--geometry', 'both'],
    ['replay', 'mp1:munmap-store'],
  ]) {
    const { code, out, err } = await mmspec(...args)
    t.is(code, 2, args.join(' '))
    t.is(out, '')
    t.not(err, '')
  }
})

test.serial('stress says how much it ran', async t => {
  const { code, out } = await mmspec('stress', '--seconds', '1', '--json')
  t.is(code, 0)
  const json = JSON.parse(out)
  t.like(json, { schema: 'mmspec/stress@1', verb: 'stress', ok: true, geometry: 'tiny', cpus: 2, seed: 1 })
  t.is(json.commands % 4000, 0)
  t.is(json.wrong, undefined)
})
