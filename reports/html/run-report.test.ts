// The run report as text: nothing that a run holds becomes markup, what was not run is said to be so, and what is wrong
// stands first.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { greenRun, lockstepRun, mutantsRun, redRun, redScope, run } from '../golden/fixtures.js'
import { valuesOf } from '../golden/values.js'
import { renderJson } from '../json.js'
import { counterexampleFile } from '../names.js'
import { readRun } from '../read.js'
import { runDocument } from '../schema/run.js'
import { renderRunReport } from './run-report.js'

const bodyOf = (page: string): string => page.slice(page.indexOf('<body>'), page.indexOf('</body>'))
/** Elements with their attributes, as this report writes them. */
const element = /<\/?([a-z0-9]+)((?: [\w-]+(?:="[^"<>]*")?)*) ?\/?>/g

test('whatever a run holds, the page has only the elements and attributes that are the report’s own', t => {
  const elements = new Set(
    'body header section nav h1 h2 h3 p a ul li table thead tbody tr th td code small span br details summary div svg title rect line text polyline'.split(
      ' ',
    ),
  )
  const attributes = new Set(
    'id class href scope colspan role tabindex open width height viewBox x y x1 x2 y1 y2 points text-anchor aria-label aria-hidden'.split(
      ' ',
    ),
  )
  const isSafe = (value: unknown) => {
    assert.ok(typeof value === 'object' && value !== null)
    const read = readRun(renderJson(value, { times: true }))
    assert.ok('run' in read)
    const body = bodyOf(renderRunReport(read.run))
    for (const [, name, its] of body.matchAll(element)) {
      assert.ok(elements.has(name), name)
      for (const [, attribute] of its.matchAll(/ ([\w-]+)="/g)) assert.ok(attributes.has(attribute), attribute)
    }
    for (const [, target] of body.matchAll(/href="([^"]*)"/g)) assert.match(target, /^(#[a-z]+|\.\/[\w.+@%-]+\.html)$/)
    assert.doesNotMatch(body.replaceAll(element, ''), /[<>"`]/)
    assert.doesNotMatch(body.replaceAll('\n', ''), /[\p{Cc}\p{Cf}]/u)
  }
  t.notThrows(() => fc.assert(fc.property(valuesOf(runDocument), isSafe), { numRuns: 40 }))
})

test('a part that was not run says so, and no figure stands in its place', t => {
  const page = bodyOf(renderRunReport(run))
  t.is(page.match(/<td><span class="faint">not run<\/span><\/td>/g)?.length, 10)
  t.notRegex(page, /<td class="num">\d/)
  t.notRegex(page, /NaN|undefined|Infinity/)
})

test('without times, rates and seconds are said not to be timed', t => {
  const { seconds: _, cpuSeconds: __, ...scope } = greenRun.scopes[0]
  const page = bodyOf(renderRunReport({ ...greenRun, scopes: [scope] }))
  t.regex(page, /not timed/)
  t.notRegex(page, /\d \/s|\ds</)
})

test('what is wrong stands in the head, with the change against the pins and a link to its counterexample', t => {
  const page = bodyOf(renderRunReport(redRun))
  const head = page.slice(0, page.indexOf('</header>'))
  t.regex(head, /✖ not as expected/)
  t.regex(head, /violated frames\/references-recount/)
  t.regex(head, /states −47 215 \(48 213 → 998\)/)
  t.true(head.includes(`href="./${encodeURIComponent('mm-small+frames-references-recount')}.html"`))
})

test('a claim that a scope violates is not said to hold because others keep it', t => {
  const page = bodyOf(renderRunReport(redRun))
  t.regex(page, /frames\/references-recount<\/code>.*?✖ violated in mm-small/)
})

test('an answer that no scope gave is a gap in the table of answers', t => {
  const page = bodyOf(renderRunReport({ ...run, ok: false, scopes: [redScope] }))
  t.regex(page, /mm: 1 operation, 1 gap/)
  t.regex(page, /<td class="num">12<\/td><td class="num gap">✖ 0<\/td>/)
})

test('rules that decided nothing are listed by name', t => {
  const part = { system: 'mm', kind: 'step', never: [], whole: [], interleaved: [], both: [] } as const
  const reach = [
    { ...part, rule: 'regions.md#munmap', never: ['munmap.clear'] },
    { ...part, rule: 'regions.md#mmap', whole: ['mmap.map'], never: ['mmap.unmap'] },
  ]
  const page = bodyOf(renderRunReport({ ...greenRun, reach }))
  t.regex(page, /1 rule decided no step of this run/)
  t.regex(page, /<li><code>spec\/regions.md#munmap<\/code><\/li>/)
  t.regex(page, /mmap<\/code> 1 of 2: <span class="faint">without mmap.unmap/)
})

test('disagreements and mutants that nothing noticed are told with what is known of them', t => {
  const page = bodyOf(renderRunReport({ ...lockstepRun, mutants: mutantsRun.mutants, unkilled: mutantsRun.unkilled }))
  t.regex(page, /frames\[1\]\.use<\/code>: model free, implementation page/)
  t.regex(page, /✖ model: a freed slot keeps its content/)
  t.regex(page, /swap\/slots-recount/)
})

test('the same run gives the same bytes', t => {
  t.is(renderRunReport(redRun), renderRunReport(redRun))
})

test('names of files lead nowhere else, and stay as they were for names that are harmless', t => {
  t.is(counterexampleFile({ name: 'fork-swap', mutant: 'fork' }, 'frames/x'), 'fork-swap+fork+frames-x')
  t.notRegex(counterexampleFile({ name: '../../etc' }, 'a\0b'), /[/\0]|^\./)
  t.true(counterexampleFile({ name: 'x'.repeat(500) }, '').length < 200)
})
