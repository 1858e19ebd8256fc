// Processes that several runs share: each gets its own results in the order of its jobs, and one that fails leaves the
// others alone.

import test from 'ava'
import { usualCheck } from './check.js'
import { noLimits } from './explorer/explore.js'
import type { Job } from './job.js'
import { Pool } from './pool.js'

const job = (scope: string): Job => ({
  scope,
  sets: [],
  mutant: null,
  claims: null,
  engine: usualCheck.engine,
  limits: noLimits,
  deadline: null,
})

test('runs that share their processes get their own results, and what fails in one is not lost on the other', async t => {
  const pool = new Pool(2, new AbortController().signal)
  try {
    const toys = pool.all('explore', ['clock', 'diamond', 'counter'].map(job), () => undefined)
    const missing = pool.all('museum', [{ entry: 'nothing', deadline: null }], () => undefined)
    await t.throwsAsync(missing, { message: 'no entry nothing' })
    t.deepEqual(
      (await toys).map(({ name }) => name),
      ['clock', 'diamond', 'counter'],
    )
    t.is((await pool.all('explore', [job('clock')], () => undefined))[0].states, 2)
  } finally {
    pool.end()
  }
})
