// Tokens of schedules: what is made is opened again, and another version of the scenario or of the implementation is named.

import test from 'ava'
import { UserError } from '../errors.js'
import { replaySchedule } from './replay.js'
import { loadScenario } from './scenario.js'
import { openScheduleToken, scheduleToken } from './token.js'

const scenario = loadScenario('munmap-store', 'x86')
const token = scheduleToken(scenario, [2, 1, 9, 0], null)

test('a token of a schedule is read back as the same schedule', t => {
  t.regex(token, /^mp1:munmap-store~geometry=x86:2-1\.9-0:[0-9a-f]{8}$/)
  const opened = openScheduleToken(token)
  t.deepEqual(opened.deviations, [2, 1, 9, 0])
  t.is(opened.scenario.geometry, 'x86')
})

test('a token names what of the scenario is left out', async t => {
  const left = scheduleToken(loadScenario('munmap-store', 'x86', ['given-2']), [], null)
  t.regex(left, /^mp1:munmap-store~geometry=x86~without=given-2::[0-9a-f]{8}$/)
  const opened = openScheduleToken(left).scenario
  t.deepEqual([opened.given.length, opened.without], [scenario.given.length - 1, ['given-2']])
  t.is((await refusal(left.replace('given-2', 'given-9'))).code, 'left-out')
  t.regex((await refusal(left.replace('given-2', '0-0'))).message, /CPU 0 has nothing to do/)
  t.is((await refusal(left.replace('~without', '~frames'))).code, 'broken-token')
})

async function refusal(text: string): Promise<UserError> {
  try {
    await replaySchedule(text)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('the token was not refused')
}

const [head, fingerprint] = [token.slice(0, -8), token.slice(-8)]
const other = (digit: string) => (digit === '0' ? '1' : '0')

test('a token of another version says whether the scenario has changed or the implementation', async t => {
  const ofScenario = await refusal(`${head}${other(fingerprint[0])}${fingerprint.slice(1)}`)
  t.is(ofScenario.code, 'stale-token')
  t.regex(ofScenario.message, /changed since: the scenario$/)
  const ofText = await refusal(`${head}${fingerprint.slice(0, 7)}${other(fingerprint[7])}`)
  t.regex(ofText.message, /changed since: the implementation$/)
})

test('what no schedule can be is refused', async t => {
  t.is((await refusal(`mp1:munmap-stoer::${fingerprint}`)).nearest, 'munmap-store')
  t.is((await refusal(`mp1:munmap-store~geometry=x68::${fingerprint}`)).code, 'broken-token')
  t.is((await refusal(`mp1:munmap-store~geometry=x86:2-7:${fingerprint}`)).code, 'broken-token')
  t.is((await refusal(`mp1:munmap-store~geometry=x86:900-1:${fingerprint}`)).code, 'impossible-token')
})

test('a schedule that is replayed says who went on from where', async t => {
  const shown = await replaySchedule(scheduleToken(scenario, [0, 1], null))
  t.is(shown.wrong, undefined)
  t.true(shown.steps[0].deviates)
  t.is(shown.steps[0].cpu, 1)
  t.true(shown.steps.some(({ at }) => at === 'tlb.await'))
})
