// The screen of `mmspec linear`: a line for each scope, and where commands came to what no order of them comes to, what
// they answered, what orders answer, and the shortest way there.

import type { ScreenOptions } from './console.js'
import { foldChanges } from './diff.js'
import type { LinearAnswer, LinearResult, LinearScope, LinearViolation } from './linear-result.js'
import { createPaint, type Page } from './paint.js'
import { type SheetRow, sheet } from './sheet.js'
import { type StepRow, stepTable } from './steps.js'
import { counted, flow, grouped, withPlainText } from './text.js'
import { answerOf, replayLine, secondsOf } from './verdicts.js'

const headers = ['scope', 'at rest', 'starts', 'states', 'ordered', 'restarted', 'spurious', 'seconds']

/** The whole screen, a newline at the end. */
export function renderLinear(given: LinearResult, { colour, width }: ScreenOptions): string {
  const result = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const { paint } = page
  const parts = [
    flow(['mmspec linear', result.version].map(paint.faint), { lead: '', separator: ' · ', width }),
    sheet(
      result.scopes.map(scope => rowOf(scope, page)),
      headers,
      page,
    ),
    ...result.scopes.flatMap(scope => (scope.violation === undefined ? [] : [block(scope, scope.violation, page)])),
    conclusion(result, page),
  ]
  return `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function rowOf(scope: LinearScope, { paint }: Page): SheetRow {
  const { rests, starts, states, ends } = scope
  const figures = [rests, starts, states, ends.ordered, ends.restarted, ends.spurious].map(grouped)
  const tone = scope.verdict === 'violated' ? paint.bad : scope.cut === undefined ? paint.good : paint.open
  return { cells: [nameOf(scope), ...figures, secondsOf(scope)], verdict: verdictOf(scope), tone }
}
const nameOf = ({ name, mutant }: LinearScope) => (mutant === undefined ? name : `${name} with mutant ${mutant}`)

function verdictOf({ verdict, cut, broken }: LinearScope): string {
  if (broken !== undefined) return `model error: ${broken}`
  if (verdict === 'violated') return 'no order agrees'
  return cut === undefined ? 'some order agrees, always' : `cut short: ${cut}`
}

function block(scope: LinearScope, { says, answers, orders, trace, before }: LinearViolation, page: Page) {
  const { paint, width } = page
  const line = (label: string, parts: readonly string[], separator = ' · ') =>
    parts.length === 0 ? [] : flow(parts, { lead: `  ${label.padEnd(10)}`, separator, width })
  const rows = trace.steps.map(
    (step, i): StepRow => ({
      number: String(i + 1),
      command: step.command,
      answers: [`→ ${answerOf(step)}`],
      diff: step.diff,
      wrong: i === trace.steps.length - 1,
    }),
  )
  return [
    ...flow([paint.bad(nameOf(scope)), says], { lead: paint.bad('✖ '), separator: ' · ', width }),
    ...line('came to', answers.map(said)),
    ...orders.flatMap(order => [
      ...line('an order', order.answers.map(said)),
      ...line('', order.diff.length === 0 ? [] : foldChanges(order.diff), '; '),
    ]),
    ...line('begins', [before === 0 ? 'in the first state' : `behind step ${before}`]),
    ...flow([paint.strong(replayLine(trace.token))], { lead: '  replay    ', separator: ' ', width }),
    '',
    ...stepTable(rows, page),
  ]
}
const said = ({ command, outcome }: LinearAnswer) => `${command} → ${outcome}`

function conclusion({ ok, scopes }: LinearResult, { paint, width }: Page): readonly string[] {
  const wrong = scopes.filter(({ verdict }) => verdict === 'violated').length
  const open = scopes.filter(({ cut, verdict }) => cut !== undefined && verdict !== 'violated').length
  const parts = [
    ...(ok ? ['as some order, always'] : []),
    counted(scopes.length, 'scope'),
    ...(wrong === 0 ? [] : [`${grouped(wrong)} as no order`]),
    ...(open === 0 ? [] : [`${grouped(open)} cut short`]),
  ]
  const [sign, tone] = ok ? ['✔ ', paint.good] : wrong > 0 ? ['✖ ', paint.bad] : ['… ', paint.open]
  return flow(parts.map(tone), { lead: tone(sign), separator: ' · ', width })
}
