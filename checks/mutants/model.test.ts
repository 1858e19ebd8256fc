// Mutants of the model: each written one is noticed by its claim with all others switched off, each generated one by
// something, and each claim about the model has a mutant that only it needs to notice.

import test from 'ava'
import type { Mutant } from '../../model/index.js'
import type { MutantResult } from '../../reports/result.js'
import { memory } from '../systems.js'
import { equivalent } from './equivalent.js'
import { generatedEdits } from './generated.js'
import { usualGrounds } from './grounds.js'
import { noticedByLockstep, noticedByModel } from './model.js'
import { judgeEdit, judgeWritten, unkilledBy, withReason } from './run.js'
import { type Written, written } from './written.js'

const { model } = usualGrounds()
const judged = new Map<string, MutantResult>()
const judgedOnce = (it: Written): MutantResult => {
  const known = judged.get(it.mutant.title) ?? judgeWritten(it, model)
  judged.set(it.mutant.title, known)
  return known
}

for (const it of written) {
  test(`${it.mutant.title}: noticed by ${it.kills} alone`, t => {
    t.like(judgedOnce(it), { verdict: 'killed', by: it.kills, home: 'model', kind: 'written' })
  })
}

test('every claim about the model is violated by a written mutant', t => {
  const kills = written
    .filter(it => judgedOnce(it).verdict === 'killed')
    .map(({ kills, mutant }) => ({ claim: kills, home: 'model' as const, killedBy: mutant.title }))
  const unkilled = unkilledBy(kills).filter(claim => claim.endsWith('(model)'))
  t.deepEqual(unkilled, [])
  t.true(unkilledBy(kills.slice(1)).includes(`${kills[0].claim} (model)`))
})

test('a mutant that another claim would notice does not count for one that cannot', t => {
  const [{ mutant }] = written
  t.is(judgeWritten({ mutant, kills: 'processes/users-recount' }, model).verdict, 'survived')
})

const edits = generatedEdits(memory)

test('edits are generated for every step, pair of neighbours, answer and decision row', t => {
  const titles = edits.map(edit => edit.title)
  t.is(new Set(titles).size, titles.length)
  for (const title of [
    'spawn: without undo',
    'munmap: unmap before clear',
    'mmap: limit does not answer refused ENOMEM',
    'access: region unmapped, access load, entry absent answers not allowed',
  ]) {
    t.true(titles.includes(title), title)
  }
  const rows = memory.decisions.flatMap(({ name, rows }) => rows.map(row => `${name}: ${row.label}`))
  t.true(rows.filter(row => titles.some(title => title.startsWith(`${row} answers`))).length > 20)
})

test('no generated edit survives, and none that is listed as equivalent is noticed', t => {
  const results = edits.map(edit => judgeEdit(edit, model))
  const survived = results.filter(({ verdict }) => verdict === 'survived')
  t.deepEqual(survived, [])
  const listed = results.filter(({ verdict }) => verdict === 'equivalent').map(({ title }) => title)
  const known = new Set(edits.map(({ title }) => title))
  t.deepEqual(listed.sort(), [...equivalent.keys()].filter(title => known.has(title)).sort())
  for (const by of ['lockstep', 'model error'])
    t.true(
      results.some(result => result.by === by),
      by,
    )
  t.true(results.some(({ by, length }) => by.includes('/') && length > 0))
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

const [{ mutant: first }] = written

test('a scope that leaves the operation out is passed over', t => {
  const ground = { name: 'nothing', bind: () => null }
  t.is(noticedByModel(first, [ground], null), null)
  t.is(noticedByLockstep(first, [ground]), null)
})

test('an exception that is no mistake of the model is not taken for one', t => {
  const edit = { text: '', steps: (rows: Parameters<NonNullable<Mutant['edit']>['steps']>[0]) => rows }
  const broken: Mutant = { ...first, edit }
  const [ground] = model
  const machine = ground.bind(broken)
  const bind = () => (machine === null ? null : { ...machine, open: () => Reflect.apply(thrower, null, []) })
  t.throws(() => noticedByModel(broken, [{ name: 'x', bind }], null), { message: 'not a model error' })
})
const thrower = (): never => {
  throw new Error('not a model error')
}
