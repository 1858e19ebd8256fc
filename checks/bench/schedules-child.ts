// Schedules of one scenario in a process of its own: arguments, its name and how many; prints how many a second of user
// CPU time. The first third is for the compiler and counts for nothing.

import { loadScenario } from '../schedules/scenario.js'
import { openStage } from '../schedules/stage.js'
import { enumerate } from '../schedules/strategies.js'

const [scenario, wanted] = process.argv.slice(2)
const { runner } = await openStage(loadScenario(scenario, 'tiny'))

function make(count: number): void {
  for (let made = 0; made < count; ) {
    for (const _ of enumerate(runner, 2)) {
      if (runner.scheduler.status !== 'finished')
        throw new Error(`a schedule of ${scenario} is ${runner.scheduler.status}`)
      if (++made === count) return
    }
  }
}

const count = Number(wanted)
make(Math.ceil(count / 3))
const start = process.cpuUsage().user
make(count)
process.stdout.write(String((count * 1e6) / Math.max(1, process.cpuUsage().user - start)))
