// A schedule under which the implementation goes wrong, as something to shrink: the steps at which another CPU goes on than
// usual. Fewer of them are simpler, and earlier ones.

import { endsOf } from '../schedules/ends.js'
import { Lockstep } from '../schedules/lockstep.js'
import { EndJudge } from '../schedules/run.js'
import type { Deviations } from '../schedules/scheduler.js'
import { NoSuchSchedule } from '../schedules/scheduler.js'
import { openStage, type Stage } from '../schedules/stage.js'
import { enumerate } from '../schedules/strategies.js'
import type { OpenSchedule } from '../schedules/token.js'
import type { Subject } from './minimise.js'
import { isBefore } from './simpler.js'

export interface Deviation {
  readonly step: number
  readonly cpu: number
}
export const deviationsOf = (flat: Deviations): readonly Deviation[] =>
  Array.from({ length: flat.length / 2 }, (_, i) => ({ step: flat[2 * i], cpu: flat[2 * i + 1] }))
export const flatten = (deviations: readonly Deviation[]): Deviations =>
  deviations.flatMap(({ step, cpu }) => [step, cpu])

export class ScheduleSubject implements Subject<Deviation> {
  readonly #stage: Stage
  readonly #judge: EndJudge
  #about: string

  private constructor(stage: Stage, about: string) {
    this.#stage = stage
    this.#about = about
    this.#judge = new EndJudge(stage, endsOf(stage.scenario, stage.loaded))
    stage.follower = new Lockstep(stage)
  }
  /** `about`: what must go wrong; nothing until a schedule has shown it. */
  static async open({ scenario, edit }: Omit<OpenSchedule, 'deviations'>, about = ''): Promise<ScheduleSubject> {
    return new ScheduleSubject(await openStage(scenario, edit === null ? [] : [edit.edit]), about)
  }

  /** What goes wrong under a schedule, which is then what must go wrong under others. */
  wrong(deviations: readonly Deviation[]): { readonly about: string; readonly says: string } | null {
    const wrong = this.#run(deviations)
    this.#about = wrong?.claim ?? ''
    return wrong === null ? null : { about: wrong.claim, says: wrong.says }
  }

  /** How often a CPU is interrupted that could go on. */
  preemptions(deviations: readonly Deviation[]): number {
    this.#run(deviations)
    const { scheduler } = this.#stage.runner
    return deviations.reduce((sum, { step }) => sum + scheduler.cost(step), 0)
  }

  /** Some schedule with at most so many preemptions under which the same goes wrong; yields when one has come to its end. */
  *failing(preemptions: number): Generator<void, readonly Deviation[] | null> {
    for (const _ of enumerate(this.#stage.runner, preemptions)) {
      if (this.#judge.wrong()?.claim === this.#about) return deviationsOf(this.#stage.runner.scheduler.deviations())
      yield
    }
    return null
  }

  attempt(deviations: readonly Deviation[]): readonly Deviation[] | null {
    return this.#run(deviations)?.claim === this.#about ? deviations : null
  }

  #run(deviations: readonly Deviation[]) {
    const { runner } = this.#stage
    try {
      runner.run(flatten(deviations))
    } catch (error) {
      if (error instanceof NoSuchSchedule) return null
      throw error
    }
    return runner.scheduler.fits ? this.#judge.wrong() : null
  }

  *simpler(deviations: readonly Deviation[]): Generator<readonly Deviation[]> {
    for (const [i, { step, cpu }] of deviations.entries()) {
      const from = i === 0 ? 0 : deviations[i - 1].step + 1
      for (let earlier = from; earlier < step; earlier++) yield deviations.with(i, { step: earlier, cpu })
    }
  }

  isSimpler(one: readonly Deviation[], other: readonly Deviation[]): boolean {
    return isBefore(flatten(one), flatten(other))
  }
}
