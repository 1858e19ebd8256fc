// One trace, step by step, for whoever follows it with a finger: nothing is folded but what did not change.

import { createPaint, type Page } from './paint.js'
import type { Change, LockstepResult, LockstepStep, Trace, TraceStep } from './result.js'
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
  return [
    ...flow([paint.strong(step.command), `→ ${answerOf(step)}`], {
      lead: `${number.padStart(3)}  `,
      separator: '  ',
      width,
    }),
    ...line('rule', step.rule === '' ? [] : [ruleFile(step.rule)]),
    ...line('choices', step.choices),
    ...changesBlock(step.diff, width),
  ]
}

function changesBlock(diff: readonly Change[], width: number): readonly string[] {
  if (diff.length === 0) return ['     unchanged']
  return diff.flatMap(({ path, from, to }) =>
    flow([`${path}: ${from} → ${to}`], { lead: '     ', separator: ' ', width }),
  )
}

/** Model and implementation under the same commands, step by step, and where they part if they do. */
export function renderSideBySide(given: LockstepResult, { colour, width, until }: ReplayOptions): string {
  const { disagreement, ok } = withPlainText(given)
  if (disagreement === undefined) return 'both sides agree\n'
  const page = { paint: createPaint(colour), width }
  const { steps, token, says, place, model, machine } = disagreement
  const shown = steps.slice(0, until)
  const rest = steps.length - shown.length
  const parting = [
    ...flow([page.paint.bad(`✖ ${says}`)], { lead: '', separator: ' ', width }),
    ...flow([`${place}: model ${model}, machine ${machine}`], { lead: '  ', separator: ' ', width }),
  ]
  const blocks = [
    [...flow([replayLine(token)], { lead: '', separator: ' ', width }), '  0  initial'],
    ...shown.map((step, i) => pairBlock(step, String(i + 1), page)),
    ...(rest === 0 ? [] : [[`  … ${counted(rest, 'more step')}`]]),
    ok ? [page.paint.good(`✔ both sides agree along these ${counted(steps.length, 'step')}`)] : parting,
  ]
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`
}

function pairBlock(step: LockstepStep, number: string, { paint, width }: Page): readonly string[] {
  const line = (label: string, text: string) =>
    text === '' ? [] : flow([text], { lead: `     ${paint.faint(label.padEnd(9))}`, separator: ' ', width })
  return [
    ...flow([paint.strong(step.command)], { lead: `${number.padStart(3)}  `, separator: '  ', width }),
    ...line('model', step.model),
    ...line('machine', step.machine),
    ...line('rule', step.rule === '' ? '' : ruleFile(step.rule)),
    ...changesBlock(step.diff, width),
  ]
}
