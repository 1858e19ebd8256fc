// Tokens of schedules: `mp1:<scenario>[~geometry=x86][~without=given-2.1-0][+mutant]:<deviations>:<fp8>`. A deviation `5-1`
// says that at step 5 CPU 1 goes on where another one would usually; `12-0` behind a dot is the next. What is left out of the
// scenario's file is named by its places (`Scenario.without`). What the numbers mean depends on the scenario and on the text of
// the implementation, whose points are the steps: the fingerprint is of both.

import { createHash } from 'node:crypto'
import { UserError } from '../errors.js'
import { parseToken, printToken } from '../token/text.js'
import { textsOf } from './copy.js'
import { mutantOf, type WrittenEdit } from './mutants.js'
import { type GeometryName, geometryNames, loadScenario, type Scenario } from './scenario.js'
import type { Deviations } from './scheduler.js'

const digits = { scenario: 3, implementation: 5 } as const
type Part = keyof typeof digits

const hash = (value: unknown, part: Part): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, digits[part])

/** What runs no command: only looks, or explains entries to readers. */
const passive = /^(inspect|page-tables\/dump|answers|index)/

let implementation: string | null = null
function fingerprintOf({ bounds, given, scripts }: Scenario): string {
  implementation ??= hash(
    [...textsOf()].filter(([file]) => !passive.test(file)),
    'implementation',
  )
  return hash([bounds, given, scripts], 'scenario') + implementation
}

const geometryWord = 'geometry='
const withoutWord = 'without='

export function scheduleToken(scenario: Scenario, deviations: Deviations, edit: WrittenEdit | null): string {
  const steps = Array.from({ length: deviations.length / 2 }, (_, i) => ({
    command: deviations[2 * i],
    choices: [deviations[2 * i + 1]],
  }))
  const sets = [
    ...(scenario.geometry === 'tiny' ? [] : [`${geometryWord}${scenario.geometry}`]),
    ...(scenario.without.length === 0 ? [] : [`${withoutWord}${scenario.without.join('.')}`]),
  ]
  const fingerprint = fingerprintOf(scenario)
  return printToken({ kind: 'mp1', scope: scenario.asked, sets, mutant: edit?.slug ?? null, steps, fingerprint })
}

export interface OpenSchedule {
  readonly scenario: Scenario
  readonly deviations: Deviations
  readonly edit: WrittenEdit | null
}

export const isScheduleToken = (text: string): boolean => text.trim().startsWith('mp1:')

export function openScheduleToken(text: string): OpenSchedule {
  const { scope, sets, mutant, steps, fingerprint } = parseToken(text)
  const scenario = loadScenario(scope, ...settingsIn(sets))
  const now = fingerprintOf(scenario)
  const changed = [
    ...(now.slice(0, digits.scenario) === fingerprint.slice(0, digits.scenario) ? [] : ['the scenario']),
    ...(now.slice(digits.scenario) === fingerprint.slice(digits.scenario) ? [] : ['the implementation']),
  ]
  if (changed.length > 0) {
    throw new UserError({
      code: 'stale-token',
      message: `the token was made for another version of schedule '${scenario.name}'; changed since: ${changed.join(', and ')}`,
      place: 'the last eight digits',
      next: `run 'mmspec schedules ${scenario.asked}' for a token of this version`,
    })
  }
  const deviations = steps.flatMap(({ command, choices }) => {
    if (choices.length === 1 && choices[0] < scenario.scripts.length) return [command, choices[0]]
    throw new UserError({
      code: 'broken-token',
      message: `not a token: '${[command, ...choices].join('-')}' is no step with one CPU of ${scenario.scripts.length}`,
      place: 'the steps of the token',
    })
  })
  return { scenario, deviations, edit: mutant === null ? null : mutantOf(mutant) }
}

/** The geometry, and what is left out. */
function settingsIn(sets: readonly string[]): readonly [GeometryName, readonly string[]] {
  const of = (word: string) => sets.filter(set => set.startsWith(word)).map(set => set.slice(word.length))
  const [named = 'tiny', ...more] = of(geometryWord)
  const [left = '', ...yetMore] = of(withoutWord)
  const geometry = geometryNames.find(name => name === named)
  const other = sets.length - of(geometryWord).length - of(withoutWord).length
  if (geometry !== undefined && more.length + yetMore.length + other === 0) {
    return [geometry, left === '' ? [] : left.split('.')]
  }
  throw new UserError({
    code: 'broken-token',
    message: `not a token: a schedule sets nothing but its geometry and what is left out, found '${sets.join('~')}'`,
    place: 'behind the scenario',
  })
}
