// The screen of `mmspec random --model`: a line for each scope, then what was violated, by the trace that shrinking left.

import { stepRows } from './check-screen.js'
import type { ScreenOptions } from './console.js'
import { createPaint, type Page } from './paint.js'
import { type SheetRow, sheet } from './sheet.js'
import { stepTable } from './steps.js'
import { counted, flow, grouped, withPlainText } from './text.js'
import { replayLine, secondsOf } from './verdicts.js'
import type { WalkedScope, WalkFailure, WalkResult } from './walk-result.js'

export function renderWalks(given: WalkResult, { colour, width }: ScreenOptions): string {
  const result = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const parts = [
    flow(['mmspec random --model', result.version, `seed ${result.seed}`].map(page.paint.faint), {
      lead: '',
      separator: ' · ',
      width,
    }).join('\n'),
    sheet(
      result.scopes.map(scope => rowOf(scope, page)),
      ['scope', 'walks', 'commands', 'changing', 'seconds'],
      page,
    ).join('\n'),
    ...result.scopes.flatMap(scope => (scope.failure === undefined ? [] : [block(scope.failure, page).join('\n')])),
    conclusion(result, page),
  ]
  return `${parts.join('\n\n')}\n`
}

const rowOf = (scope: WalkedScope, { paint }: Page): SheetRow => ({
  cells: [nameOf(scope), ...[scope.walks, scope.taken, scope.changing].map(grouped), secondsOf(scope)],
  verdict: scope.failure === undefined ? 'nothing found' : `violates ${scope.failure.claim}`,
  tone: scope.failure === undefined ? paint.open : paint.bad,
})
const nameOf = ({ name, mutant }: WalkedScope) => (mutant === undefined ? name : `${name} with mutant ${mutant}`)

function block({ claim, witness, length, shrunk }: WalkFailure, page: Page): readonly string[] {
  const { paint, width } = page
  const line = (label: string, text: string) => flow([text], { lead: `  ${label.padEnd(9)}`, separator: ' ', width })
  return [
    ...flow([paint.bad(claim), witness.says], { lead: paint.bad('✖ '), separator: '   ', width }),
    ...line('claim', shrunk.says),
    ...line('length', `found with ${counted(length, 'command')}, shrunk to ${shrunk.after}`),
    '',
    ...(shrunk.trace === undefined ? [] : stepTable(stepRows(shrunk.trace), page)),
    '',
    ...line('replay', paint.strong(replayLine(shrunk.token))),
    ...line('shorter', `npx mmspec shrink ${shrunk.token}`),
  ]
}

function conclusion({ ok, cut, scopes }: WalkResult, { paint }: Page): string {
  if (!ok) return paint.bad(`✖ violated in ${counted(scopes.filter(s => s.failure !== undefined).length, 'scope')}`)
  if (cut !== undefined) return paint.open(`… cut short: ${cut}; nothing found by then`)
  return paint.good('✔ nothing found; a walk that finds nothing proves nothing')
}
