// Makes the schedule of a token again, and says who went on at each step and what is wrong with it.

import type { ScheduleTrace } from '../../reports/index.js'
import { UserError } from '../errors.js'
import { endsOf } from './ends.js'
import { Lockstep } from './lockstep.js'
import { EndJudge } from './run.js'
import { type Deviations, NoSuchSchedule } from './scheduler.js'
import { openStage, type Stage } from './stage.js'
import { openScheduleToken } from './token.js'
import { type Retraced, retrace, toldSchedule } from './told.js'

export async function replaySchedule(token: string): Promise<ScheduleTrace> {
  const { scenario, deviations, edit } = openScheduleToken(token)
  const stage = await openStage(scenario, edit === null ? [] : [edit.edit])
  const made = following(stage, deviations)
  const { scheduler } = stage.runner
  if (!scheduler.fits)
    throw impossible(scenario.name, `it ends after ${scheduler.steps} steps, before its last deviation`)
  const wrong = new EndJudge(stage, endsOf(scenario, stage.loaded)).wrong()
  return toldSchedule(stage, made, wrong, token)
}

function following(stage: Stage, deviations: Deviations): Retraced {
  try {
    return retrace(stage, deviations, new Lockstep(stage))
  } catch (error) {
    if (!(error instanceof NoSuchSchedule)) throw error
    throw impossible(stage.scenario.name, error.message)
  }
}

const impossible = (scenario: string, why: string): UserError =>
  new UserError({
    code: 'impossible-token',
    message: `the token cannot be followed in schedule '${scenario}': ${why}`,
    place: 'the steps of the token',
  })
