// The screens of every kind of run against their golden files, and what holds for any run: nothing is wider than the
// terminal, colour moves nothing, and no string of a run can draw outside its place.

import assert from 'node:assert/strict'
import { stripVTControlCharacters } from 'node:util'
import test from 'ava'
import fc from 'fast-check'
import { renderRun, renderVerdict } from './console.js'
import { sameAsGolden } from './golden/compare.js'
import {
  agreeing,
  brokenClaim,
  cutRun,
  cutScope,
  greenRun,
  greenScope,
  lockstepRun,
  mutantsRun,
  redRun,
  redScope,
  run,
} from './golden/fixtures.js'
import { hostileLists, hostileRun } from './golden/hostile.js'
import type { RunResult } from './result.js'
import { visibleWidth } from './text.js'

const screens: readonly (readonly [string, RunResult])[] = [
  ['green', greenRun],
  ['red', redRun],
  ['cut', cutRun],
  ['lockstep', lockstepRun],
  ['mutants', mutantsRun],
]

for (const [name, shown] of screens) {
  for (const width of [80, 120]) {
    test(`the ${name} screen at width ${width} is the one agreed on`, t => {
      sameAsGolden(t, `${name}-${width}.txt`, renderRun(shown, { colour: false, width }))
    })
  }
}

test('the verbose screen of mutants lists every mutant and every only killer', t => {
  sameAsGolden(t, 'mutants-verbose-80.txt', renderRun(mutantsRun, { colour: false, width: 80, verbose: true }))
})

const lastLine = (shown: RunResult) => renderRun(shown, { colour: false, width: 80 }).trimEnd().split('\n').at(-1) ?? ''

test('the last line of a violation is the command that replays it', t => {
  t.is(lastLine(redRun).trim(), 'replay  npx mmspec replay mm1:mm-small.0a1f:0.3.11.2')
  t.regex(lastLine(lockstepRun), /npx mmspec replay/)
})

test('a green run ends with how much was looked at', t => {
  t.is(lastLine(greenRun), '✔ as expected · 2 scopes · 2 claims')
  t.is(lastLine({ ...run, verb: 'lockstep', lockstep: [agreeing] }), '✔ as expected · 301 884 compared commands')
  t.is(lastLine(run), '✔ as expected · nothing was run')
  t.is(lastLine({ ...run, ok: false }), '✖ not as expected')
})

test('a run that only misses its pins names the scope and the pin', t => {
  const off = { ...redScope, verdict: 'holds', claims: [] } as const
  const screen = renderRun({ ...run, ok: false, scopes: [off] }, { colour: false, width: 80 })
  t.regex(screen, /✖ states: pinned 48 213, found 998/)
  t.is(lastLine({ ...run, ok: false, scopes: [off] }), '✖ not as expected: mm-small')
})

test('gaps are listed by name, and at most twenty', t => {
  const gaps = ['munmap · refused ENOMEM', ...Array.from({ length: 25 }, (_, i) => `munmap · answer ${i}`)]
  const coverage = { ...redScope.coverage, gaps, stale: [] }
  const screen = renderRun({ ...run, scopes: [{ ...greenScope, coverage }] }, { colour: false, width: 80 })
  const listed = screen.split('\n').filter(line => line.startsWith('  ! '))
  t.is(listed[0], '  ! never reached: munmap · refused ENOMEM')
  t.is(listed.length, 21)
  t.is(listed.at(-1), '  ! … and 6 more')
})

test('an answer that a scope cannot reach, and says so, is no gap', t => {
  const coverage = { ...redScope.coverage, gaps: [], stale: [] }
  t.notRegex(
    renderRun({ ...run, scopes: [{ ...greenScope, coverage }] }, { colour: false, width: 80 }),
    /never reached/,
  )
})

const togetherAt = (gaps: readonly string[], stale: readonly string[]) => ({
  system: 'memory',
  outcomes: { reached: 118, declared: 118 },
  steps: { reached: 411, declared: 412 },
  rows: { reached: 318, declared: 1320 },
  gaps,
  stale,
})

test('what all scopes of a system reach together is a line, and what none of them reaches is red by name', t => {
  const green = { ...run, scopes: [greenScope], coverage: [togetherAt([], [])] }
  t.regex(
    renderRun(green, { colour: false, width: 80 }),
    /^together · memory · answers 118\/118 · steps 411\/412 · rows 318\/1 320$/m,
  )
  const red = { ...green, ok: false, coverage: [togetherAt(['munmap.clear'], ['spawn · refused EAGAIN'])] }
  const screen = renderRun(red, { colour: false, width: 80 })
  t.regex(screen, /✖ never reached: munmap\.clear\n.*✖ reached, though listed as unreachable: spawn · refused EAGAIN/)
  t.is(lastLine(red), '✖ not all reached: memory')
})

test('a violation that the scope expects draws no block', t => {
  const screen = renderRun(
    { ...run, scopes: [{ ...redScope, mismatches: [], ok: true }] },
    { colour: false, width: 120 },
  )
  t.regex(screen, /violated as expected frames\/references-recount/)
  t.notRegex(screen, /replay/)
})

test('a violation without witness, rule or trace still says which claim and where', t => {
  const { witness: _, trace: __, ...bare } = brokenClaim
  const screen = renderRun(
    { ...run, ok: false, scopes: [{ ...redScope, claims: [{ ...bare, rule: '' }] }] },
    { colour: false, width: 80 },
  )
  t.regex(screen, /✖ frames\/references-recount\s+the references of a frame are the entries that point at it\n/)
  t.regex(screen, /no trace · mm-small/)
})

