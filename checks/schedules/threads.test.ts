// The same deviations on real threads, where the shipped text runs, leave the same memory as the generators that are
// derived from it, word for word, and the same answers.

import test from 'ava'
import { loadScenario } from './scenario.js'
import type { Deviations } from './scheduler.js'
import { openStage } from './stage.js'
import { enumerate } from './strategies.js'
import { openThreads } from './threads.js'

const most = 60

for (const [name, geometry] of [
  ['munmap-store', 'tiny'],
  ['munmap-store', 'x86'],
  ['fork-store', 'tiny'],
  ['munmap-reuse', 'tiny'],
  ['two-faults', 'x86'],
] as const) {
  test(`threads and generators end alike: ${name}, ${geometry}`, async t => {
    const scenario = loadScenario(name, geometry)
    const stage = await openStage(scenario)
    const threads = await openThreads(scenario)
    try {
      const all: Deviations[] = []
      for (const _ of enumerate(stage.runner, 2)) all.push(stage.runner.scheduler.deviations())
      const every = Math.ceil(all.length / most)
      for (const deviations of all.filter((_, i) => i % every === 0)) {
        stage.runner.run(deviations)
        threads.run(deviations)
        t.is(threads.scheduler.status, stage.runner.scheduler.status)
        t.is(threads.scheduler.steps, stage.runner.scheduler.steps)
        for (const [cpu, answers] of stage.answers.entries()) t.deepEqual(threads.answers(cpu), answers)
        t.true(Buffer.from(threads.words.buffer).equals(Buffer.from(stage.words.buffer)), `deviations ${deviations}`)
      }
    } finally {
      await threads.close()
    }
  })
}
