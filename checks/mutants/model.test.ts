// Mutants of the model: how they are made by rule, and that each written one is noticed by its claim with all others
// switched off. All of the generated ones run in `mmspec mutants`.

import test from 'ava'
import { memory } from '../memory/system.js'
import { equivalent } from './equivalent.js'
import { modelReasons } from './equivalent-model.js'
import { generatedEdits } from './generated.js'
import { grounds } from './grounds/index.js'
import { noticedAlone } from './model.js'
import { plotOf } from './plot.js'
import { unkilledBy, withReason } from './run.js'
import { isSearched, noticedInSearches, searches } from './searches.js'
import { StepsMet } from './steps-met.js'
import { switchedIn } from './switched.js'
import { textEdits } from './text-edits.js'
import { Ground } from './walks.js'
import { Workshop } from './workshop.js'
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

test('reasons are given for edits that there are, and for each of them once', t => {
  const titles = generatedEdits(memory).map(({ mutant }) => mutant.title)
  const excused = modelReasons.flatMap(([, listed]) => listed)
  t.deepEqual(
    excused.filter(title => !titles.includes(title)),
    [],
  )
  t.is(new Set(excused).size, excused.length)
})

test('an edit meets the commands on which it ends otherwise, and no others', async t => {
  const workshop = new Workshop()
  try {
    const plan = grounds.find(({ name }) => name === 'roots')
    if (plan === undefined) throw new RangeError('no ground roots')
    const ground = new Ground(plotOf({ ...plan, walks: 10 }), await switchedIn(workshop.folder, textEdits()))
    const met = new StepsMet(ground)
    const meetings = (title: string) => {
      const edit = generatedEdits(memory).find(({ mutant }) => mutant.title === title)
      if (edit === undefined) throw new RangeError(`no edit ${title}`)
      return met.meetings(edit, () => ground.plot.bind(edit.mutant))
    }
    const commands = meetings('spawn: without start').map(({ walk, at }) => walk[at].said.name)
    t.true(commands.length > 0 && commands.every(name => name === 'spawn'))
    // It runs with every exit, and what it does is the same.
    t.true(meetings('exit: without unmap').length > 0)
    t.deepEqual(meetings('exit: unmap before clear'), [])
  } finally {
    workshop.close()
  }
})

test('what takes several CPUs is noticed where a search ends otherwise than its scope says, and nowhere else', t => {
  const edits = generatedEdits(memory).map(({ mutant }) => mutant)
  for (const { titles } of searches)
    t.true(
      edits.some(({ title }) => titles.test(title)),
      titles.source,
    )
  const noticed = (title: string) => {
    const edit = edits.find(mutant => mutant.title === title)
    if (edit === undefined || !isSearched(edit)) throw new RangeError(`no search for ${title}`)
    return noticedInSearches(edit)
  }
  const ofObject = 'pin: how store, writable true, found of an object answers fault'
  t.deepEqual(noticed(ofObject), { scope: 'smp-pin-shared', by: 'livelock', length: 1 })
  const taken = 'mmap: object does not answer refused ENOMEM'
  t.deepEqual(noticed(taken), { scope: 'smp-mmap-shared', by: 'search: states', length: 0 })
  t.is(noticed('copy-on-write: shared false, frame pinned answers fresh'), null)
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
