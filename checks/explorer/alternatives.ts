// What else could have happened: every command that can be issued in a state, with its answer, refusals included. A
// report shows them beside the one that a trace took.

import { type Machine, PackedEngine } from '../../model/kit/index.js'
import type { Alternatives } from '../../reports/result.js'
import { commandText, outcomeText } from '../describe.js'

/** More than this and a page would be about nothing else. */
const most = 48

/** One entry for each command and answer; free choices that lead to the same answer are one. */
export function alternativesAt(machine: Machine, state: Uint8Array): Alternatives {
  machine.open()
  const engine = new PackedEngine(machine)
  const found = new Map<string, Alternatives['shown'][number]>()
  engine.load(state)
  engine.transitions((command, signal) => {
    if (command.kind === 'rule') return
    const entry = { command: commandText(machine, command), outcome: outcomeText(machine, command.name, signal) }
    found.set(`${entry.command} → ${entry.outcome}`, entry)
  })
  const all = [...found.values()]
  return { shown: all.slice(0, most), left: Math.max(0, all.length - most) }
}
