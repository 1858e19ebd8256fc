// The screen of `mmspec lockstep` and `random`: a line for each driver, how its commands were mixed, and where model
// and machine disagree, the steps with both answers side by side and the first place that differs spelled out.

import type { Page } from './paint.js'
import type { Disagreement, LockstepResult } from './result.js'
import { type SheetRow, sheet } from './sheet.js'
import { type StepRow, stepTable } from './steps.js'
import { counted, flow, grouped } from './text.js'
import { changingShare, lockstepVerdict, rateOf, replayLine, ruleFile, secondsOf } from './verdicts.js'

const headers = ['scope', 'driver', 'compared', 'changing', 'states', 'rate', 'seconds']

export function driverSheet(results: readonly LockstepResult[], page: Page, verbose: boolean): readonly string[] {
  const rows = results.map(result => driverRow(result, page))
  const mixed = results.filter(result => verbose || result.driver === 'random')
  return [...sheet(rows, headers, page), '', ...mixed.flatMap(result => mix(result, page))]
}

function driverRow(result: LockstepResult, { paint }: Page): SheetRow {
  const { compared, states } = result
  const figures = [grouped(compared), changingShare(result), states === undefined ? '' : grouped(states)]
  return {
    cells: [result.name, driverOf(result), ...figures, rateOf(result), secondsOf(result)],
    verdict: lockstepVerdict(result),
    tone: result.cut !== undefined ? paint.open : result.ok ? paint.good : paint.bad,
  }
}

const driverOf = ({ driver, geometry }: LockstepResult) => `${driver} ${geometry}`

/** A random run that hardly tries an operation proves little about it: its mix is always shown, and its seed. */
function mix(result: LockstepResult, { paint, width }: Page): readonly string[] {
  const { name, seed, mix } = result
  const counts = mix.map(({ name, count }) => (count === 0 ? paint.open(`${name} 0`) : `${name} ${grouped(count)}`))
  // The point stays with the count before it, so that no line begins with one.
  const parts = counts.map((count, i) => (i === counts.length - 1 ? count : `${count} ·`))
  // A seed is copied back to a command line, so its digits stay together.
  const said = parts.length === 0 ? ['no command'] : parts
  const of = [name, driverOf(result), ...(seed === undefined ? [] : [`seed ${seed}`])].join(' · ')
  return [
    ...flow([of], { lead: 'mix  ', separator: ' ', width }),
    ...flow(said, { lead: '     ', separator: ' ', width }),
  ]
}

export function disagreements(results: readonly LockstepResult[], page: Page): readonly (readonly string[])[] {
  return results.flatMap(result =>
    result.disagreement === undefined ? [] : [block(result.disagreement, result, page)],
  )
}

function block(found: Disagreement, result: LockstepResult, page: Page): readonly string[] {
  const { paint, width } = page
  const rule = found.steps.at(-1)?.rule ?? ''
  const line = (label: string, text: string) => flow([text], { lead: `  ${label.padEnd(9)}`, separator: ' ', width })
  const head = [
    paint.bad(`disagree about ${found.about}`),
    found.says,
    ...(rule === '' ? [] : [paint.faint(ruleFile(rule))]),
  ]
  return [
    ...flow(head, { lead: paint.bad('✖ '), separator: '   ', width }),
    ...flow([counted(found.steps.length, 'command'), result.name, driverOf(result)], {
      lead: '  ',
      separator: ' · ',
      width,
    }),
    '',
    ...stepTable(stepRows(found), page),
    '',
    '  the first place that differs',
    ...line('place', paint.strong(found.place)),
    ...line('model', found.model),
    ...line('machine', found.machine),
    '',
    ...flow([paint.strong(replayLine(found.token))], { lead: '  replay  ', separator: ' ', width }),
  ]
}

function stepRows({ steps }: Disagreement): readonly StepRow[] {
  return [
    { number: '', command: '', answers: ['model', 'machine'], wrong: false },
    ...steps.map((step, i) => ({
      number: String(i + 1),
      command: step.command,
      answers: [`→ ${step.model}`, `→ ${step.machine}`],
      diff: step.diff,
      wrong: i === steps.length - 1,
    })),
  ]
}
