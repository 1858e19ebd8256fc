// The specification keeps what it says: its examples run, its tables are those of the code, and whoever cites it finds
// what was cited. Each kind of finding is also shown on a text that must be refused.

import test from 'ava'
import { operations } from '../../model/index.js'
import { chapterOf, chapters, otherTexts, report, texts } from './chapters.js'
import { shaped, textFindings } from './check.js'
import { citations, citationsIn, deadCitations, stepTable, unmentioned } from './citations.js'
import { type Example, examplesOf, hiddenExamples, runExample, unmarkedExamples, unreadExamples } from './examples.js'
import { deadLinks } from './links.js'
import { ambiguous, rulesOf, uncited } from './rules.js'
import { misshapen, shape } from './shape.js'
import { slugOf } from './slug.js'
import { runsAlone } from './steps.js'
import { refreshed, staleTables, tables, undrawnSteps, unshownTables } from './tables.js'
import { sequences, stepsTable } from './tabulate.js'

const all = texts()
const spec = chapters()

const exampleOf = (text: string): Example => ({ file: 'spec/x.md', line: 7, text })
const alive = 'P0 spawn\nP0 mmap @0 1 rw private|anon|fixed\n'

test('links, citations, rules, claims, steps, tables and shapes are as they should be', t => {
  t.is(report(textFindings()), '')
})

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
  t.true(all.flatMap(examplesOf).length >= 100)
})

test('an example that is indented, or in a text that nobody runs, is found', t => {
  const hidden = chapterOf('spec/x.md', '- a list\n\n  ```mmspec\n  P0 spawn -> ok\n  ```\n')
  t.is(hiddenExamples(hidden).length, 1)
  const unread = chapterOf('checks/x.md', 'Look:\n\n```mmspec\nP0 spawn -> ok\n```\n')
  t.deepEqual(
    unreadExamples([unread], all).map(({ file, line }) => `${file}:${line}`),
    ['checks/x.md:3'],
  )
  t.deepEqual(unreadExamples([unread], [unread]), [])
})

test('a block that reads like an example, and does not run, is found', t => {
  const block = (open: string, of = 'P0 spawn -> ok') => chapterOf('spec/x.md', `Look:\n\n${open}\n${of}\n\`\`\`\n`)
  const lines = (chapter: ReturnType<typeof block>) => unmarkedExamples(chapter).map(({ line }) => line)
  for (const open of ['```', '```text', '```MMspec', '```mmspec slow']) t.deepEqual(lines(block(open)), [3], open)
  for (const of of ['? vmas P0 -> none', 'cpu 0: P0 read @0 -> v:0', 'alloc -> F0', 'P0 spawn\nP0 exit -> ok'])
    t.deepEqual(lines(block('```', of)), [3], of)
  t.deepEqual(lines(block('```Mmspec', 'P0 spawn')), [3])
  t.deepEqual(lines(chapterOf('spec/x.md', 'Look:\n\n    P0 spawn -> ok\n')), [3])
  const listed = '\n\n  ```\n  P0 spawn -> ok\n  ```\n'
  t.deepEqual(lines(chapterOf('spec/x.md', `- a list${listed}${listed}`)), [3, 8])
  t.deepEqual(lines(block('```mmspec')), [])
  for (const of of ['P0 mmap @2 3 rw flags', 'free -> held', 'CPU 0, in munmap -> CPU 1'])
    t.deepEqual(lines(block('```', of)), [], of)
  for (const open of ['> ```mmspec\n> P0 spawn -> ok\n> ```', '- ```mmspec\n  P0 spawn -> ok\n  ```'])
    t.is(hiddenExamples(chapterOf('spec/x.md', open)).length, 1)
})

