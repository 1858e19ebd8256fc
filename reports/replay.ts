// One trace, step by step, for whoever follows it with a finger: nothing is folded but what did not change.

import { createPaint, type Page } from './paint.js'
import type { Trace, TraceStep } from './result.js'
import { counted, flow, withPlainText } from './text.js'
import { answerOf, replayLine, ruleFile } from './verdicts.js'

export interface ReplayOptions {
  readonly colour: boolean
  readonly width: number
  /** The last step to show; all where it is left out. */
  readonly until?: number
}

export function renderReplay(given: Trace, { colour, width, until }: ReplayOptions): string {
  const { steps, token } = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const shown = steps.slice(0, until)
  const rest = steps.length - shown.length
  const blocks = [
    [...flow([replayLine(token)], { lead: '', separator: ' ', width }), '  0  initial'],
    ...shown.map((step, i) => stepBlock(step, String(i + 1), page)),
    ...(rest === 0 ? [] : [[`  … ${counted(rest, 'more step')}`]]),
  ]
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function stepBlock(step: TraceStep, number: string, { paint, width }: Page): readonly string[] {
  const line = (label: string, parts: readonly string[]) =>
    parts.length === 0 ? [] : flow(parts, { lead: `     ${paint.faint(label.padEnd(9))}`, separator: ' · ', width })
  const changes = step.diff.map(({ path, from, to }) => `${path}: ${from} → ${to}`)
  return [
    ...flow([paint.strong(step.command), `→ ${answerOf(step)}`], {
      lead: `${number.padStart(3)}  `,
      separator: '  ',
      width,
    }),
    ...line('rule', step.rule === '' ? [] : [ruleFile(step.rule)]),
    ...line('choices', step.choices),
    ...(changes.length === 0
      ? ['     unchanged']
      : changes.flatMap(change => flow([change], { lead: '     ', separator: ' ', width }))),
  ]
}
