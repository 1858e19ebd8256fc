// The pages of a small specification: what is written becomes text and nothing else, links lead where things are, and
// everything is there without scripts.

import test from 'ava'
import fc from 'fast-check'
import { hostileStrings } from '../golden/hostile.js'
import type { SpecDocument } from './document.js'
import { renderSpec } from './site.js'

const text = (said: string) => [{ is: 'text' as const, text: said }]
const documentOf = (said: string): SpecDocument => ({
  version: '1.2.3',
  chapters: [
    {
      name: 'regions',
      title: said,
      blocks: [
        { is: 'heading', depth: 1, anchor: 'regions', of: text(said) },
        {
          is: 'paragraph',
          of: [{ is: 'link', to: { is: 'chapter', chapter: 'swap', anchor: 'slots' }, of: text(said) }],
        },
        { is: 'heading', depth: 3, anchor: 'munmap', of: text('munmap') },
        { is: 'table', head: [text(said)], rows: [[[{ is: 'code', text: 'regions/gone' }]]] },
        { is: 'code', text: said },
        { is: 'list', ordered: false, items: [[{ is: 'paragraph', of: text(said) }]] },
        { is: 'example', walk: { text: `P0 exit -> ok # ${said}`, ...walked } },
      ],
    },
    { name: 'swap', title: 'Swap', blocks: [{ is: 'heading', depth: 1, anchor: 'swap', of: text('Swap') }] },
  ],
  rules: [
    { id: 'regions.md#munmap', operations: ['munmap'], claims: ['regions/gone'], code: [place], rows: ['FW-01'] },
  ],
  claims: [{ id: 'regions/gone', homes: ['model'], says: said, rule: 'regions.md#munmap', also: [], mutants: [said] }],
  trace: {
    schema: 'mmspec/trace@1',
    totals: { built: 1, partly: 0, 'not built': 0 },
    rows: [
      {
        ...{
          id: 'FW-01',
          layer: said,
          says: said,
          status: 'built',
          why: said,
          mutants: [said],
          operations: ['munmap'],
        },
        ...{ rules: ['regions.md#munmap'], claims: ['regions/gone'], code: [place] },
      },
    ],
  },
  sources: [{ file: 'model/x.ts', text: `one\n${said}\nthree\n` }],
})
const place = { file: 'model/x.ts', name: 'x', line: 3 }
const step = { operation: '', step: '', rule: '', choices: [] }
const walked = {
  initial: [
    { path: 'spaces[0].users', value: '1' },
    { path: 'spaces[0].pages[0].region', value: 'rw' },
    { path: 'frames[0].references', value: '1' },
    { path: 'frames[1].references', value: '0' },
  ],
  steps: [
    {
      ...{ ...step, command: 'P0 munmap @0 1', outcome: 'ok' },
      diff: [
        { path: 'frames[0].references', from: '1', to: '0' },
        { path: 'spaces[0].pages[0].region', from: 'rw', to: 'unmapped' },
      ],
    },
  ],
}

test('no string becomes markup, wherever it stands in a chapter, a claim, a row or a source', t => {
  const tags = (page: string) => page.match(/<(?!\/)[a-z]+/g)?.join() ?? ''
  const plain = tags(renderSpec(documentOf('plain')).get('spec.html') ?? '')
  fc.assert(
    fc.property(hostileStrings, said => {
      const shown = renderSpec(documentOf(said.replaceAll(/[\n#]/g, ''))).get('spec.html') ?? ''
      t.is(tags(shown), plain)
    }),
    { numRuns: 50 },
  )
})

test('there is one page with everything, and one for each chapter; a link differs by the page only', t => {
  const pages = renderSpec(documentOf('it'))
  t.deepEqual(
    [...pages.keys()],
    ['spec.html', 'regions.html', 'swap.html', 'claims.html', 'requirements.html', 'sources.html'],
  )
  t.regex(pages.get('spec.html') ?? '', /href="#swap\/slots"/)
  t.regex(pages.get('regions.html') ?? '', /href="swap\.html#swap\/slots"/)
  for (const page of pages.values()) t.regex(page, /default-src &#39;none&#39;/)
})

test('a rule shows what guards it: claims with their mutants, code and rows; each link has its place in the page', t => {
  const page = renderSpec(documentOf('it')).get('spec.html') ?? ''
  t.regex(page, /1 claim · 1 mutant · 1 place in the code · asked for by FW-01/)
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  for (const id of ['claim/regions/gone', 'row/FW-01', 'source/model/x.ts:3', 'regions/munmap']) {
    t.true(links.includes(id), id)
    t.true(page.includes(`id="${id}"`), id)
  }
})

test('an example shows memory after each command, as far as it is ever used', t => {
  const page = renderSpec(documentOf('it')).get('regions.html') ?? ''
  t.regex(page, /P0 munmap @0 1 → ok/)
  t.regex(page, /frame 0/)
  t.notRegex(page, /frame 1/)
})
