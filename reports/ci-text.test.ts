// What a CI job shows by itself: annotations beside the code and the job's summary, against their golden files, within
// their limits, and read back whatever the strings hold.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { lexer } from 'marked'
import { renderAnnotations } from './annotations.js'
import { sameAsGolden } from './golden/compare.js'
import { brokenClaim, greenRun, redScope, run, trace } from './golden/fixtures.js'
import { hostileLists, hostileRun } from './golden/hostile.js'
import { everythingRed, manyBroken, smpScope } from './golden/red-runs.js'
import { renderSummary } from './summary.js'
import { oneLine } from './text.js'

test('the annotations and the summary of a run that is red in every way are the ones agreed on', t => {
  sameAsGolden(t, 'annotations.txt', renderAnnotations(everythingRed))
  sameAsGolden(t, 'summary.md.txt', renderSummary(everythingRed))
})

test('a run that is as expected has no annotations, and a summary that says so', t => {
  t.is(renderAnnotations(greenRun), '')
  t.regex(renderSummary(greenRun), /^## mmspec check: as expected\n/)
})

test('no more annotations than are shown, and the last says what was left out', t => {
  const lines = renderAnnotations(manyBroken).trimEnd().split('\n')
  t.is(lines.length, 10)
  const left = [9, 10, 11, 12].map(i => `frames/claim-${i}`)
  t.is(lines[9], `::error title=mmspec::4 more not shown here: ${left.join(', ')}`)
})

test('one claim that is broken in several scopes is one annotation', t => {
  const scopes = ['a', 'b', 'c'].map(name => ({ ...smpScope, name }))
  const text = renderAnnotations({ ...run, ok: false, scopes })
  t.is(text.trimEnd().split('\n').length, 1)
  t.regex(text, /\(a with mutant tells-nobody, and 2 more like it\)/)
})

/** As the runner reads a line: properties to the next `::`, then the message. */
function readAnnotation(line: string) {
  const [, level, given, message] = /^::(error|warning) (.*?)::(.*)$/s.exec(line) ?? assert.fail(line)
  const plain = (text: string) =>
    text
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%')
  const properties = given
    .split(',')
    .map(pair => [pair.slice(0, pair.indexOf('=')), plain(pair.slice(pair.indexOf('=') + 1))])
  return { level, message: plain(message), ...Object.fromEntries(properties) }
}

test('properties and message of an annotation are read back as they were', t => {
  const id = 'a:b,c%2Cd\ne'
  const claims = [{ ...brokenClaim, id, witness: { says: '100 % :: of\r\n it', places: [] } }]
  const found = readAnnotation(renderAnnotations({ ...run, ok: false, scopes: [{ ...smpScope, claims }] }).trimEnd())
  t.is(found.title, oneLine(id))
  t.true(found.message.startsWith(`${oneLine('100 % :: of\r\n it')} (smp with mutant tells-nobody)\n1  P0 spawn`))
})

test('whatever the strings hold, each annotation is one line, and the summary keeps its headings', t => {
  const headings = (text: string) => lexer(text).filter(({ type }) => type === 'heading').length
  const keeps = (strings: readonly string[]) => {
    const shown = hostileRun(strings)
    for (const line of renderAnnotations(shown).trimEnd().split('\n')) {
      const { file, line: number } = readAnnotation(line)
      assert.ok(file === undefined || /^[1-9]\d*$/.test(number))
    }
    // A heading for the run, each violation, each disagreement, and each rule that is listed.
    const text = renderSummary(shown)
    assert.ok(headings(text) >= 3)
    assert.equal(headings(text), [...text.matchAll(/^#{2,3} /gm)].length)
    assert.equal(text.match(/^<details>/gm)?.length, text.match(/^<\/details>$/gm)?.length)
  }
  t.notThrows(() => fc.assert(fc.property(hostileLists, keeps), { numRuns: 100 }))
})

test('of a long trace the summary folds the middle', t => {
  const text = renderSummary(manyBroken)
  t.regex(text, /<summary>44 steps<\/summary>/)
  t.regex(text, /\| … \| 14 steps folded \|/)
  t.is([...text.matchAll(/^\| (?:✖ )?\d+ \|/gm)].length, 30 + 12)
})

test('a section that is too long does not push those behind it out of the summary', t => {
  const long = { ...trace, steps: trace.steps.map(step => ({ ...step, command: 'x'.repeat(400_000) })) }
  const of = (id: string, told: typeof trace) => ({ ...redScope, claims: [{ ...brokenClaim, id, trace: told }] })
  const text = renderSummary({ ...run, ok: false, scopes: [of('c-long', long), of('c-short', trace)] })
  t.regex(text, /### ✖ c-short/)
  t.regex(text, /… 1 section left out, for a summary has a limit: `c-long`/)
})

test('a summary has a limit, and names what it left out', t => {
  const long = { ...trace, steps: trace.steps.map(step => ({ ...step, command: 'x'.repeat(20_000) })) }
  const scopes = Array.from({ length: 20 }, (_, i) => ({
    ...redScope,
    claims: [{ ...brokenClaim, id: `c-${i}`, trace: long }],
  }))
  const text = renderSummary({ ...run, ok: false, scopes })
  t.true(Buffer.byteLength(text) < 200_000)
  t.regex(text, /… \d+ sections left out, for a summary has a limit: `c-\d+`/)
})
