// Commands of a scenario that what goes wrong does not need: each is left out in turn, and of what is left every schedule with as
// many preemptions is made until the same goes wrong again. The numbers of steps change with the commands, so that the
// schedule cannot stay what it was.

import type { Cut } from '../../reports/result.js'
import { UserError } from '../errors.js'
import { loadScenario, placesIn, type Scenario } from '../schedules/scenario.js'
import type { OpenSchedule } from '../schedules/token.js'
import type { ShrinkProgress } from './minimise.js'
import { type Deviation, ScheduleSubject } from './schedule.js'

/** Schedules that are made of each smaller scenario; among more it is left open whether the same goes wrong. */
const mostSchedules = 20_000

export interface Fewer {
  readonly scenario: Scenario
  readonly deviations: readonly Deviation[]
  readonly tried: number
  readonly cut: Cut | null
}

/** The scenario without what it can do without, and a schedule of it under which the same goes wrong. */
export async function* fewerCommands(
  { scenario, edit }: Omit<OpenSchedule, 'deviations'>,
  given: readonly Deviation[],
  { about, preemptions }: { readonly about: string; readonly preemptions: number },
): AsyncGenerator<ShrinkProgress, Fewer, Cut | null | undefined> {
  let best = { scenario, deviations: given }
  let tried = 0
  for (let found = true; found; ) {
    found = false
    for (const place of placesIn(scenario.asked, scenario.geometry)) {
      const smaller = without(best.scenario, place)
      if (smaller === null) continue
      const subject = await opened({ scenario: smaller, edit }, about)
      const work = subject?.failing(preemptions)
      for (let made = 0; work !== undefined && made < mostSchedules; made++) {
        const next = work.next()
        tried++
        if (next.done === true) {
          if (next.value === null) break
          best = { scenario: smaller, deviations: next.value }
          found = true
          break
        }
        const cut = (yield { tried, length: best.deviations.length, states: 0 }) ?? null
        if (cut !== null) return { ...best, tried, cut }
      }
    }
  }
  return { ...best, tried, cut: null }
}

/** Null where it is left out already, or where nothing would make sense without it. */
function without({ asked, geometry, without: left }: Scenario, place: string): Scenario | null {
  if (left.includes(place)) return null
  return unlessRefused(() => loadScenario(asked, geometry, [...left, place]))
}

async function opened(open: Omit<OpenSchedule, 'deviations'>, about: string): Promise<ScheduleSubject | null> {
  try {
    return await ScheduleSubject.open(open, about)
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

function unlessRefused<T>(act: () => T): T | null {
  try {
    return act()
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}
