// The specification keeps what it says: its examples run, its tables are those of the code, and whoever cites it finds
// what was cited. Each check is also shown a text that it must refuse.

import { writeFileSync } from 'node:fs'
import test from 'ava'
import { operations } from '../../model/index.js'
import { chapterOf, chapters, report, root, slugOf, texts } from './chapters.js'
import { citations, citationsIn, deadCitations, stepTable, unmentioned } from './citations.js'
import { type Example, examplesOf, hiddenExamples, runExample } from './examples.js'
import { deadLinks } from './links.js'
import { misshapen } from './shape.js'
import { refreshed, staleTables, unshownTables } from './tables.js'
import { claimedChapters, claimsOfMachine, claimsOfModel } from './tabulate.js'

if (process.env.UPDATE_SPEC === '1') {
  for (const { file, text } of texts()) if (refreshed(text) !== text) writeFileSync(`${root}${file}`, refreshed(text))
}

const all = texts()
const spec = chapters()

const exampleOf = (text: string): Example => ({ file: 'spec/x.md', line: 7, text })
const alive = 'P0 spawn\nP0 mmap @0 1 rw private|anon|fixed\n'

for (const chapter of all) {
  if (examplesOf(chapter).length === 0) continue
  test(`every example in ${chapter.file} answers what it says, in the model and in the implementation`, t => {
    t.is(report(examplesOf(chapter).flatMap(example => runExample(example))), '')
  })
}

test('examples know the line on which they stand', t => {
  for (const chapter of all) {
    const lines = chapter.text.split('\n')
    for (const { line, text } of examplesOf(chapter)) t.is(lines[line - 1], text.split('\n')[0])
  }
  t.true(all.flatMap(examplesOf).length >= 25)
})

test('no example is hidden where it would not run', t => {
  t.is(report(all.flatMap(hiddenExamples)), '')
  const hidden = chapterOf('spec/x.md', '- a list\n\n  ```mmspec\n  P0 spawn -> ok\n  ```\n')
  t.is(hiddenExamples(hidden).length, 1)
})

test('an example with a wrong answer is reported with its line and both answers', t => {
  const findings = runExample(exampleOf(`${alive}P0 read @0 -> v:1`))
  t.deepEqual(findings, [{ file: 'spec/x.md', line: 9, says: 'P0 read @0: expected v:1, answered v:0' }])
})

test('an example that cannot be read, or cannot run, is reported with its line', t => {
  const [misspelt] = runExample(exampleOf('P0 spwan -> ok'))
  t.is(misspelt.line, 7)
  t.regex(misspelt.says, /did you mean "spawn"/)
  const [idle] = runExample(exampleOf('P0 spawn -> ok\nP0 swapin @0 -> ok'))
  t.deepEqual([idle.line, idle.says], [8, 'spec/x.md:8:1: page @0 of P0 is not swapped: it holds nothing'])
})

test('an example that expects nothing is reported: it would show nothing', t => {
  t.is(runExample(exampleOf(alive)).length, 1)
})

test('every rule that the code cites is a heading of its chapter', t => {
  const cited = citations()
  t.true(cited.length > 50)
  t.is(report(deadCitations(cited, spec)), '')
})

test('a cited chapter or heading that does not exist is reported with the line that cites it', t => {
  const cited = citationsIn('model/x.ts', "// see spec/nowhere.md\nrule: 'regions.md#mmap',\nrule: 'regions.md#mnap',")
  t.deepEqual(deadCitations(cited, spec), [
    { file: 'model/x.ts', line: 1, says: 'cites spec/nowhere.md, and there is no such chapter' },
    { file: 'model/x.ts', line: 3, says: 'cites spec/regions.md#mnap, and the chapter has no such heading' },
  ])
})

test('headings become the anchors that GitHub gives them', t => {
  t.is(slugOf('W xor X'), 'w-xor-x')
  t.is(slugOf('`mmap`, and what it is for?'), 'mmap-and-what-it-is-for')
  t.deepEqual([...chapterOf('x.md', '# State\n\n## State\n\n## State\n').anchors], ['state', 'state-1', 'state-2'])
})

test('every claim is mentioned in the chapter of its rule', t => {
  t.is(report(unmentioned([...claimsOfModel, ...claimsOfMachine], spec)), '')
  t.is(unmentioned([{ id: 'swap/no-such-claim', rule: 'swap.md#slots' }], spec).length, 1)
})

test('the table of steps of every operation has its steps, in order', t => {
  t.is(report(operations.flatMap(operation => stepTable(operation, spec))), '')
  const [munmap] = operations.filter(({ name }) => name === 'munmap')
  const { look, ...steps } = { look: () => undefined, ...munmap.steps }
  t.is(stepTable({ ...munmap, steps: { ...steps, look } }, spec).length, 1)
  t.is(stepTable({ ...munmap, about: { ...munmap.about, rule: 'regions.md#mnap' } }, spec).length, 1)
})

test('every link between the texts and into the code leads somewhere', t => {
  t.is(report(all.flatMap(deadLinks)), '')
  const dead = '[a](nowhere.md) [b](regions.md#nowhere) [c](#nowhere) [d](../../outside.md)'
  t.is(deadLinks(chapterOf('spec/x.md', dead)).length, 4)
  t.deepEqual(deadLinks(chapterOf('spec/x.md', '# Here\n\n[a](regions.md#mmap) [b](../model) [c](#here)')), [])
})

test('every table and source that a chapter shows is what the code has', t => {
  t.is(report(all.flatMap(({ file, text }) => staleTables(file, text))), '')
  t.is(staleTables('spec/x.md', '\n<!-- table: access -->\n\n| region |\n\n<!-- end -->')[0].line, 2)
  t.is(staleTables('spec/x.md', '<!-- table: nothing -->\n<!-- end -->').length, 1)
})

test('every table that the code knows is shown by some chapter', t => {
  t.deepEqual(unshownTables(spec.map(({ text }) => text)), [])
  t.true(unshownTables([]).includes('access'))
})

test('all chapters have one shape', t => {
  const own = spec.filter(({ file }) => claimedChapters.some(name => file === `spec/${name}.md`))
  t.is(own.length, 14)
  t.is(report(own.flatMap(misshapen)), '')
  t.is(misshapen(chapterOf('spec/x.md', '# X\n\n## State\n')).length, 1)
})
