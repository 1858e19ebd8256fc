// Each row against what keeps it, and what is wrong with the table: a reference to what is not there, a row that counts
// as built and is kept by nothing.

import { type RowStatus, rowStatuses, type TraceResult, type TraceRow, traceSchema } from '../../reports/index.js'
import { unknownWord } from '../errors.js'
import { nearest } from '../notation/index.js'
import { chapters, type Finding } from '../spec/chapters.js'
import { type Known, knownOf } from './known.js'
import { type Requirement, requirements, requirementsFile } from './requirements.js'

export interface Asked {
  /** Ids of rows; all where none is given. */
  readonly ids?: readonly string[]
  /** Rows that are not built, or not wholly. */
  readonly gaps?: boolean
}

export function trace({ ids = [], gaps = false }: Asked = {}): TraceResult {
  const table = requirements()
  const known = knownOf(chapters())
  for (const id of ids) {
    if (!table.some(row => row.id === id)) {
      const next = "'mmspec trace' lists all rows"
      throw unknownWord(
        'row',
        id,
        table.map(row => row.id),
        { next },
      )
    }
  }
  const rows = table
    .filter(({ id }) => ids.length === 0 || ids.includes(id))
    .filter(({ status }) => !gaps || status !== 'built')
    .map(row => traced(row, known))
  return { schema: traceSchema, totals: totalsOf(rows), rows: rows.toSorted(gapsFirst) }
}

const gapsFirst = (a: TraceRow, b: TraceRow): number => rowStatuses.indexOf(a.status) - rowStatuses.indexOf(b.status)

const totalsOf = (rows: readonly TraceRow[]): TraceResult['totals'] => {
  const count = (status: RowStatus) => rows.filter(row => row.status === status).length
  return { 'not built': count('not built'), partly: count('partly'), built: count('built') }
}

const traced = ({ line: _, why, ...row }: Requirement, known: Known): TraceRow => ({
  ...row,
  ...(why === undefined ? {} : { why }),
  code: row.code.map(code => {
    const [file, name] = code.split(':')
    return { file, ...(name === undefined ? {} : { name }), line: known.lineOf(code) ?? 1 }
  }),
  mutants: [...new Set(row.claims.flatMap(claim => known.mutants.get(claim) ?? []))],
})

/** What is wrong with rows of the table. */
export const traceFindings = (
  table: readonly Requirement[] = requirements(),
  known: Known = knownOf(chapters()),
): readonly Finding[] => table.flatMap((row, at) => [...repeated(row, table, at), ...missing(row, known), ...bare(row)])

function repeated({ id, line }: Requirement, table: readonly Requirement[], at: number): readonly Finding[] {
  if (table.findIndex(row => row.id === id) === at) return []
  return [finding(line, `has the row ${id} twice`, 'leave one of them out')]
}

function missing({ id, line, rules, operations, claims, code }: Requirement, known: Known): readonly Finding[] {
  const kinds = [
    { kind: 'rule', given: rules, there: known.rules },
    { kind: 'operation', given: operations, there: known.operations },
    { kind: 'claim', given: claims, there: known.claims },
  ]
  return [
    ...kinds.flatMap(({ kind, given, there }) =>
      given
        .filter(one => !there.has(one))
        .map(one => {
          const meant = nearest(one, [...there])
          const next = meant === null ? `choose one that there is` : `did you mean ${meant}?`
          return finding(line, `gives ${id} the ${kind} ${one}, and there is none`, next)
        }),
    ),
    ...code
      .filter(one => known.lineOf(one) === null)
      .map(one => finding(line, `gives ${id} the code ${one}, and it is not there`, 'name a file, or file:function')),
  ]
}

/** What is built has a rule, an operation, code and a claim, unless it says why not. */
function bare({ id, line, status, why, rules, operations, code, claims }: Requirement): readonly Finding[] {
  if (status !== 'built' || why !== undefined) return []
  const parts = { rule: rules, operation: operations, code, claim: claims }
  return Object.entries(parts)
    .filter(([, given]) => given.length === 0)
    .map(([part]) => finding(line, `counts ${id} as built without a ${part}`, `name one, or say why there is none`))
}

const finding = (line: number, says: string, next: string): Finding => ({ file: requirementsFile, line, says, next })
