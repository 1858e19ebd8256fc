// The same schedules on real threads, one for each CPU: what runs is the shipped text, and the same deviations must leave
// the same memory, word for word, as the generators that are derived from it.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { TextEdit } from '../mutants/compiled.js'
import { Batons, sharedWords } from './batons.js'
import { textsOf, writeCopy } from './copy.js'
import type { Scenario } from './scenario.js'
import { type Deviations, Scheduler } from './scheduler.js'
import { prepared } from './stage.js'
import type { Runner } from './strategies.js'
import { mostAnswers, type ThreadData } from './thread-data.js'

export class Threads implements Runner {
  readonly #batons: Batons
  constructor(
    readonly scheduler: Scheduler,
    readonly words: Int32Array,
    readonly snapshot: Int32Array,
    readonly said: Float64Array,
    readonly workers: readonly Worker[],
  ) {
    this.#batons = new Batons(scheduler.words, -1)
  }

  run(deviations: Deviations): void {
    this.#go(() => this.scheduler.begin(deviations))
  }
  runBy(priorities: readonly number[], changes: readonly number[]): void {
    this.#go(() => this.scheduler.beginBy(priorities, changes))
  }
  #go(begin: () => void): void {
    this.words.set(this.snapshot)
    this.said.fill(0)
    this.#batons.renew()
    begin()
    this.#batons.hand(this.scheduler.next)
    this.#batons.wait()
  }
  answers(cpu: number): readonly number[] {
    const from = cpu * (mostAnswers + 1)
    return [...this.said.subarray(from + 1, from + 1 + this.said[from])]
  }
  async close(): Promise<void> {
    await Promise.all(this.workers.map(worker => worker.terminate()))
  }
}

/** Starts the threads of a scenario; whoever opens them closes them. */
export async function openThreads(scenario: Scenario, edits: readonly TextEdit[] = []): Promise<Threads> {
  const { machine, sides, words } = prepared(scenario, true)
  const shared = new SharedArrayBuffer(4 * sharedWords)
  const answers = new SharedArrayBuffer(8 * sides.length * (mostAnswers + 1))
  const folder = writeCopy(textsOf(edits))
  const data = { asked: scenario.asked, geometry: scenario.geometry, shared, answers, memory: machine.memory }
  const workers = sides.map((_, cpu) => {
    const workerData = { ...data, cpu, module: join(folder, 'impl/index.js') } as ThreadData
    return new Worker(new URL('./thread.js', import.meta.url), { workerData })
  })
  try {
    await Promise.all(workers.map(isReady))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const world = {
    cpus: sides.length,
    memory: words,
    hasMail: (cpu: number) => sides[cpu].hasMail(),
    holds: () => true,
  }
  const scheduler = new Scheduler(world, new Int32Array(shared))
  return new Threads(scheduler, words, words.slice(), new Float64Array(answers), workers)
}

const isReady = (worker: Worker): Promise<void> =>
  new Promise((resolve, reject) => {
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
