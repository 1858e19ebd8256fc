// A line for each thing that ran: its figures in columns, its verdict last. On a narrow screen the verdict moves under
// the figures, and where even those do not fit, each row becomes a few lines of its own. One layout for all rows, so
// that figures stay comparable.

import { alignRows } from './list.js'
import type { Page } from './paint.js'
import { flow, padEnd, visibleWidth } from './text.js'

export interface SheetRow {
  readonly cells: readonly string[]
  readonly verdict: string
  readonly tone: (text: string) => string
}

/** `headers` name the cells; the first cell is the row's name. */
export function sheet(rows: readonly SheetRow[], headers: readonly string[], page: Page): readonly string[] {
  const [head = '', ...lines] = alignRows(
    rows.map(row => row.cells),
    headers,
  )
  const across = Math.max(...[head, ...lines].map(visibleWidth))
  const longest = Math.max(...rows.map(row => visibleWidth(row.verdict)))
  if (across + 2 + longest <= page.width) {
    return [
      page.paint.faint(`${padEnd(head, across)}  verdict`),
      ...rows.map((row, y) => `${padEnd(lines[y] ?? '', across)}  ${row.tone(row.verdict)}`),
    ]
  }
  if (across <= page.width)
    return [page.paint.faint(head), ...rows.flatMap((row, y) => [lines[y] ?? '', ...under(row, page)])]
  return rows.flatMap(row => [...card(row, headers, page), ...under(row, page)])
}

const under = ({ verdict, tone }: SheetRow, { width }: Page) =>
  flow([tone(verdict)], { lead: '  ', separator: ' ', width })

function card({ cells: [name = '', ...cells] }: SheetRow, [, ...headers]: readonly string[], { paint, width }: Page) {
  const figures = cells.flatMap((cell, i) => (cell === '' ? [] : [`${headers[i]} ${cell}`]))
  return [
    ...flow([paint.strong(name)], { lead: '', separator: ' ', width }),
    ...flow(figures, { lead: '  ', separator: ' · ', width }),
  ]
}
