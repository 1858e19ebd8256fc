// Mutants of the model: how they are made by rule, and that each written one is noticed by its claim with all others
// switched off. All of the generated ones run in `mmspec mutants`.

import test from 'ava'
import { memory } from '../systems.js'
import { equivalent } from './equivalent.js'
import { generatedEdits } from './generated.js'
import { noticedAlone } from './model.js'
import { unkilledBy, withReason } from './run.js'
import { written } from './written.js'

for (const it of written) {
  test(`${it.mutant.title}: noticed by ${it.kills} alone`, t => {
    t.like(noticedAlone(it), { by: it.kills, scope: it.scope })
  })
}

test('every claim about the model has a mutant that was written to violate it', t => {
  const kills = written.map(({ kills, mutant }) => ({ claim: kills, home: 'model' as const, killedBy: mutant.title }))
  t.deepEqual(
    unkilledBy(kills).filter(claim => claim.endsWith('(model)')),
    [],
  )
  const [{ claim: first }] = kills
  t.true(unkilledBy(kills.filter(({ claim }) => claim !== first)).includes(`${first} (model)`))
})

test('edits are generated for every step, pair of neighbours, answer and decision row', t => {
  const edits = generatedEdits(memory)
  const titles = edits.map(({ mutant }) => mutant.title)
  t.is(new Set(titles).size, titles.length)
  for (const title of [
    'spawn: without undo',
    'munmap: clear before limit',
    'mmap: limits does not answer refused ENOMEM',
  ]) {
    t.true(titles.includes(title), title)
  }
  const rows = memory.decisions.flatMap(({ name, rows }) => rows.map(row => `${name}: ${row.label}`))
  t.true(rows.filter(row => titles.some(title => title.startsWith(`${row} answers`))).length > 100)
})

test('an edit that is listed as equivalent and is noticed all the same makes the list stale', t => {
  const [title, reason] = [...equivalent][0]
  const about = { title, home: 'model', kind: 'generated', scope: 'x', by: 'x/y', length: 1 } as const
  t.like(withReason({ ...about, verdict: 'killed' }), {
    verdict: 'survived',
    reason: 'listed as equivalent, but noticed by x/y: take it off the list',
  })
  t.deepEqual(withReason({ ...about, verdict: 'survived' }), { ...about, verdict: 'equivalent', reason })
  const other = { ...about, title: 'not listed', verdict: 'killed' } as const
  t.is(withReason(other), other)
})
