// Mutants of the implementation's text: statements of every chapter that are left out part both sides within a few
// commands, and each claim about memory notices its written mutant with no model to help.

import { existsSync, readdirSync } from 'node:fs'
import test from 'ava'
import { createMachine } from '../../impl/index.js'
import { machineClaims } from '../claims/index.js'
import { ChoiceLog, placementOf } from '../lockstep/index.js'
import { shipped } from '../lockstep/run.js'
import { violatedAlone } from './alone.js'
import { replaced, type TextEdit, textOf, visit } from './compiled.js'
import { equivalent } from './equivalent.js'
import { usualGrounds } from './grounds.js'
import { judgeTextEdit, judgeWrittenText } from './run.js'
import { textEdits } from './text-edits.js'
import { Workshop } from './workshop.js'
import { LostMutant, placed, writtenTexts } from './written-machine.js'

const grounds = usualGrounds()
const edits = textEdits()
const workshop = new Workshop()
test.after.always(() => workshop.close())

/** The functions behind munmap, swapOut, swapIn and exit, whole; of the rest, one statement in so many. */
const always = /^(swap\/|processes\/|regions\/regions|page-tables\/sweep)/
const oneIn = 10
const sample = edits.filter(({ file }, i) => always.test(file) || i % oneIn === 0)
const mostCommands = 8

for (const file of new Set(sample.map(edit => edit.file))) {
  const inFile = sample.filter(edit => edit.file === file)
  test(`${file}: whatever is left out parts both sides within ${mostCommands} commands`, async t => {
    for (const edit of inFile) {
      const result = judgeTextEdit(edit, await workshop.load(edit), grounds)
      t.is(result.verdict, equivalent.has(edit.title) ? 'equivalent' : 'killed', edit.title)
      t.true(result.length <= mostCommands, `${edit.title}: ${result.length} commands`)
      if (result.verdict === 'killed') t.true(result.length > 0, edit.title)
    }
  })
}

test('every chapter has edits, each once, and what is listed as equivalent still exists', t => {
  t.deepEqual([...new Set(edits.map(({ file }) => file.split('/')[0]))].sort(), [
    'faults',
    'frames',
    'page-tables',
    'processes',
    'regions',
    'swap',
  ])
  const places = edits.map(({ file, start }) => `${file}:${start}`)
  t.is(new Set(places).size, places.length)
  t.true(edits.length > 150)
  const titles = new Set(edits.map(({ title }) => title))
  const texts = [...equivalent.keys()].filter(title => title.includes('/'))
  t.deepEqual(
    texts.filter(title => !titles.has(title)),
    [],
  )
  t.true(edits.every(({ title }) => !/preempt\(|chose\(/.test(title)))
})

for (const it of writtenTexts()) {
  test(`${it.edit.title}: noticed by ${it.kills} without a model`, async t => {
    const build = await workshop.load(it.edit)
    t.like(judgeWrittenText(it, build, grounds), { verdict: 'killed', by: it.kills, home: 'machine' })
  })
}

test('every claim about memory has a written mutant, and holds where nothing is edited', t => {
  const killed = new Set(writtenTexts().map(({ kills }) => kills))
  t.deepEqual(
    machineClaims.filter(({ id }) => !killed.has(id)).map(({ id }) => id),
    [],
  )
  for (const { machine } of grounds.random) {
    t.deepEqual([...violatedAlone(machine, shipped, machineClaims, 600)], [])
  }
})

test('a mutant that its claim does not notice survives', async t => {
  const [it] = writtenTexts()
  const build = await workshop.load(it.edit)
  t.is(judgeWrittenText({ ...it, kills: 'regions/merged' }, build, grounds).verdict, 'survived')
})

test('a mutant whose place is gone, or stands twice, is an error that says which', t => {
  const text = { kills: '', title: 'gone', file: 'swap/area.js', replace: '' }
  t.throws(() => placed({ ...text, find: 'no such text' }), {
    instanceOf: LostMutant,
    message: /'gone'.*swap\/area\.js/,
  })
  t.throws(() => placed({ ...text, find: 'words' }), { instanceOf: LostMutant })
})

const [{ machine }] = grounds.machines
const placement = placementOf(machine.setting.bounds)

test('a copy without an edit is the shipped machine', async t => {
  const nothing: TextEdit = { title: '', file: 'swap/area.js', start: 0, end: 0, replacement: '' }
  const copy = (await workshop.load(nothing))(placement, new ChoiceLog())
  const real = createMachine(placement.boot)
  for (const one of [copy, real]) one.spawn(0)
  t.deepEqual(copy.snapshot(), real.snapshot())
  t.is(copy.layout.poolFrames, real.layout.poolFrames)
})

test('a loop that never ends throws, and calls before it do not count', async t => {
  const edit = edits.find(
    ({ title }) => title === 'regions/regions countWithout: without node = findFrom(root, endOf(node))',
  )
  t.not(edit, undefined)
  if (edit === undefined) return
  const endless = (await workshop.load(edit))(placement, new ChoiceLog())
  endless.spawn(0)
  t.is(endless.mmap(0, 0, 64, 3), 0)
  for (const _ of [1, 2]) t.throws(() => endless.munmap(0, 0, 64), { message: 'a loop does not end' })
  t.is(endless.load(0, 0), 0)
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
  await other.load(edits[0])
  t.deepEqual(readdirSync(other.folder), ['base'])
  other.close()
  t.false(existsSync(other.folder))
})
