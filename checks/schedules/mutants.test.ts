// Mistakes of several CPUs in the text of the implementation are found by schedules with at most two preemptions, each
// by what it breaks, and a token shows it again; without them nothing is found.

import test from 'ava'
import { writtenEdits } from './mutants.js'
import { replaySchedule } from './replay.js'
import { runSchedules } from './run.js'

const bounded = { preemptions: 2, random: null, geometries: ['tiny'] } as const

for (const edit of writtenEdits()) {
  test(`found by schedules: ${edit.slug}`, async t => {
    const lockstep = edit.finds === 'lockstep'
    const [run] = (await runSchedules([edit.scenario], { ...bounded, edit, lockstep })).scenarios
    t.is(run.failure?.about, edit.finds, run.failure?.says)
    const shown = await replaySchedule(run.failure?.token ?? '')
    t.true(shown.wrong !== undefined, 'the token shows it again')
  })
}

test('removing the wait for acknowledgements is found by the first schedules', async t => {
  const edit = writtenEdits().find(({ slug }) => slug === 'nobody-waits-for-acknowledgements')
  const [run] = (await runSchedules(['munmap-store'], { ...bounded, edit: edit ?? null })).scenarios
  t.true((run.failure?.schedule ?? 99) <= 3)
})

test('without a mistake no schedule goes wrong', async t => {
  const names = [...new Set(writtenEdits().map(({ scenario }) => scenario))]
  const { scenarios } = await runSchedules(names, bounded)
  for (const run of scenarios) {
    t.is(run.failing, 0, JSON.stringify(run.failure))
    t.deepEqual(run.answers, run.allowed, `${run.name}: what the model allows is met`)
  }
})
