// Mutants of the implementation's text that are made by rule: every statement and check of the operations that undo the
// most parts both sides within a few commands. Those that are written by hand are in written-machine.test.ts.

import { existsSync, readdirSync } from 'node:fs'
import test from 'ava'
import { ChoiceLog, placementOf } from '../lockstep/index.js'
import { replaced, textOf, visit, wrapped } from './compiled.js'
import { equivalent } from './equivalent.js'
import { grounds } from './grounds/index.js'
import { far, undoing, withDistance } from './near.js'
import { mostCommands } from './noticed.js'
import { plotOf } from './plot.js'
import { type MutantsAsked, runMutants } from './run.js'
import { switchedIn } from './switched.js'
import { textEdits } from './text-edits.js'
import { mutantCatalogue } from './trials.js'
import { Workshop } from './workshop.js'
import { LostMutant, placed } from './written-machine/text.js'

const edits = textEdits()
const steering = { signal: null, deadline: null, progress: () => undefined }
const places = (...names: string[]) => grounds.flatMap(({ name }, place) => (names.includes(name) ? [place] : []))

const where = [
  ...['memory', 'linux', 'locking', 'segments', 'swapoff', 'swapoff-cached', 'priorities', 'few-tables', 'fork-fails'],
  ...['fork-fails-counted', 'sharers', 'sharers-swapped', 'region-limit', 'guards', 'segment-moves', 'areas'],
  ...['lock-limits', 'linux-segments', 'swapoff-one'],
]
const asked = (mutants: readonly number[], ...names: string[]): MutantsAsked => ({
  mutants,
  grounds: places(...names),
  searches: false,
  workers: 1,
})

test('statements and checks of fork, munmap, mprotect, mlock, shmdt and swapoff are noticed within few commands', async t => {
  const { trials, firstEdit } = mutantCatalogue()
  const plain = /: without (?!operand)/
  const mutants = trials.flatMap(({ title }, i) =>
    i >= firstEdit && undoing.test(title) && plain.test(title) && title !== far ? [i] : [],
  )
  t.true(mutants.length > 60)
  const { mutants: results, cut } = await runMutants(asked(mutants, ...where), steering)
  t.is(cut, null)
  t.deepEqual(
    results.filter(({ verdict }) => verdict === 'survived').map(({ title }) => title),
    [],
  )
  t.deepEqual(
    results.filter(({ length }) => length > mostCommands).map(({ title, length }) => `${length} ${title}`),
    [],
  )
})

test('every edit of swapoff is noticed within few commands', async t => {
  const { trials, firstEdit } = mutantCatalogue()
  const mutants = trials.flatMap(({ title }, i) =>
    i >= firstEdit && /^swap\/(swapoff |areas retire:)/.test(title) && !equivalent.has(title) ? [i] : [],
  )
  t.true(mutants.length > 30)
  const names = ['swapoff-one', 'swapoff-sharers', 'priorities', 'swapoff']
  const { mutants: results } = await runMutants(asked(mutants, ...names), steering)
  t.deepEqual(
    results
      .filter(({ verdict, length }) => verdict !== 'killed' || length > mostCommands)
      .map(({ title, length }) => `${length} ${title}`),
    [`9 ${far}`],
  )
})

test('an edit of an operation that undoes counts as survived where it takes many commands', t => {
  const { trials, firstEdit } = mutantCatalogue()
  const held = trials.find(({ title }, i) => i >= firstEdit && /^copy-on-write\/fork /.test(title))
  const other = trials.find(({ title }, i) => i >= firstEdit && /^frames\/buddy /.test(title))
  const noticed = { scope: 'memory', verdict: 'killed', by: 'lockstep: outcome' } as const
  const verdictOf = (about: (typeof trials)[number] | undefined, length: number) =>
    about === undefined ? '' : withDistance({ ...about, ...noticed, length }).verdict
  t.is(verdictOf(held, mostCommands), 'killed')
  t.is(verdictOf(held, mostCommands + 1), 'survived')
  t.is(verdictOf(other, mostCommands + 1), 'killed')
  t.is(
    verdictOf(
      trials.find(({ title }) => title === far),
      mostCommands + 1,
    ),
    'killed',
  )
})

