// What else could have happened: every command that can be issued in a state, with its answer; refusals with the step that
// refuses and the rows of decisions that it looked up, and what would have to wait. A report shows them beside the one
// that a trace took.

import {
  type Command,
  type Decision,
  type Machine,
  ModelError,
  Odometer,
  PackedHost,
  Runner,
} from '../../model/kit/index.js'
import type { Alternative, Alternatives } from '../../reports/result.js'
import { commandText, outcomeText } from '../describe.js'

/** More than these and a page would be about nothing else. */
const most = { broken: 8, possible: 32, refused: 24, waiting: 8 } as const

type Named = Pick<Alternative, 'command' | 'outcome'>
type Told = Alternative & Required<Pick<Alternative, 'is'>>

/** One entry for each command and answer; free choices that lead to the same answer are one. What was taken is left out. */
export function alternativesAt(machine: Machine, state: Uint8Array, taken?: Named): Alternatives {
  const found = new Map<string, Told>()
  const nameOf = ({ command, outcome }: Named) => `${command} → ${outcome}`
  const trial = new Trial(machine, state)
  // What is under way first: of what waits, that is the most telling.
  const kinds = ['resume', 'start'] as const
  for (const command of kinds.flatMap(kind => machine.commands.filter(one => one.kind === kind))) {
    for (const told of trial.of(command)) found.set(nameOf(told), told)
  }
  if (taken !== undefined) found.delete(nameOf(taken))
  const all = [...found.values()]
  const shown = (['broken', 'possible', 'refused', 'waiting'] as const).flatMap(is =>
    all.filter(told => told.is === is).slice(0, most[is]),
  )
  return { shown, left: all.length - shown.length }
}

/** Everything that is refused in a state, or would have to wait, with the reason. */
export function refusedAt(machine: Machine, state: Uint8Array): readonly Told[] {
  const trial = new Trial(machine, state)
  const starts = machine.commands.filter(({ kind }) => kind !== 'rule')
  return starts.flatMap(command => trial.of(command)).filter(({ is }) => is !== 'possible')
}

/** Runs commands on copies of one state, and notes which step ended each and what it looked up. */
class Trial {
  readonly #hits: ReadonlyMap<Decision, Uint8Array>
  readonly #bytes: Uint8Array
  readonly #host: PackedHost
  readonly #odometer = new Odometer()
  readonly #runner: Runner
  #last = 0

  constructor(
    readonly machine: Machine,
    readonly state: Uint8Array,
  ) {
    this.#hits = machine.open()
    this.#bytes = state.slice()
    this.#host = new PackedHost(machine, this.#bytes)
    const reached = new Uint8Array(machine.stepOwner.length + 1)
    this.#runner = new Runner(machine, this.#host, this.#odometer, reached, (number, then) => {
      if (this.#last === 0 || then?.then === 'answer' || then?.then === 'leave') this.#last = number
    })
  }

  of(command: Command): readonly Told[] {
    try {
      return this.#answers(command)
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      const asked = commandText(this.machine, command)
      return [{ command: asked, outcome: 'model error', is: 'broken', because: error.message }]
    }
  }

  #answers(command: Command): readonly Told[] {
    const found: Told[] = []
    this.#odometer.start()
    do {
      this.#begin()
      const at = this.#host.at(command.cpu)
      const signal = this.#runner.run(command)
      if (signal.then === 'disabled') continue
      const asked = commandText(this.machine, command)
      if (signal.then === 'block') {
        const owner = command.operation ?? this.machine.stepOwner[at]
        const because = this.#stepName(at === 0 ? owner.first : at)
        found.push({ command: asked, outcome: 'waits', is: 'waiting', because })
        continue
      }
      const operation = at === 0 ? command.name : this.machine.stepOwner[at].operation.name
      const outcome = outcomeText(this.machine, operation, signal)
      const refuses = signal.then === 'stuck' || (signal.then === 'answer' && signal.outcome.is !== 'ok')
      found.push({ command: asked, outcome, ...(refuses ? this.#refusal() : { is: 'possible' }) })
    } while (this.#odometer.next())
    return found
  }

  #begin(): void {
    this.#bytes.set(this.state)
    this.#host.idle()
    this.#last = 0
    for (const marks of this.#hits.values()) marks.fill(0)
  }

  #refusal(): Pick<Told, 'is' | 'because' | 'rule'> {
    const because = [this.#stepName(this.#last), ...this.#rows()].join(' · ')
    const { rule } = this.machine.stepOwner[this.#last].operation.about
    return { is: 'refused', because, ...(rule === '' ? {} : { rule }) }
  }

  /** Rows that were looked up: `access of region r, access store: segvAccess`. */
  #rows(): readonly string[] {
    return [...this.#hits].flatMap(([{ name, rows }, marks]) =>
      rows.filter(row => marks[row.index] === 1).map(row => `${name} of ${row.label}: ${row.result}`),
    )
  }
  #stepName(number: number): string {
    const { operation, steps, first } = this.machine.stepOwner[number]
    return `${operation.name}.${steps[number - first].name}`
  }
}
