// Step by step, the model can have come to whatever the machine shows; and where a mistake is written into the machine, it
// cannot, although no claim about memory is looked at.

import test from 'ava'
import { Lockstep } from './lockstep.js'
import { writtenEdits } from './mutants.js'
import { runSchedules } from './run.js'
import { loadScenario } from './scenario.js'
import { openStage } from './stage.js'
import { enumerate } from './strategies.js'

for (const geometry of ['tiny', 'x86'] as const) {
  test(`machine and model agree after every step, ${geometry}`, async t => {
    const names = ['munmap-store', 'fork-store', 'mremap-load', 'swap-out-store', 'munmap-switch']
    const options = { preemptions: 1, random: null, geometries: [geometry], lockstep: true }
    for (const run of (await runSchedules(names, options)).scenarios) t.is(run.failing, 0, JSON.stringify(run.failure))
  })
}

/** Nothing is there to compare where the machine stops; and records of segments show only in the end. */
const withoutView: readonly string[] = ['too long', 'crash']
const atTheEnd = 'who-lets-go-of-a-segment-leaves-it-behind'

for (const edit of writtenEdits().filter(it => !withoutView.includes(it.finds) && it.slug !== atTheEnd)) {
  test(`the model never shows it: ${edit.slug}`, async t => {
    const stage = await openStage(loadScenario(edit.scenario, 'tiny'), [edit.edit], { claims: false })
    stage.follower = new Lockstep(stage)
    let parted = false
    for (const _ of enumerate(stage.runner, 2)) {
      if (stage.broken?.claim !== 'lockstep') continue
      parted = true
      break
    }
    t.true(parted)
  })
}