test('every chapter has edits, each with a title of its own, and what is listed as equivalent still exists', t => {
  const chapters = new Set(edits.map(({ file }) => file.split('/')[0]))
  for (const chapter of [
    'copy-on-write',
    'faults',
    'frames',
    'locking',
    'page-tables',
    'processes',
    'regions',
    'swap',
  ]) {
    t.true(chapters.has(chapter), chapter)
  }
  const { trials } = mutantCatalogue()
  const titles = new Set(trials.map(({ title }) => title))
  t.is(new Set(edits.map(({ title }) => title)).size, edits.length)
  t.true(edits.length > 1500)
  t.deepEqual(
    [...equivalent.keys()].filter(title => !titles.has(title)),
    [],
  )
  t.true(edits.every(({ title }) => !/without (preempt|chose)\(/.test(title)))
})

test('a switch is met where its edit would make a difference, and leaves the edit out when it is in force', async t => {
  const workshop = new Workshop()
  t.teardown(() => workshop.close())
  const { build, met, use } = await switchedIn(workshop.folder, edits)
  const { bounds } = plotOf(grounds[0]).bind(null).setting
  const machine = build(placementOf(bounds), new ChoiceLog())
  const edit = edits.findIndex(({ title }) => title === 'regions/mapping unmap: without removePages(space, page, end)')
  t.true(edit >= 0)
  const page = placementOf(bounds).firstPage * placementOf(bounds).pageBytes
  t.is(machine.spawn(0), 0)
  t.is(machine.mmap(0, page, 1, 3, 2), page)
  t.is(met[edit], 0)
  use(edit)
  t.is(machine.munmap(0, page, 1), 0)
  t.is(met[edit], 1)
  t.is(machine.inspect.regionCountOf(0), 1)
  use(-1)
  t.is(machine.munmap(0, page, 1), 0)
  t.is(machine.inspect.regionCountOf(0), 0)
})

test('the same mutants are noticed by the same commands with one process and with two', async t => {
  const { trials, firstEdit } = mutantCatalogue()
  const some = trials.flatMap(({ kind }, i) => (kind === 'generated' && (i % 120 === 0 || i === firstEdit) ? [i] : []))
  const one = await runMutants(asked(some, 'guards-shared', 'sharers-swapped', 'stacks-touch'), steering)
  const two = await runMutants(
    { ...asked(some, 'guards-shared', 'sharers-swapped', 'stacks-touch'), workers: 2 },
    steering,
  )
  t.deepEqual(two, one)
})

test('a run that is cut short says what was noticed by then', async t => {
  const { trials } = mutantCatalogue()
  const { cut, unkilled } = await runMutants(asked([...trials.keys()], 'memory'), { ...steering, deadline: Date.now() })
  t.is(cut, 'time')
  t.deepEqual(unkilled, [])
})

test('a mutant whose place is gone is reported', t => {
  const lost = { kills: 'x', title: 'gone', file: 'swap/swap.js', find: 'there is no such text', replace: '' }
  t.throws(() => placed(lost), { instanceOf: LostMutant, message: /does not stand exactly once/ })
})

test('parts of a text are replaced from its end, and what is put in stands before what is replaced there', t => {
  const parts = [
    { start: 1, end: 3, replacement: 'X' },
    { start: 1, end: 1, replacement: '<' },
    { start: 3, end: 3, replacement: '>' },
  ]
  t.is(replaced('abcde', parts), 'a<X>de')
  t.is(replaced('abcde', [...parts].reverse()), 'a<X>de')
  t.is(replaced('', []), '')
})

test('wraps nest: of two around the same part the first is outside', t => {
  const wrap = (start: number, end: number, mark: string) => ({ start, end, before: `${mark}(`, after: `)${mark}` })
  t.is(wrapped('abcd', [wrap(1, 3, 'x'), wrap(1, 3, 'y'), wrap(0, 4, 'z'), wrap(2, 3, 'w')]), 'z(ax(y(bw(c)w)y)xd)z')
})

test('functions are named by their declaration or by the constant that they are', t => {
  const named = new Map<string, string>()
  visit('f(0); function g() { h(1) } const k = () => l(2)', (node, inside) => {
    if (node.type === 'Literal') named.set(String(node.value), inside)
  })
  t.deepEqual(Object.fromEntries(named), { 0: '', 1: 'g', 2: 'k' })
  t.true(textOf('swap/area.js').length > 0)
})

test('a closed workshop leaves nothing behind', async t => {
  const other = new Workshop()
  await other.load(null)
  t.deepEqual(readdirSync(other.folder), ['base'])
  other.close()
  t.false(existsSync(other.folder))
})
