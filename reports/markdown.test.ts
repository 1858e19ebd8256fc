// The Markdown documents against their golden files, and read back by a Markdown parser: whatever the strings of a run
// hold, every table keeps its columns and no string becomes markup.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { lexer, parse, type Token, type Tokens } from 'marked'
import { sameAsGolden } from './golden/compare.js'
import { brokenClaim, cutRun, greenRun, lockstepRun, mutantsRun, redRun, redScope, run } from './golden/fixtures.js'
import { hostileLists, hostileRun, hostileStrings } from './golden/hostile.js'
import { renderMarkdown } from './markdown.js'
import { code, codeInText, table, text } from './markdown-text.js'
import type { RunResult } from './result.js'
import { oneLine } from './text.js'

const documents: readonly (readonly [string, RunResult])[] = [
  ['green', greenRun],
  ['red', redRun],
  ['cut', cutRun],
  ['lockstep', lockstepRun],
  ['mutants', mutantsRun],
]

for (const [name, shown] of documents) {
  test(`the ${name} document is the one agreed on`, t => {
    // Not `.md`: a formatter would lay the tables out its own way.
    sameAsGolden(t, `${name}.md.txt`, renderMarkdown(shown))
  })
}

test('a counterexample without witness, rule or trace still says which claim and where', t => {
  const { witness: _, trace: __, ...bare } = brokenClaim
  const shown = renderMarkdown({ ...run, scopes: [{ ...redScope, ok: true, claims: [{ ...bare, rule: '' }] }] })
  t.regex(shown, /## Violated as expected: frames\/references-recount/)
  t.regex(shown, /no trace/)
  t.notRegex(shown, /Witness|Rule/)
})

test('a witness that names no place has no empty list of places', t => {
  const claims = [{ ...brokenClaim, witness: { says: 'no process can move', places: [] } }]
  t.regex(renderMarkdown({ ...run, scopes: [{ ...redScope, claims }] }), /no process can move\n/)
})

test('steps without a rule, and equivalent mutants without a reason, leave their cells empty', t => {
  const [driver] = lockstepRun.lockstep.filter(result => result.disagreement !== undefined)
  const [mutant] = mutantsRun.mutants
  if (driver?.disagreement === undefined || mutant === undefined) return t.fail()
  const steps = driver.disagreement.steps.map(step => ({ ...step, rule: '' }))
  const lockstep = [{ ...driver, disagreement: { ...driver.disagreement, steps } }]
  const shown = renderMarkdown({ ...run, lockstep, mutants: [{ ...mutant, verdict: 'equivalent' }] })
  t.regex(shown, /\| `ok` \| {2}\| /)
  t.regex(shown, /`mm-small` \| {2}\|/)
})

test('a document says what all scopes of a system reach together, and lists what none of them reaches', t => {
  const figures = { reached: 1, declared: 2 }
  const system = {
    system: 'memory',
    outcomes: figures,
    steps: figures,
    rows: figures,
    gaps: ['munmap.clear'],
    stale: [],
  }
  const document = renderMarkdown({ ...greenRun, coverage: [system, { ...system, gaps: [] }] })
  t.regex(document, /^Together: memory, answers 1\/2, steps 1\/2, rows 1\/2\.$/m)
  t.is(document.match(/^- never reached: munmap\.clear$/gm)?.length, 1)
})

const headings = (tokens: readonly Token[]) => tokens.filter(token => token.type === 'heading').length
const isTable = (token: Token): token is Tokens.Table => token.type === 'table'
const rowCounts = (tokens: readonly Token[]) => tokens.filter(isTable).map(token => token.rows.length)

test('whatever the strings hold, a document keeps its headings, its tables and their rows', t => {
  const plain = lexer(
    renderMarkdown({ ...redRun, lockstep: lockstepRun.lockstep, mutants: mutantsRun.mutants, unkilled: ['a'] }),
  )
  const keeps = (strings: readonly string[]) => {
    const shown = hostileRun(strings)
    const tokens = lexer(renderMarkdown({ ...shown, scopes: shown.scopes.slice(0, 2) }))
    assert.deepEqual([headings(tokens), rowCounts(tokens)], [headings(plain), rowCounts(plain)])
  }
  t.true(headings(plain) > 3)
  t.notThrows(() => fc.assert(fc.property(hostileLists, keeps), { numRuns: 100 }))
})

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
])

/** What a reader sees of a piece of HTML. */
const seen = (html: string) =>
  html
    .replace(/<\/?code>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => entities.get(name) ?? whole)
    .replace(/&#(\d+);/g, (_, digits: string) => String.fromCodePoint(Number(digits)))

test('any string in a cell is read back as it was, as text and as code', t => {
  const survives = (raw: string) => {
    const html = parse(table(['a', 'b', 'c'], [[text(raw), code(raw), 'x']]).join('\n'), { async: false })
    const cells = [...html.matchAll(/<td[^>]*>(.*)<\/td>/g)].map(cell => seen(cell[1] ?? '').trim())
    assert.deepEqual(cells, [oneLine(raw).trim(), oneLine(raw).trim(), 'x'])
  }
  t.notThrows(() => fc.assert(fc.property(hostileStrings, survives), { numRuns: 500 }))
})

test('code outside of a table shows a pipe without a backslash', t => {
  t.is(codeInText('a|b'), '<code>a&#124;b</code>')
  t.is(codeInText('a'), '`a`')
  t.is(code('a|b'), '`a\\|b`')
})
