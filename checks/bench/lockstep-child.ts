// One random lockstep run in a process of its own: arguments, a scope and how many commands; prints what was compared
// and what it cost as JSON. The first commands are for the compiler and count for nothing.

import { lockstepRandom } from '../lockstep/run.js'
import { bindScope, loadScope } from '../scope/index.js'

const [scope, commands] = process.argv.slice(2)
const bound = bindScope(loadScope(scope), [], null)

function run(seed: number, count: number) {
  const work = lockstepRandom(bound, { seed, commands: count })
  for (;;) {
    const next = work.next()
    if (next.done === true) return next.value
  }
}

run(1, Number(commands) / 5)
const { verdict, compared, changing, cpuSeconds } = run(2, Number(commands))
if (verdict !== 'agree') throw new Error(`model and implementation ${verdict} in ${scope}`)
process.stdout.write(JSON.stringify({ compared, changing, seconds: cpuSeconds }))
