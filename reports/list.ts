// Aligned tables: for `mmspec list`, and under every screen that has columns. A column of figures is aligned to the
// right, everything else to the left; a column in which nothing stands is left out.

import { padEnd, padStart, visibleWidth } from './text.js'

type Row = readonly string[]

/** Rows under their headers, two spaces between the columns, a newline at the end. */
export function renderTable(rows: readonly Row[], headers: Row): string {
  return `${alignRows(rows, headers).join('\n')}\n`
}

/** The header's line first, then a line for each row. */
export function alignRows(rows: readonly Row[], headers: Row): readonly string[] {
  const columns = headers
    .map((header, i) =>
      columnOf(
        header,
        rows.map(row => row[i] ?? ''),
      ),
    )
    .filter(column => column.used)
  const line = (cells: Row) => cells.join('  ').trimEnd()
  return [
    line(columns.map(column => column.header)),
    ...rows.map((_, y) => line(columns.map(column => column.cells[y] ?? ''))),
  ]
}

function columnOf(header: string, cells: Row) {
  const width = Math.max(...[header, ...cells].map(visibleWidth))
  const pad = cells.every(isFigure) ? padStart : padEnd
  return {
    header: pad(header, width),
    cells: cells.map(cell => pad(cell, width)),
    used: cells.length === 0 || cells.some(cell => cell !== ''),
  }
}

/** A number as the screens write it, perhaps with a unit: `1 234`, `3.9`, `57 %`, `12 000/s`; or nothing. */
export const isFigure = (cell: string) => /^(\d[\d .]*( %|\/s)?)?$/.test(cell)
