// The screen of granularities on made-up searches: what agrees, what differs, and what was cut short.

import test from 'ava'
import {
  type GranularityResult,
  type GranularityRow,
  granularityExitCode,
  granularitySchema,
} from './granularity-result.js'
import { renderGranularity } from './granularity-screen.js'

const row: GranularityRow = {
  name: 'two-cpus',
  kind: 'scope',
  fused: { verdict: 'holds', states: 1000, rests: 12 },
  full: { verdict: 'holds', states: 2500, rests: 12 },
  differences: [],
  ok: true,
}
const different: GranularityRow = {
  ...row,
  full: { verdict: 'violated', claim: 'a/b', states: 70, rests: 3 },
  differences: ['fused holds, full violated a/b'],
  ok: false,
}
const open: GranularityRow = { ...row, full: { ...row.full, verdict: 'bounded', cut: 'states' }, ok: false }
const of = (...rows: readonly GranularityRow[]): GranularityResult => ({
  schema: granularitySchema,
  verb: 'granularity',
  ok: rows.every(({ ok }) => ok),
  version: '1.2.3',
  rows,
})
const plain = { colour: false, width: 120 }

test('a line for each pair with its factor, and how many agree', t => {
  t.is(
    renderGranularity(of(row), plain),
    [
      'mmspec granularity · 1.2.3',
      '',
      'searched  of     fused   full  factor  at rest  verdict',
      'two-cpus  scope  1 000  2 500     2.5       12  both: holds',
      '',
      '✔ 1 of 1 pair agree',
      '',
    ].join('\n'),
  )
  t.is(granularityExitCode(of(row)), 0)
})

test('what differs says how, and what was cut short is neither', t => {
  const screen = renderGranularity(of(row, different, open), plain)
  t.regex(screen, /✖ two-cpus · fused holds, full violated a\/b/)
  t.regex(screen, /cut short: states/)
  t.regex(screen, /✖ 1 of 3 pairs agree · 1 cut short/)
  t.is(granularityExitCode(of(row, different, open)), 1)
  t.is(granularityExitCode(of(open)), 3)
  t.is(granularityExitCode(of({ ...open, full: { ...open.full, cut: 'interrupted' } })), 130)
})
