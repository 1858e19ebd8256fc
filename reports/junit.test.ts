// JUnit XML read back by a parser of its own: well-formed whatever the strings hold, and no claim passes that was not judged.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { brokenClaim, cutRun, greenRun, redScope, run } from './golden/fixtures.js'
import { hostileLists, hostileRun, hostileStrings } from './golden/hostile.js'
import { everythingRed } from './golden/red-runs.js'
import { renderJunit } from './junit.js'
import { element } from './xml.js'

interface Case {
  readonly '@name': string
  readonly failure?: { readonly '@message': string; readonly '#text': string }
  readonly skipped?: { readonly '@message': string }
}
interface Suite {
  readonly '@name': string
  readonly '@tests': string
  readonly '@failures': string
  readonly '@skipped': string
  readonly '@time'?: string
  readonly testcase: readonly Case[]
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: name => ['testsuite', 'testcase', 'property'].includes(name),
})
function read(text: string): readonly Suite[] {
  assert.equal(XMLValidator.validate(text), true)
  return parser.parse(text).testsuites.testsuite
}
const casesOf = (text: string) => read(text).flatMap(({ testcase }) => testcase)

test('a suite for each scope, a case for each claim, and the figures are those of the cases', t => {
  const suites = read(renderJunit(everythingRed))
  t.deepEqual(suites.map(suite => suite['@name']).slice(0, 4), [
    'smp with mutant tells-nobody',
    'mm-small',
    'mm-wide',
    'mm-large',
  ])
  for (const { testcase, ...suite } of suites) {
    t.is(Number(suite['@tests']), testcase.length)
    t.is(Number(suite['@failures']), testcase.filter(it => it.failure !== undefined).length)
    t.is(Number(suite['@skipped']), testcase.filter(it => it.skipped !== undefined).length)
  }
})

test('a failure says why, has the whole trace, and how to replay it', t => {
  const failure = casesOf(renderJunit({ ...run, ok: false, scopes: [redScope] })).find(
    it => it['@name'] === brokenClaim.id,
  )?.failure
  t.is(failure?.['@message'], 'frame 1 has 1 reference, but 0 entries point at it')
  t.regex(failure?.['#text'] ?? '', /npx mmspec replay mm1:mm-small/)
  t.regex(failure?.['#text'] ?? '', /\n {2}5 {2}P0 exit/)
})

test('what a cut or another violation left open is skipped, and time is there only where it was taken', t => {
  const cut = casesOf(renderJunit(cutRun)).filter(it => it.skipped !== undefined)
  t.is(cut[0].skipped?.['@message'], 'cut short: memory')
  const claims = [{ ...brokenClaim, id: 'frames/other', verdict: 'bounded' as const }, brokenClaim]
  const left = casesOf(renderJunit({ ...run, ok: false, scopes: [{ ...redScope, claims }] }))
  t.is(left[0].skipped?.['@message'], `the search ended where ${brokenClaim.id} is violated`)
  t.is(read(renderJunit(greenRun))[0]['@time'], '3.94')
  const { seconds: _, ...timeless } = redScope
  t.is(read(renderJunit({ ...run, scopes: [timeless] }))[0]['@time'], undefined)
})

test('a violation that the scope expects is no failure', t => {
  t.true(casesOf(renderJunit({ ...run, scopes: [{ ...redScope, ok: true }] })).every(it => it.failure === undefined))
})

test('any string is read back as it was, but for what XML forbids', t => {
  const characters = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 20 })
  const strings = fc.oneof(
    hostileStrings,
    characters.map(codes => String.fromCodePoint(...codes)),
    fc.constantFrom('\0', '\ud800', ']]>', '\uffff', '\t\n\r', '&#13;'),
  )
  const forbidden = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
  const same = (raw: string) => {
    const text = `<?xml version="1.0"?>\n${element('testsuites', { name: raw }, [element('a', {}, `x${raw}x`)])}`
    assert.equal(XMLValidator.validate(text), true)
    const { testsuites } = parser.parse(text)
    const kept = raw.replace(forbidden, '\ufffd')
    assert.equal(String(testsuites.a), `x${kept}x`)
    assert.equal(testsuites['@name'], kept)
  }
  t.notThrows(() => fc.assert(fc.property(strings, same), { numRuns: 300 }))
})

test('whatever the strings hold, the document is well-formed and has as many cases', t => {
  const count = casesOf(renderJunit(hostileRun(['a']))).length
  const keeps = (strings: readonly string[]) => assert.equal(casesOf(renderJunit(hostileRun(strings))).length, count)
  t.notThrows(() => fc.assert(fc.property(hostileLists, keeps), { numRuns: 50 }))
})
