// The table of what is asked for: every reference leads somewhere, nothing counts as built that nothing keeps, and each
// kind of mistake is shown on a small table.

import test from 'ava'
import { renderTrace } from '../../reports/index.js'
import { UserError } from '../errors.js'
import { type Known, lineIn } from './known.js'
import { readRequirements } from './requirements.js'
import { trace, traceFindings } from './trace.js'

const known: Known = {
  rules: new Set(['swap.md#slots']),
  operations: new Set(['swapOut']),
  claims: new Set(['swap/slot-keeps-content']),
  mutants: new Map(),
  lineOf: code => (code === 'impl/swap/swap.ts:swapOut' ? 12 : null),
}
const kept =
  'rules: [swap.md#slots], operations: [swapOut], code: ["impl/swap/swap.ts:swapOut"], claims: [swap/slot-keeps-content]'
const found = (...rows: readonly string[]) =>
  traceFindings(readRequirements(`swap:\n${rows.map(row => `  - { ${row} }`).join('\n')}\n`, 'x.yaml'), known).map(
    ({ line, says, next }) => `${line} ${says}; ${next}`,
  )

test('a row that is built has a rule, an operation, code and a claim, or says why not', t => {
  t.deepEqual(found(`id: FW-01, says: it, status: built, ${kept}`), [])
  t.is(found('id: FW-01, says: it, status: built').length, 4)
  t.deepEqual(found('id: FW-01, says: it, status: built, why: a decision'), [])
  t.deepEqual(found('id: FW-01, says: it, status: not built, why: later'), [])
})

test('a reference to what is not there is found with its line, and with what is near', t => {
  const row = (part: string) => `id: FW-01, says: it, status: partly, why: half, ${part}`
  t.deepEqual(found(row('rules: [swap.md#slosts]')), [
    '2 gives FW-01 the rule swap.md#slosts, and there is none; did you mean swap.md#slots?',
  ])
  t.regex(found(row('operations: [heap]'))[0], /the operation heap, and there is none; choose one that there is/)
  t.regex(found(row('claims: [swap/none]'))[0], /the claim swap\/none/)
  t.regex(
    found(row('code: ["impl/swap/swap.ts:swapUp"]'))[0],
    /the code impl\/swap\/swap.ts:swapUp, and it is not there/,
  )
})

test('a row that stands twice is found', t => {
  const row = `id: FW-01, says: it, status: built, ${kept}`
  t.regex(found(row, row)[0], /has the row FW-01 twice/)
})

test('a row that is not built must say why, and a word that is no status is refused with its place', t => {
  const refused = (row: string) => t.throws(() => found(row), { instanceOf: UserError })
  t.regex(refused('id: FW-01, says: it, status: partly')?.message ?? '', /a row that is not built says why/)
  t.is(refused('id: FW-01, says: it, status: done, why: x')?.place, 'x.yaml:2:36')
  t.regex(refused('id: FW-1, says: it, status: built')?.message ?? '', /id/)
})

test('code is found as a function, a constant, or a function of a record, at its line', t => {
  const lineOf = lineIn(() => '// why\nexport function one() {}\n  const two = () => 1\nconst twos = 2\n')
  t.deepEqual(['x.ts', 'x.ts:one', 'x.ts:two', 'x.ts:twos', 'x.ts:three'].map(lineOf), [1, 2, 3, 4, null])
})

test('all rows that are asked for are there, each once: 189 of the system, 24 layouts, 8 of the checker', t => {
  const { rows, totals } = trace()
  const count = (ids: RegExp) => rows.filter(({ id }) => ids.test(id)).length
  t.deepEqual([/^FW-/, /^VE-/, /^PH-/, /^OD-/, /^R/, /^X-/].map(count), [67, 73, 18, 31, 24, 8])
  t.is(new Set(rows.map(({ id }) => id)).size, rows.length)
  t.is(totals.built + totals.partly + totals['not built'], rows.length)
  t.is(rows[0].status, 'not built')
  t.is(rows.at(-1)?.status, 'built')
})

test('mutants follow from claims, gaps are asked for alone, and an unknown row is refused with the nearest', t => {
  const [fork] = trace({ ids: ['FW-25'] }).rows
  t.true(fork.mutants.includes('fork lets the parent go on writing'))
  t.true(trace({ gaps: true }).rows.every(({ status }) => status !== 'built'))
  t.is(t.throws(() => trace({ ids: ['FW-255'] }), { instanceOf: UserError })?.nearest, 'FW-25')
})

test('the screen begins with what is missing and ends with the totals', t => {
  const lines = renderTrace(trace(), { colour: false, width: 100, full: false }).trimEnd().split('\n')
  t.regex(lines[0], /^not built: \d+$/)
  t.regex(lines.at(-1) ?? '', /^221 rows: \d+ built, \d+ partly, \d+ not built$/)
  t.true(lines.every(line => line.length <= 100))
})
