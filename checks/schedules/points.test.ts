// The table of points is what lockstep finds: where it says stutter the model never has to move, elsewhere it sometimes
// has to, and the steps that it names exist.

import test from 'ava'
import { operations } from '../../model/index.js'
import { Lockstep } from './lockstep.js'
import { stepsAt, stutter } from './points.js'
import { loadScenario } from './scenario.js'
import { openStage } from './stage.js'
import { enumerate } from './strategies.js'

const start = 'the start'

/** How often a step began at each point, and how often the model could not stand still meanwhile. */
async function observed(names: readonly string[]) {
  const met = new Map<string, { steps: number; moves: number }>()
  for (const name of names) {
    const stage = await openStage(loadScenario(name, 'tiny'))
    const lockstep = new Lockstep(stage)
    const from: string[] = []
    stage.follower = {
      begin: () => {
        lockstep.begin()
        from.fill(start)
      },
      after: cpu => {
        const wrong = lockstep.after(cpu)
        const at = met.get(from[cpu] ?? start) ?? { steps: 0, moves: 0 }
        at.steps++
        if (wrong === null && !lockstep.stood) at.moves++
        met.set(from[cpu] ?? start, at)
        from[cpu] = stage.places[cpu]
        return wrong
      },
    }
    Array.from(enumerate(stage.runner, 1))
  }
  met.delete(start)
  return met
}

test('at a stutter the model never has to move, at other points it sometimes has to', async t => {
  const met = await observed(['apart', 'fork-store', 'swap-out-store', 'mremap-load', 'munmap-store', 'two-faults'])
  for (const [point, { moves }] of met) {
    t.true(Object.hasOwn(stepsAt, point), `${point} is not in the table`)
    if (stepsAt[point as keyof typeof stepsAt] === stutter) t.is(moves, 0, point)
    else t.true(moves > 0, `at ${point} the model never moves`)
  }
  t.true(met.size > 15)
})

test('every step that the table names is a step of the model', t => {
  const steps = new Set(operations.flatMap(operation => Object.keys(operation.steps)))
  for (const [point, names] of Object.entries(stepsAt))
    if (names !== stutter) for (const name of names) t.true(steps.has(name), `${point}: ${name}`)
})
