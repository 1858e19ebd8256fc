// The table of steps under a counterexample: number, command, what was answered, what changed. Only changed leaves are
// shown. A diff that does not fit beside its command goes under it, and the last step, where it went wrong, is marked.
//
//      1  P0 spawn                    → ok       processes[0].alive no→yes, space none→0
//   ✖  2  P0 mmap @0 1 rw private     → ok @0    regions[0] …

import { foldChanges } from './diff.js'
import type { Page } from './paint.js'
import type { Change } from './result.js'
import { flow, padEnd, padStart, visibleWidth } from './text.js'

export interface StepRow {
  readonly number: string
  readonly command: string
  /** One for a trace, two for lockstep: the model's and the machine's. */
  readonly answers: readonly string[]
  /** Nothing for a line that is no step: the headers, the first state. */
  readonly diff?: readonly Change[]
  readonly wrong: boolean
}

export function stepTable(rows: readonly StepRow[], page: Page): readonly string[] {
  const digits = Math.max(2, ...rows.map(row => visibleWidth(row.number)))
  const cap = Math.floor(page.width / 2)
  const widths = columnWidths(rows.map(cellsOf)).map(width => Math.min(width, cap))
  return rows.flatMap(row => stepLines(row, `${row.wrong ? '✖' : ' '} ${padStart(row.number, digits)}  `, widths, page))
}

const cellsOf = ({ command, answers }: StepRow) => [command, ...answers]

function columnWidths(rows: readonly (readonly string[])[]): readonly number[] {
  const columns = Math.max(...rows.map(cells => cells.length))
  return Array.from({ length: columns }, (_, i) => Math.max(...rows.map(cells => visibleWidth(cells[i] ?? ''))))
}

function stepLines(row: StepRow, number: string, widths: readonly number[], page: Page): readonly string[] {
  const { paint, width } = page
  const lead = row.wrong ? paint.bad(number) : number
  const cells = cellsOf(row)
  const head = lead + cells.map((cell, i) => padEnd(cell, widths[i] ?? 0)).join('  ')
  const changes = changeTexts(row)
  const beside = `${head}  ${changes.map(paint.faint).join('; ')}`.trimEnd()
  if (visibleWidth(beside) <= width) return [beside]
  const short = visibleWidth(head.trimEnd()) <= width
  return [
    ...(short ? [head.trimEnd()] : flow(cells, { lead, separator: '  ', width })),
    ...changeLines(changes, visibleWidth(number) + 2, page),
  ]
}

function changeTexts({ diff }: StepRow): readonly string[] {
  if (diff === undefined) return []
  return diff.length === 0 ? ['unchanged'] : foldChanges(diff)
}

/** A record a line: a long diff is read by looking for the record. */
function changeLines(changes: readonly string[], indent: number, { paint, width }: Page): readonly string[] {
  return changes.flatMap(change =>
    flow(change.split(/(?<=,) /).map(paint.faint), { lead: ' '.repeat(indent), separator: ' ', width }),
  )
}
