// Threads that run freely: nothing goes wrong as the implementation is, and a flush left out of fork is found.

import test from 'ava'
import { mutantOf } from './mutants.js'
import { runStress } from './stress.js'

for (const geometry of ['tiny', 'x86'] as const) {
  test(`what threads saw has an explanation, ${geometry}`, async t => {
    const run = await runStress({ geometry, cpus: 2, seconds: 2, seed: 1 })
    t.is(run.wrong, null, run.wrong?.says)
    t.true(run.rounds > 0)
  })
}

test('a flush left out of fork is found by threads within a minute', async t => {
  const { edit } = mutantOf('fork-flushes-nothing')
  const run = await runStress({ geometry: 'tiny', cpus: 2, seconds: 60, seed: 1, edits: [edit] })
  t.not(run.wrong, null)
})
