// Makes the schedule of a token again, and says who went on at each step and what is wrong with it.

import type { ScheduleTrace } from '../../reports/index.js'
import { UserError } from '../errors.js'
import { printCommand } from '../notation/index.js'
import { endsOf } from './ends.js'
import { Lockstep } from './lockstep.js'
import { EndJudge } from './run.js'
import { NoSuchSchedule } from './scheduler.js'
import { answersOf, openStage } from './stage.js'
import { openScheduleToken } from './token.js'

export async function replaySchedule(token: string): Promise<ScheduleTrace> {
  const { scenario, deviations, edit } = openScheduleToken(token)
  const stage = await openStage(scenario, edit === null ? [] : [edit.edit])
  const { runner, places } = stage
  const { scheduler } = runner
  const steps: { cpu: number; at: string; deviates: boolean }[] = []
  const lockstep = new Lockstep(stage)
  stage.follower = {
    begin: () => lockstep.begin(),
    after: cpu => {
      const step = steps.length
      steps.push({ cpu, at: places[cpu] ?? 'the start', deviates: scheduler.took(step) !== scheduler.usual(step) })
      return lockstep.after(cpu)
    },
  }
  try {
    runner.run(deviations)
  } catch (error) {
    if (!(error instanceof NoSuchSchedule)) throw error
    throw impossible(scenario.name, error.message)
  }
  if (!scheduler.fits)
    throw impossible(scenario.name, `it ends after ${scheduler.steps} steps, before its last deviation`)
  const wrong = new EndJudge(stage, endsOf(scenario, stage.loaded)).wrong()
  return {
    scenario: scenario.name,
    geometry: scenario.geometry,
    scripts: scenario.scripts.map(script => script.map(printCommand)),
    steps,
    answers: answersOf(stage),
    ...(wrong === null ? {} : { wrong: { about: wrong.claim, says: wrong.says } }),
  }
}

const impossible = (scenario: string, why: string): UserError =>
  new UserError({
    code: 'impossible-token',
    message: `the token cannot be followed in schedule '${scenario}': ${why}`,
    place: 'the steps of the token',
  })
