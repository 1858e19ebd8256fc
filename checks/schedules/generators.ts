// All CPUs in one thread, each a generator. Whoever comes to a point asks the scheduler at once; only where another CPU
// goes on does it yield, so that staying costs no switch.

import type { Hooks } from '../../impl/index.js'
import { type Deviations, NoSuchSchedule, type Scheduler } from './scheduler.js'
import type { Runner } from './strategies.js'

/** What a CPU does from the start of a schedule; it never returns, because a CPU that is done answers mail. */
export type Script = () => Generator<unknown, void>

export class Generators implements Runner {
  /** What the machine threw, where the last schedule ended so. */
  thrown: unknown = null
  readonly #running: Generator<unknown, void>[] = []
  constructor(
    readonly scheduler: Scheduler,
    readonly scripts: readonly Script[],
    readonly restore: () => void,
  ) {}

  run(deviations: Deviations): void {
    this.restore()
    this.scheduler.begin(deviations)
    this.#go()
  }
  runBy(priorities: readonly number[], changes: readonly number[]): void {
    this.restore()
    this.scheduler.beginBy(priorities, changes)
    this.#go()
  }
  #go(): void {
    const { scheduler, scripts } = this
    const running = this.#running
    this.thrown = null
    for (let cpu = 0; cpu < scripts.length; cpu++) running[cpu] = scripts[cpu]()
    try {
      for (let cpu = scheduler.next; cpu >= 0; cpu = scheduler.next) running[cpu].next()
    } catch (error) {
      if (error instanceof NoSuchSchedule) throw error
      this.thrown = error
      scheduler.stop('crashed')
    }
  }
}

/** A place of the text where a CPU stands, by the CPU's number. */
export type Places = string[]

/** The hooks of a CPU in a derived text, where a hook that answers true hands over. */
export function handingOver(scheduler: () => Scheduler, cpu: number, places: Places): Hooks {
  const hooks = {
    preempt(point: string): boolean {
      places[cpu] = point
      return scheduler().passes(cpu)
    },
    pause(_cpu: number, word: number, seen: number, point: string): boolean {
      places[cpu] = point
      return scheduler().waits(cpu, word, seen)
    },
    chose() {},
  }
  return hooks
}
