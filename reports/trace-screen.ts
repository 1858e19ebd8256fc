// The screen of `mmspec trace`: gaps first, each with what is missing, then what is built with what keeps it.

import { createPaint, type Page } from './paint.js'
import { counted, flow, withPlainText } from './text.js'
import { type RowStatus, rowStatuses, type TraceResult, type TraceRow } from './trace-result.js'

export interface TraceOptions {
  readonly colour: boolean
  readonly width: number
  /** All of a row, not its first line only. */
  readonly full: boolean
}

export function renderTrace(given: TraceResult, { colour, width, full }: TraceOptions): string {
  const { rows, totals } = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const groups = rowStatuses.flatMap(status => {
    const of = rows.filter(row => row.status === status)
    return of.length === 0 ? [] : [page.paint.strong(`${status}: ${of.length}`), ...layers(of, page, full), '']
  })
  const total = rowStatuses.reduce((sum, status) => sum + totals[status], 0)
  const said = rowStatuses.toReversed().map(status => `${totals[status]} ${status}`)
  return `${[...groups, `${counted(total, 'row')}: ${said.join(', ')}`].join('\n')}\n`
}

function layers(rows: readonly TraceRow[], page: Page, full: boolean): readonly string[] {
  return [...new Set(rows.map(({ layer }) => layer))].flatMap(layer => [
    `  ${page.paint.faint(layer)}`,
    ...rows.filter(row => row.layer === layer).flatMap(row => rowLines(row, page, full)),
  ])
}

const marks: { readonly [S in RowStatus]: string } = { 'not built': '○', partly: '◐', built: '●' }

function rowLines(row: TraceRow, { paint, width }: Page, full: boolean): readonly string[] {
  const { id, says, status, why, rules, operations, code, claims, mutants } = row
  const line = (label: string, parts: readonly string[], separator = ', ') =>
    parts.length === 0 ? [] : flow(parts, { lead: `            ${paint.faint(label.padEnd(11))}`, separator, width })
  return [
    ...flow([says], { lead: `    ${marks[status]} ${id.padEnd(6)}`, separator: ' ', width }),
    ...(why === undefined ? [] : flow([why], { lead: `            ${paint.faint('but')} `, separator: ' ', width })),
    ...(full
      ? [
          ...line('rules', rules),
          ...line('operations', operations),
          ...line('code', code.map(codeName)),
          ...line('claims', claims),
          ...line('mutants', mutants, '; '),
        ]
      : []),
  ]
}

const codeName = ({ file, name, line }: TraceRow['code'][number]): string =>
  name === undefined ? file : `${file}:${line} ${name}`