test('a first state that is wrong is marked itself', t => {
  const claims = [{ ...brokenClaim, trace: { token: 'mm1:x:', initial: [], steps: [] } }]
  const screen = renderRun({ ...run, ok: false, scopes: [{ ...redScope, claims }] }, { colour: false, width: 80 })
  t.regex(screen, /✖ {2}0 {2}initial/)
  t.regex(screen, /shortest: 0 commands/)
})

test('several violated claims are counted in the verdict, and a cut beside them is not hidden', t => {
  const scope = { ...redScope, claims: [brokenClaim, { ...brokenClaim, id: 'b' }], cut: 'time' } as const
  const screen = renderRun({ ...run, ok: false, scopes: [scope] }, { colour: false, width: 160 })
  t.regex(screen, /violated frames\/references-recount and 1 more \(cut short: time\)/)
})

test('a mutant in force is named wherever its figures are', t => {
  const screen = renderRun({ ...run, scopes: [{ ...greenScope, mutant: 'exit leaks' }] }, { colour: false, width: 120 })
  t.is(screen.match(/mm-small with mutant exit leaks/g)?.length, 2)
})

test('drivers say how far they came', t => {
  const { seconds: _, ...untimed } = agreeing
  const bounded = { ...untimed, verdict: 'bounded', compared: 0, changing: 0, mix: [] } as const
  const screen = (cut: object) =>
    renderRun({ ...run, lockstep: [{ ...bounded, ...cut }] }, { colour: false, width: 80, verbose: true })
  t.regex(screen({}), /agree up to the bound/)
  t.regex(screen({ cut: 'time', ok: false }), /cut short: time/)
  t.notRegex(screen({}), /rate|changing|seconds/)
  t.regex(screen({}), /no command/)
  t.regex(screen({ verdict: 'disagree', ok: false }), /disagree\n/)
})

test('the mix of an exhaustive run is shown on request, of a random one always', t => {
  const screen = (driver: 'exhaustive' | 'random', verbose: boolean) =>
    renderRun({ ...run, lockstep: [{ ...agreeing, driver }] }, { colour: false, width: 80, verbose })
  t.notRegex(screen('exhaustive', false), /^mix {2}/m)
  t.regex(screen('exhaustive', true), /^mix {2}/m)
  t.regex(screen('random', false), /^mix {2}/m)
})

test('a mutant that survives without a token, and an equivalent one without a reason, are still shown', t => {
  const [, survivor] = mutantsRun.mutants
  if (survivor === undefined) return t.fail()
  const { token: _, ...lost } = survivor
  const shown = { ...mutantsRun, kills: [], unkilled: [], mutants: [lost, { ...lost, verdict: 'equivalent' }] } as const
  const screen = renderRun(shown, { colour: false, width: 80 })
  t.regex(screen, /✖ a freed slot keeps its content/)
  t.regex(screen, /no reason is given/)
  t.is(lastLine(shown), '✖ 1 mutant survived')
})

test('a run cut short says that nothing is known beyond, and what to do', t => {
  t.regex(
    renderRun(cutRun, { colour: false, width: 120 }),
    /… cut short by memory: mm-large · nothing is known beyond: raise/,
  )
  t.regex(renderRun({ ...run, ok: false, scopes: [cutScope] }, { colour: false, width: 80 }), /1 235/)
})

test('colour adds nothing but colour', t => {
  for (const [, shown] of screens) {
    const coloured = renderRun(shown, { colour: true, width: 80, verbose: true })
    t.true(coloured.includes('\u001b['))
    t.is(stripVTControlCharacters(coloured), renderRun(shown, { colour: false, width: 80, verbose: true }))
  }
})

/** Lines that are too wide although they could have been broken: a lead of a dozen characters may stand before a long word. */
function tooWide(screen: string, width: number): readonly string[] {
  const longest = (line: string) => Math.max(...line.split(' ').map(visibleWidth))
  return screen.split('\n').filter(line => visibleWidth(line) > width && longest(line) <= width - 12)
}

test('no line is wider than the screen unless a single word is', t => {
  const fits = (strings: readonly string[], width: number, colour: boolean) =>
    assert.deepEqual(tooWide(renderRun(hostileRun(strings), { colour, width, verbose: true }), width), [])
  const widths = fc.integer({ min: 40, max: 140 })
  t.notThrows(() => fc.assert(fc.property(hostileLists, widths, fc.boolean(), fits), { numRuns: 100 }))
})

test('no string of a run reaches the terminal as a control character', t => {
  const harmless = (strings: readonly string[]) =>
    assert.doesNotMatch(
      renderRun(hostileRun(strings), { colour: false, width: 80, verbose: true }),
      /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u,
    )
  t.notThrows(() => fc.assert(fc.property(hostileLists, harmless), { numRuns: 100 }))
})

test('the verdict of a run whose parts were shown one by one names what was not as expected, and where the report is', t => {
  const linear = { schema: 'mmspec/linear@1', verb: 'linear', ok: false, version: '0.1.0', scopes: [] } as const
  const options = { colour: false, width: 80, report: 'reports/out/index.html' }
  sameAsGolden(t, 'verdict-green-80.txt', renderVerdict(greenRun, options))
  sameAsGolden(t, 'verdict-red-80.txt', renderVerdict({ ...redRun, linear }, options))
})
