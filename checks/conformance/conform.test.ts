// Every recorded row that can be asked is answered as the kernel did, by the model and by the implementation; and a wrong
// answer would be seen.

import test from 'ava'
import { loadRows } from './rows.js'
import { conform } from './run.js'

const { rows, later } = loadRows()

for (const { id, situation } of rows) {
  test(`${id}: ${situation}`, t => {
    const [row] = conform([id]).rows
    for (const step of row.steps) {
      t.is(step.model, step.kernel, `model: ${step.does}`)
      t.is(step.machine, step.kernel, `implementation: ${step.does}`)
    }
    t.deepEqual([row.model, row.machine], [{ agrees: true }, { agrees: true }])
  })
}

test('the totals count every row once', t => {
  const groups = ['mmap', 'guard']
  const { totals, ok } = conform(groups)
  const of = (all: readonly { readonly id: string }[]) => all.filter(({ id }) => /^(mmap|guard)-/.test(id)).length
  t.deepEqual(totals, { recorded: 152, asked: of(rows), agreed: of(rows), later: of(later) })
  t.true(ok)
})

test('an answer that differs is a result: under the textbook profile the first step that differs is named', t => {
  const result = conform(['merge-13'], { profile: 'textbook' })
  t.false(result.ok)
  const [{ model, machine, steps }] = result.rows
  t.deepEqual(
    [model, machine],
    [
      { agrees: false, step: 6 },
      { agrees: false, step: 6 },
    ],
  )
  t.deepEqual(steps[5], {
    does: '? vmas P0',
    kernel: '@0-3 rw anon, @4-5 rw anon',
    model: '@0-5 rw anon',
    machine: '@0-5 rw anon',
  })
})

test('a side that cannot go on is a result too, and says why', t => {
  const { ok, rows } = conform(['merge-09'], { profile: 'textbook' })
  t.false(ok)
  t.deepEqual(rows[0].model, { agrees: false, broke: 'mmap cannot be given reserve noreserve at these bounds' })
})
