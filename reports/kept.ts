// The scenarios of a folder, what each is held to and what it came to: the value and its screen.

import type { ScreenOptions } from './console.js'
import { createPaint } from './paint.js'
import { sheet } from './sheet.js'
import { counted, flow, withPlainText } from './text.js'
import { replayLine } from './verdicts.js'

export const keptSchema = 'mmspec/kept@1'

export interface KeptResult {
  readonly schema: typeof keptSchema
  readonly folder: string
  readonly ok: boolean
  readonly scenarios: readonly KeptScenario[]
}

export interface KeptScenario {
  readonly file: string
  readonly expected: 'holds' | 'violated'
  readonly found: 'holds' | 'violated'
  readonly says: string
  readonly ok: boolean
}

/** Failures of an earlier run that are failures still, each with the token that shows it. */
export function renderFailures(
  given: readonly { readonly token: string; readonly says: string }[],
  { colour, width }: ScreenOptions,
): string {
  const paint = createPaint(colour)
  const blocks = withPlainText(given).flatMap(({ token, says }) => [
    ...flow([says], { lead: `${paint.bad('✖')} `, separator: ' ', width }),
    ...flow([replayLine(token)], { lead: '  replay   ', separator: ' ', width }),
  ])
  const last = `still failing since an earlier run: ${given.length}; nothing else was run (--no-failures runs all the same)`
  return `${blocks.join('\n')}\n\n${paint.bad(`✖ ${last}`)}\n`
}

export function renderKept(given: KeptResult, { colour, width }: ScreenOptions): string {
  const { scenarios, folder, ok } = withPlainText(given)
  const paint = createPaint(colour)
  const rows = scenarios.map(({ ok, file, expected, found, says }) => ({
    cells: [`${ok ? '✔' : '✖'} ${file}`, expected, found],
    verdict: says,
    tone: ok ? paint.good : paint.bad,
  }))
  const wrong = scenarios.filter(one => !one.ok).length
  const last = ok
    ? paint.good(`✔ ${counted(scenarios.length, 'scenario')} of ${folder}: all as expected`)
    : paint.bad(`✖ ${counted(scenarios.length, 'scenario')} of ${folder}: ${wrong} not as expected`)
  return `${sheet(rows, ['scenario', 'expected', 'found'], { paint, width }).join('\n')}\n\n${last}\n`
}
