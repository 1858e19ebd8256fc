// The screens of the museum on made-up entries: what was found, what was not, and what was cut short.

import test from 'ava'
import { type MuseumEntry, type MuseumResult, museumExitCode, museumSchema } from './museum-result.js'
import { renderMuseum, renderMuseumEntry } from './museum-screen.js'
import { visibleWidth } from './text.js'

const entry: MuseumEntry = {
  id: 'page-kept',
  title: 'A page is kept that is gone',
  systems: ['A kernel', 'another'],
  year: '1999',
  source: 'advisory 7',
  story: ['It was gone.', 'It was kept.'],
  fix: 'it goes',
  likeness: 'the same',
  here: 'The step that lets it go is left out.',
  ingredients: ['tlb'],
  operation: 'munmap',
  edit: 'munmap keeps the page (without clear)',
  bounds: ['frames=1'],
  given: ['P0 spawn'],
  operations: ['munmap'],
  breaks: { id: 'frames/x', says: 'what is gone is gone', rule: 'frames.md#x' },
  found: {
    granularity: 'blocked',
    states: 1234,
    by: 'frames/x',
    says: 'frame 0 is there',
    places: ['frames[0]'],
    steps: [
      {
        command: 'P0 munmap @0 1',
        outcome: 'ok',
        operation: 'munmap',
        step: 'unmap',
        rule: 'regions.md#munmap',
        choices: [],
        diff: [{ path: 'frames[0].references', from: '1', to: '0' }],
      },
    ],
  },
  fixed: { verdict: 'holds', states: 5678 },
  ok: true,
}
const { found: _found, fixed: _fixed, ...bare } = entry
const of = (...entries: readonly MuseumEntry[]): MuseumResult => ({
  schema: museumSchema,
  verb: 'museum',
  ok: entries.every(({ ok }) => ok),
  version: '1.2.3',
  entries,
  outOfReach: [{ id: 'far', title: 'Too far', systems: ['A kernel'], year: '2001', lacks: ['legs'] }],
})
const plain = { colour: false, width: 120 }

test('a line for each entry, what is out of reach, and how many are as promised', t => {
  t.is(
    renderMuseum(of(entry), plain),
    [
      'mmspec museum · 1.2.3',
      '',
      'entry      year  claim     found at  commands  states  as it is  verdict',
      'page-kept  1999  frames/x  blocked          1   1 234     5 678  found, and holds as it is',
      '',
      'out of reach',
      '  far · Too far · lacks legs',
      '',
      '✔ 1 of 1 entry as promised · 1 out of reach',
      '',
    ].join('\n'),
  )
})

test('what is not as promised says so, and decides the exit code', t => {
  const wrong: readonly (readonly [MuseumEntry, string, ReturnType<typeof museumExitCode>])[] = [
    [{ ...bare, ok: false }, 'not found', 1],
    [{ ...bare, ok: false, cut: 'time' }, 'cut short: time', 3],
    [{ ...bare, ok: false, cut: 'interrupted' }, 'cut short: interrupted', 130],
    [{ ...entry, ok: false, breaks: { ...entry.breaks, id: 'frames/y' } }, 'found by frames/x', 1],
    [
      { ...entry, ok: false, fixed: { verdict: 'violated', states: 3, by: 'frames/z' } },
      'violated as it is: frames/z',
      1,
    ],
  ]
  for (const [bad, says, code] of wrong) {
    const result: MuseumResult = { ...of(entry, bad), ...(bad.cut === undefined ? {} : { cut: bad.cut }) }
    const text = renderMuseum(result, plain)
    t.true(text.includes(says), text)
    t.true(text.includes('1 of 2 entries as promised'), text)
    t.true(renderMuseumEntry(bad, plain).includes(says))
    t.is(museumExitCode(result), code)
  }
  t.is(museumExitCode(of(entry)), 0)
})

test('the story tells what happened, how it is made here, and the way', t => {
  const text = renderMuseumEntry(entry, plain)
  for (const said of [
    'A page is kept',
    'A kernel',
    'It was kept.',
    'Mended: it goes',
    'munmap keeps the page',
    '✖  1',
  ]) {
    t.true(text.includes(said), said)
  }
  t.true(text.includes('granularity blocked'))
  t.true(text.includes('without the edit it holds (exhaustive) · 5 678 states'))
})

test('no line passes the width, and nothing draws on the screen', t => {
  const hostile = { ...entry, title: 'a\u001b[31mb\nc' }
  for (const width of [60, 80, 120]) {
    for (const text of [
      renderMuseum(of(hostile), { colour: true, width }),
      renderMuseumEntry(hostile, { colour: true, width }),
    ]) {
      t.true(text.split('\n').every(line => visibleWidth(line) <= width))
    }
  }
  t.false(renderMuseumEntry(hostile, plain).includes('\u001b'))
})
