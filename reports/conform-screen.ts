// The screen of `mmspec conform`: a line for each row with what each side made of it, the rows that cannot be asked yet
// and why, then each row that went wrong, step by step, and in the last line the totals.

import type { ConformLaterRow, ConformResult, ConformRow, ConformSide } from './conform-result.js'
import type { ScreenOptions } from './console.js'
import { createPaint, type Page } from './paint.js'
import { type StepRow, stepTable } from './steps.js'
import { counted, flow, padEnd, visibleWidth, withPlainText } from './text.js'

/** The whole screen, a newline at the end. Verbose shows the steps of every row. */
export function renderConform(given: ConformResult, { colour, width, verbose = false }: ScreenOptions): string {
  const result = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const parts = [
    heading(result, page),
    ...(result.rows.length === 0 ? [] : [askedSheet(result.rows, page)]),
    ...(result.later.length === 0 ? [] : [laterSheet(result.later, page), reasons(result, page)]),
    ...result.rows.filter(row => verbose || !row.ok).map(row => block(row, page)),
    conclusion(result, page),
  ]
  return `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function heading({ version, recorded, settings }: ConformResult, { paint, width }: Page): readonly string[] {
  const about = Object.entries(recorded).flatMap(([name, value]) => (name === 'count' ? [] : [`${name}: ${value}`]))
  return [
    ...flow(['mmspec conform', version].map(paint.faint), { lead: '', separator: ' · ', width }),
    ...flow(about, { lead: 'recorded  ', separator: ' · ', width }),
    ...flow([settings], { lead: 'here      ', separator: ' ', width }),
  ]
}

function askedSheet(rows: readonly ConformRow[], page: Page): readonly string[] {
  const { good, bad } = page.paint
  const lines = rows.map(row => ({
    cells: [row.id, sideWord(row.model), sideWord(row.machine), row.ok ? 'pass' : 'fail'],
    tone: row.ok ? good : bad,
    situation: row.situation,
  }))
  return situations(lines, ['row', 'model', 'implementation', 'result'], page)
}

interface Line {
  readonly cells: readonly string[]
  /** Of the last cell. */
  readonly tone: (text: string) => string
  readonly situation: string
}

/** Situations are sentences: they stand in the last column and go on below themselves, so that the others stay columns. */
function situations(lines: readonly Line[], headers: readonly string[], { paint, width }: Page): readonly string[] {
  const widths = headers.map((header, at) =>
    Math.max(header.length, ...lines.map(({ cells }) => visibleWidth(cells[at] ?? ''))),
  )
  const lead = (cells: readonly string[], tone: Line['tone']) =>
    cells.map((cell, at) => (at === cells.length - 1 ? tone : plain)(padEnd(cell, widths[at] ?? 0))).join('  ')
  return [
    paint.faint(`${lead(headers, plain)}  situation`),
    ...lines.flatMap(({ cells, tone, situation }) =>
      flow([situation], { lead: `${lead(cells, tone)}  `, separator: ' ', width }),
    ),
  ]
}
const plain = (text: string) => text

function sideWord({ agrees, step, broke }: ConformSide): string {
  if (agrees) return 'agrees'
  return broke === undefined ? `differs at step ${step}` : 'breaks'
}

function laterSheet(rows: readonly ConformLaterRow[], page: Page): readonly string[] {
  const lines = rows.map(({ id, situation, needs }) => ({
    cells: [id, needs.join(', ')],
    tone: page.paint.open,
    situation,
  }))
  return situations(lines, ['not asked', 'needs'], page)
}

function reasons({ reasons: all, later }: ConformResult, { paint, width }: Page): readonly string[] {
  const longest = Math.max(...Object.keys(all).map(name => name.length))
  return Object.entries(all).flatMap(([name, says]) => {
    const rows = later.filter(({ needs }) => needs.includes(name)).length
    return flow([`${says} · ${counted(rows, 'row')}`], {
      lead: `${paint.open(name.padEnd(longest))}  `,
      separator: ' ',
      width,
    })
  })
}

function block(row: ConformRow, page: Page): readonly string[] {
  const { paint, width } = page
  const line = (label: string, text: string | undefined) =>
    text === undefined ? [] : flow([text], { lead: `  ${label.padEnd(16)}`, separator: ' ', width })
  const sign = row.ok ? paint.good('✔ ') : paint.bad('✖ ')
  return [
    ...flow([paint.strong(row.id), row.situation], { lead: sign, separator: '  ', width }),
    ...line('source', row.source),
    ...line('note', row.note),
    ...line('model', row.model.broke),
    ...line('implementation', row.machine.broke),
    '',
    ...stepTable(stepRows(row), page),
  ]
}

function stepRows({ steps, model, machine }: ConformRow): readonly StepRow[] {
  const first = Math.min(...[model, machine].map(({ step }) => step ?? Number.POSITIVE_INFINITY))
  return [
    { number: '', command: '', answers: ['kernel', 'model', 'implementation'], wrong: false },
    ...steps.map((step, at) => ({
      number: String(at + 1),
      command: step.does,
      answers: [step.kernel, step.model, step.machine],
      wrong: at + 1 === first,
    })),
  ]
}

function conclusion({ rows, totals, ok }: ConformResult, { paint, width }: Page): readonly string[] {
  const { asked, agreed, later, recorded } = totals
  const all = [
    `${agreed} of ${counted(asked, 'row')} as the kernel answered`,
    `${later} not asked`,
    `${recorded} recorded`,
  ]
  const wrong = rows.filter(row => !row.ok).map(({ id }) => id)
  const [sign, tone] = ok ? ['✔ ', paint.good] : ['✖ ', paint.bad]
  const named =
    wrong.length === 0 ? [] : flow(wrong.map(tone), { lead: tone('✖ not as recorded: '), separator: ', ', width })
  return [...named, ...flow(all.map(tone), { lead: tone(sign), separator: ' · ', width })]
}
