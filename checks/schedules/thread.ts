// A CPU as a thread: the shipped text over memory that all threads share. It runs only while it has the baton.

import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { Hooks } from '../../impl/index.js'
import { answerOf } from '../lockstep/call.js'
import { Batons } from './batons.js'
import type { Copy } from './copy.js'
import { loadScenario } from './scenario.js'
import { Scheduler } from './scheduler.js'
import { bootOf } from './stage.js'
import { mostAnswers, type ThreadData } from './thread-data.js'

const { asked, geometry, cpu, memory, shared, answers, module } = workerData as ThreadData
const scenario = loadScenario(asked, geometry)
const { boot, placement } = bootOf(scenario, true)
const { createMachine }: Copy = await import(pathToFileURL(module).href)
const words = new Int32Array(shared)
const batons = new Batons(words, cpu)
const said = new Float64Array(answers, cpu * (mostAnswers + 1) * 8, mostAnswers + 1)
const scheduler = new Scheduler(
  {
    cpus: scenario.scripts.length,
    memory: new Int32Array(memory),
    hasMail: of => sides[of].hasMail(),
    holds: () => true,
  },
  words,
)
const hooks: Hooks = {
  preempt() {
    if (scheduler.passes(cpu)) batons.turn(scheduler)
  },
  pause(_cpu, word, seen) {
    if (scheduler.waits(cpu, word, seen)) batons.turn(scheduler)
  },
  chose() {},
}
/** Other CPUs' sides are for looking whether they have mail. */
const sides = scenario.scripts.map((_, of) => createMachine(boot, of === cpu ? hooks : undefined, { memory, cpu: of }))
const to = { machine: sides[cpu], placement }

function script(): void {
  said[0] = 0
  for (const command of scenario.scripts[cpu]) {
    const answer = answerOf(to, command)
    said[++said[0]] = answer
  }
  for (;;) {
    if (scheduler.idles(cpu)) batons.turn(scheduler)
    to.machine.poll()
  }
}

/** What a schedule throws ends it; the thread that asked reads why. */
function share(): boolean {
  try {
    return batons.share(script)
  } catch (error) {
    scheduler.stop('crashed')
    parentPort?.postMessage(error instanceof Error ? error.message : String(error))
    batons.hand(-1)
    return false
  }
}

parentPort?.postMessage('ready')
for (let comes = false; ; comes = share()) if (!comes) batons.wait()
