// Runs in which every free string may be anything at all: what tells a screen that somebody forgot to escape.
// Only tests import this file.

import fc from 'fast-check'
import type { RunResult } from '../result.js'
import { greenScope, lockstepRun, mutantsRun, redRun } from './fixtures.js'

const everything: RunResult = {
  ...redRun,
  scopes: [...redRun.scopes, { ...greenScope, mutant: 'swap-out forgets the slot' }],
  lockstep: lockstepRun.lockstep,
  mutants: mutantsRun.mutants,
  kills: mutantsRun.kills,
  unkilled: mutantsRun.unkilled,
}

/** Words of a closed list, which decide how a run is drawn. */
const closed: ReadonlySet<string> = new Set(['schema', 'verb', 'verdict', 'cut', 'driver', 'home', 'kind', 'figure'])

export const hostileStrings = fc.oneof(
  fc.constantFrom(
    '|',
    '``',
    '`|`',
    '\\|',
    '<b>',
    '</details>',
    '\n# x',
    '\r\n\r\n',
    '\u001b[31mred',
    '\u009b2J',
    '',
    ' ',
    '&lt;',
    '***',
    '[a](b)',
    '~~~',
    '\u202e',
    '- a',
    '1. a',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.lorem({ maxCount: 20 }),
)

export const hostileLists = fc.array(hostileStrings, { minLength: 1, maxLength: 12 })

/** A run with everything in it, its strings taken in turn from a list. A failing test then shows only the list. */
export function hostileRun(strings: readonly string[]): RunResult {
  let next = 0
  const swap = (key: string, part: unknown) =>
    typeof part === 'string' && !closed.has(key) ? strings[next++ % strings.length] : part
  return JSON.parse(JSON.stringify(everything), swap)
}