test('an example with a wrong answer is reported with its line and both answers', t => {
  const [{ file, line, says }] = runExample(exampleOf(`${alive}P0 read @0 -> v:1`))
  t.deepEqual({ file, line, says }, { file: 'spec/x.md', line: 9, says: 'P0 read @0: expected v:1, answered v:0' })
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

test('a cited chapter or heading that does not exist is reported with the line that cites it, and with what is near', t => {
  const cited = citationsIn('model/x.ts', "// see spec/nowhere.md\nrule: 'regions.md#mmap',\nrule: 'regions.md#mnap',")
  const [nowhere, misspelt] = deadCitations(cited, spec)
  t.is(report([nowhere]).split('; ')[0], 'model/x.ts:1 cites spec/nowhere.md, and there is no such chapter')
  t.is(
    report([misspelt]),
    'model/x.ts:3 cites spec/regions.md#mnap, and the chapter has no such heading; did you mean #mmap?',
  )
  t.true(citations().length > 50)
})

test('headings become the anchors that GitHub gives them', t => {
  t.is(slugOf('W xor X'), 'w-xor-x')
  t.is(slugOf('`mmap`, and what it is for?'), 'mmap-and-what-it-is-for')
  t.deepEqual([...chapterOf('x.md', '# State\n\n## State\n\n## State\n').anchors], ['state', 'state-1', 'state-2'])
})

test('a claim without a chapter, without a rule, or not mentioned there is found', t => {
  const found = (id: string, rule: string) => unmentioned([{ id, rule }], spec).map(({ says }) => says)
  t.regex(found('zones/fit', 'zones.md#fit')[0], /is the chapter of the claim zones\/fit, and is not there/)
  t.regex(found('swap/no-such-claim', 'swap.md#slosts')[0], /has no rule slosts/)
  t.regex(found('swap/no-such-claim', 'swap.md#slots')[0], /does not mention the claim/)
})

test('a rule that nothing cites is found; questions are no rules, and neither are those that code or a claim cites', t => {
  const text = '# X\n\n## Rules\n\n### one\n\n### two\n\n### three\n\n### What is it?\n\n## Sources\n\n### none\n'
  const rules = rulesOf(chapterOf('spec/x.md', text))
  t.deepEqual(
    rules.map(({ id, line }) => [id, line]),
    [
      ['x.md#one', 5],
      ['x.md#two', 7],
      ['x.md#three', 9],
    ],
  )
  const citing = (file: string, rule: string) => citationsIn(file, `// Rule: spec/${rule}.`)
  const from = [...citing('model/x.ts', 'x.md#two'), ...citing('checks/spec/x.ts', 'x.md#three')]
  t.deepEqual(
    uncited(rules, ['x.md#one'], from).map(({ file, line }) => `${file}:${line}`),
    ['spec/x.md:9'],
  )
})

test('a rule that has the name of another heading is found: who cites it would be led there', t => {
  const rules = rulesOf(chapterOf('spec/x.md', '# X\n\n## Rules\n\n### x\n\n### y\n'))
  t.deepEqual(
    ambiguous(rules).map(({ line, next }) => `${line} ${next}`),
    ['5 give the rule a name of its own; its anchor is x.md#x-1'],
  )
})

test('each sequence that the table of steps names stands in several operations, and nowhere step by step', t => {
  const table = stepsTable()
  for (const [name, steps] of sequences) {
    t.true(table.split(`*${name}*,`).length > 3, name)
    t.false(table.replaceAll('*', '').includes(steps.map(step => `\`${step}\``).join(', ')), name)
  }
})

test('a table of steps that leaves one out, or has them in another order, is found', t => {
  const [munmap] = operations.filter(({ name }) => name === 'munmap')
  const { look, ...steps } = { look: () => undefined, ...munmap.steps }
  t.is(stepTable({ ...munmap, steps: { ...steps, look } }, spec).length, 1)
  t.is(stepTable({ ...munmap, about: { ...munmap.about, rule: 'regions.md#mnap' } }, spec).length, 1)
})

test('dead links are found, to files and to headings', t => {
  const dead = '[a](nowhere.md) [b](regions.md#nowhere) [c](#nowhere) [d](../../outside.md)'
  t.is(deadLinks(chapterOf('spec/x.md', dead)).length, 4)
  t.deepEqual(deadLinks(chapterOf('spec/x.md', '# Here\n\n[a](regions.md#mmap) [b](../model) [c](#here)')), [])
})

test('pictures, HTML and references that lead nowhere are found', t => {
  const said = (text: string) => deadLinks(chapterOf('spec/x.md', text)).map(({ line, says }) => `${line} ${says}`)
  t.deepEqual(said('# X\n\nSee ![x](nope.png).'), ['3 the link nope.png leads to spec/nope.png, which does not exist'])
  t.deepEqual(said('See [x][nope], [`y`][nope] and [z][].'), [
    '1 the reference [x][nope] has no definition',
    '1 the reference ][nope] has no definition',
    '1 the reference [z][] has no definition',
  ])
  const heading = '1 the link frames.md#nope leads to a heading that spec/frames.md does not have'
  t.deepEqual(said('See <a href="frames.md#nope">x</a>.'), [heading])
  t.deepEqual(said("<p><a class=x href='frames.md#nope'>x</a><img src=nope.png></p>"), [
    heading,
    '1 the link nope.png leads to spec/nope.png, which does not exist',
  ])
  t.deepEqual(said('[x][there] `[x][nope]` <!-- <a href="nope.md"> -->\n\n[there]: frames.md\n'), [])
})

test('links are followed in every text about the project', t => {
  const files = otherTexts().map(({ file }) => file)
  for (const file of ['checks/README.md', 'reports/README.md', 'CHANGELOG.md']) t.true(files.includes(file), file)
  const dead = textFindings([chapterOf('checks/README.md', '[x](../spec/frames.md#nope)')])
  t.deepEqual(
    dead.map(({ file, line }) => `${file}:${line}`),
    ['checks/README.md:1'],
  )
})

test('a table that is out of date, unknown, or shown nowhere is found, and updating mends the first', t => {
  const stale = '\n<!-- table: access -->\n\n| region |\n\n<!-- end -->'
  t.is(staleTables('spec/x.md', stale)[0].line, 2)
  t.deepEqual(staleTables('spec/x.md', refreshed(stale)), [])
  t.is(staleTables('spec/x.md', '<!-- table: nothing -->\n<!-- end -->').length, 1)
  t.is(unshownTables([]).length, tables.size)
  t.is(undrawnSteps([]).length, operations.filter(runsAlone).length)
  t.is(staleTables('spec/x.md', '<!-- steps: munmap -->\n<!-- end -->').length, 1)
})

test('a chapter without a part of the shape, with an empty one, or without a purpose is found', t => {
  t.true(shaped(spec).length >= 15)
  const said = (text: string) => misshapen(chapterOf('spec/x.md', text)).map(({ line, says }) => `${line} ${says}`)
  const whole = `# X\n\nWhat it is for.\n\n${shape.map(name => `## ${name}\n\n\`\`\`\nit\n\`\`\`\n`).join('\n')}`
  t.deepEqual(said(whole), [])
  t.deepEqual(said(whole.replace('## Sources', '### Sources')), ['41 has no section Sources'])
  t.deepEqual(said(whole.replace('What it is for.', '')), ['1 does not say what it is for'])
  t.deepEqual(said(whole.replace('```\nit\n```', 'It.')), ['5 has a picture that is not drawn'])
  t.deepEqual(said(whole.replace(/## Sources[\s\S]*/, '## Sources\n')), ['47 says nothing in Sources'])
  const swapped = whole
    .replace('## State', '## X')
    .replace('## Operations', '## State')
    .replace('## X', '## Operations')
  t.deepEqual(said(swapped), ['11 has the section Operations where State belongs'])
})
