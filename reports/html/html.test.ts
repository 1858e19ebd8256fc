// Pages as text: nothing that is put into one becomes markup, all states of a trace are there, and a long one stays small.

import test from 'ava'
import fc from 'fast-check'
import { brokenClaim, disagreeing, redScope } from '../golden/fixtures.js'
import { hostileStrings } from '../golden/hostile.js'
import { tag, tagsOf } from '../golden/tags.js'
import type { Trace } from '../result.js'
import { renderCounterexample } from './counterexample.js'
import { renderDisagreement } from './disagreement.js'
import { data, html, lines } from './markup.js'
import { shotsOf, variantOf } from './states.js'

test('no string becomes markup, wherever it is put in', t => {
  const strings = fc.oneof(hostileStrings, fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(strings, text => {
      for (const shown of [html`${text}`, lines(text)])
        t.notRegex(shown.toString().replaceAll('\n', ''), /[<>"'`\p{Cc}\p{Cf}]/u)
      t.notRegex(data({ [text]: text }).toString(), /<|-->/)
    }),
  )
})

test('whatever strings a result holds, a page has no other elements, attributes, links or data than its own', t => {
  const marks = [
    '</script><script>alert(1)</script>',
    '<!--<script>',
    '" onload="x',
    "'><img src=x>",
    'javascript:x',
    '\u2028',
    '\u2029',
    '\u0000',
    'cpu 0: resume',
    'a.b[0]',
  ]
  const strings = fc.array(fc.oneof(fc.constantFrom(...marks), hostileStrings, fc.string({ unit: 'binary' })), {
    minLength: 1,
    maxLength: 12,
  })
  const closed = new Set(['verdict', 'kind', 'is', 'unasked', '0'])
  fc.assert(
    fc.property(strings, fc.boolean(), (texts, keepsPaths) => {
      let next = 0
      const hostile: Trace = JSON.parse(JSON.stringify(told), (key, part: unknown) =>
        typeof part === 'string' && !closed.has(key) && !(keepsPaths && key === 'path')
          ? texts[next++ % texts.length]
          : part,
      )
      const [evil] = texts
      const page = renderCounterexample({
        scope: { ...redScope, name: evil, bounds: [evil], mutant: evil, asked: evil, sets: [evil] },
        claim: {
          ...brokenClaim,
          id: evil,
          says: evil,
          rule: evil,
          witness: { says: evil, places: [evil, 'frames[0]'] },
          trace: hostile,
        },
        version: evil,
      })
      t.deepEqual(
        tagsOf(page).filter(found => !tag.test(found)),
        [],
      )
      t.is(page.match(/<script/g)?.length, 4)
      for (const [, href] of page.matchAll(/ href="([^"]*)"/g)) t.regex(href, /^#step-\d+$/)
      t.false(/[\p{Cc}\p{Zl}\p{Zp}]/u.test(page.replaceAll('\n', '')))
      const [, json = ''] = /id="claim">([\s\S]*?)<\/script>/.exec(page) ?? []
      t.deepEqual(JSON.parse(json).trace.token, hostile.token)
    }),
    { numRuns: 60 },
  )
})

test('lists are joined, null is nothing, and what is markup already stays as it is', t => {
  t.is(html`<p>${[1, html`<b>${'<'}</b>`]}${null}</p>`.toString(), '<p>1<b>&lt;</b></p>')
})

test('a value of a union is read back by its name and fields', t => {
  t.deepEqual(variantOf('present(frame 1, rights rw)'), {
    is: 'present',
    fields: new Map([
      ['frame', '1'],
      ['rights', 'rw'],
    ]),
  })
  t.deepEqual(variantOf('absent'), { is: 'absent', fields: new Map() })
})

test('each state follows from the one before it and the step’s diff', t => {
  const step = { ...traceOf(1).steps[0], diff: [{ path: 'frames[0].references', from: '0', to: '1' }] }
  const [first, second] = shotsOf({ initial: [{ path: 'frames[0].references', value: '0' }], steps: [step] })
  t.is(first.leaves.get('frames[0].references'), '0')
  t.is(second.leaves.get('frames[0].references'), '1')
  t.deepEqual([...second.changed], ['frames[0].references'])
})

/** A trace of so many steps over a state as large as that of a usual scope. */
function traceOf(length: number): Trace {
  const initial = [
    ...Array.from({ length: 3 }, (_, p) => ({ path: `processes[${p}].space`, value: String(p) })),
    ...Array.from({ length: 3 }, (_, s) => [
      { path: `spaces[${s}].users`, value: '1' },
      ...Array.from({ length: 4 }, (_, v) => [
        { path: `spaces[${s}].pages[${v}].region`, value: 'rw' },
        { path: `spaces[${s}].pages[${v}].entry`, value: 'present(frame 0, rights r)' },
      ]).flat(),
    ]).flat(),
    ...Array.from({ length: 4 }, (_, f) => [
      { path: `frames[${f}].references`, value: '1' },
      { path: `frames[${f}].content`, value: 'zero' },
    ]).flat(),
    ...Array.from({ length: 2 }, (_, c) => [
      { path: `cpus[${c}].process`, value: '0' },
      { path: `cpus[${c}].tlb[0].holds`, value: 'present(space 0, page 0, frame 0, rights rw)' },
      { path: `cpu ${c}`, value: 'idle' },
    ]).flat(),
  ]
  const steps = Array.from({ length }, (_, i) => ({
    command: `cpu ${i % 2}: P0 mmap @0 1 rw private|anon|fixed`,
    outcome: 'ok @0',
    operation: 'mmap',
    step: 'map',
    rule: 'regions.md#mmap',
    choices: ['frame 0'],
    diff: [{ path: 'frames[0].references', from: String(i), to: String(i + 1) }],
  }))
  return { token: 'mm1:x:0:00000000', initial, steps }
}
/** With all that a step can tell. */
const told: Trace = {
  ...traceOf(2),
  steps: traceOf(2).steps.map(step => ({
    ...step,
    others: {
      shown: [{ command: 'P0 exit', outcome: 'ok', is: 'refused', because: 'exit.end', rule: 'x.md#y' }],
      left: 2,
    },
  })),
  next: { shown: [{ command: 'cpu 0: resume', outcome: 'waits', is: 'waiting', because: 'mmap.lock' }], left: 0 },
  claims: [{ id: 'frames/x', says: 'x', rule: 'frames.md#x', kind: 'state' }],
  statuses: Array.from({ length: 3 }, () => ({
    violated: [{ id: 'frames/x', says: 'x', places: ['frames[0]'] }],
    unasked: ['return'],
  })),
}
const pageOf = (trace: Trace): string =>
  renderCounterexample({ scope: redScope, claim: { ...brokenClaim, trace }, version: '0.0.0' })

test('fifty steps of two CPUs, three spaces of four pages and four frames are less than 300 kB', t => {
  const bytes = Buffer.byteLength(pageOf(traceOf(50)))
  t.true(bytes < 300_000, `${bytes} bytes`)
})

test('without scripts every step is there, with its command, its answer and the memory behind it', t => {
  const page = pageOf(traceOf(7))
  t.is(page.match(/<section class="step"/g)?.length, 8)
  t.is(page.match(/<div class="picture">/g)?.length, 8)
  t.is(page.match(/class="step-command">\d+ · cpu \d: P0 mmap/g)?.length, 7)
})

test('the same counterexample gives the same bytes', t => {
  t.is(pageOf(traceOf(3)), pageOf(traceOf(3)))
})

test('a disagreement has both answers side by side, the place where they part, and steps to take away', t => {
  const { disagreement } = disagreeing
  if (disagreement === undefined) throw new Error('the fixture agrees')
  const found = { ...disagreement, token: 'lk1:mm-small~frames=2:0.3:00000000' }
  const page = renderDisagreement({ result: { ...disagreeing, disagreement: found }, version: '0.0.0' })
  t.regex(page, /<td>frame 1: use<\/td><td class="differ">free<\/td><td class="differ">page<\/td>/)
  t.regex(page, /scope: mm-small\nset: \[&#39;frames=2&#39;\]\nlockstep: true\nsteps:\n {2}- &#39;P0 spawn&#39;/)
})

test('a system without pages and frames is shown leaf by leaf', t => {
  const trace = { token: 'mm1:clock:0:00000000', initial: [{ path: 'hour', value: '1' }], steps: [] }
  const page = pageOf(trace)
  t.notRegex(page, /class="picture"/)
  t.regex(page, /hour = 1/)
})
