// One random lockstep run in a process of its own: arguments, a scope and how many commands; prints what was compared
// and what it cost as JSON. The first commands are for the compiler and count for nothing; they are of the same run,
// because code that was compiled for one pair of machines would be compiled again for the next.

import { lockstepRandom } from '../lockstep/run.js'
import { bindScope, loadScope } from '../scope/index.js'

const [scope, commands] = process.argv.slice(2)
const warmUp = Number(commands) / 2
const work = lockstepRandom(bindScope(loadScope(scope), [], null), { seed: 2, commands: Number(commands) + warmUp })
const used = () => process.cpuUsage().user

let start = { compared: 0, used: used() }
let next = work.next()
while (next.done !== true) {
  const { compared } = next.value
  if (start.compared === 0 && compared >= warmUp) start = { compared, used: used() }
  next = work.next()
}
const { verdict, compared, changing } = next.value
if (verdict !== 'agree') throw new Error(`model and implementation ${verdict} in ${scope}`)
const seconds = (used() - start.used) / 1e6
process.stdout.write(JSON.stringify({ compared: compared - start.compared, changing: changing / compared, seconds }))
