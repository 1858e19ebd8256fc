// The screen of `mmspec granularity`: a line for each pair of searches, and where they differ, how.

import type { ScreenOptions } from './console.js'
import type { GranularityResult, GranularityRow, GranularitySide } from './granularity-result.js'
import { createPaint, type Page } from './paint.js'
import { type SheetRow, sheet } from './sheet.js'
import { counted, flow, grouped, withPlainText } from './text.js'

const headers = ['searched', 'of', 'fused', 'full', 'factor', 'at rest', 'seconds']

/** The whole screen, a newline at the end. */
export function renderGranularity(given: GranularityResult, { colour, width }: ScreenOptions): string {
  const result = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const { paint } = page
  const parts = [
    flow(['mmspec granularity', result.version].map(paint.faint), { lead: '', separator: ' · ', width }),
    sheet(
      result.rows.map(row => rowOf(row, page)),
      headers,
      page,
    ),
    ...result.rows
      .filter(row => row.differences.length > 0)
      .map(row => flow([paint.bad(row.name), ...row.differences], { lead: paint.bad('✖ '), separator: ' · ', width })),
    conclusion(result, page),
  ]
  return `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function rowOf({ name, kind, fused, full, differences, ok }: GranularityRow, { paint }: Page): SheetRow {
  const holds = full.verdict === 'holds' && fused.verdict === 'holds'
  const cells = [
    name,
    kind,
    grouped(fused.states),
    grouped(full.states),
    holds ? (full.states / fused.states).toFixed(1) : '',
    holds ? grouped(full.rests) : '',
    full.seconds === undefined || fused.seconds === undefined ? '' : (full.seconds + fused.seconds).toFixed(1),
  ]
  const verdict =
    differences.length > 0 ? 'they differ' : ok ? `both: ${said(full)}` : `cut short: ${full.cut ?? fused.cut}`
  return { cells, verdict, tone: differences.length > 0 ? paint.bad : ok ? paint.good : paint.open }
}
const said = ({ verdict, claim }: GranularitySide) => (verdict === 'violated' ? `violated ${claim}` : verdict)

function conclusion({ ok, rows }: GranularityResult, { paint, width }: Page): readonly string[] {
  const wrong = rows.filter(({ differences }) => differences.length > 0).length
  const open = rows.filter(row => !row.ok && row.differences.length === 0).length
  const parts = [
    `${grouped(rows.length - wrong - open)} of ${counted(rows.length, 'pair')} agree`,
    ...(open === 0 ? [] : [`${grouped(open)} cut short`]),
  ]
  const [sign, tone] = ok ? ['✔ ', paint.good] : wrong > 0 ? ['✖ ', paint.bad] : ['… ', paint.open]
  return flow(parts.map(tone), { lead: tone(sign), separator: ' · ', width })
}
