// All ways in which the interleaved model can end a scenario: what each command answered, and the state then, up to
// renaming. A schedule of the implementation must end in one of them. CPUs are left out of the state: which translations
// they keep then is the hardware's affair.

import { canonical, type Machine, type State, viewOf } from '../../model/index.js'
import { initialState } from '../explorer/initial.js'
import { abstractState } from '../lockstep/abstraction.js'
import { Interleavings, keyOf, type Situation } from './interleavings.js'
import type { Scenario } from './scenario.js'
import { answersOf, type Stage } from './stage.js'

/** Situations that a search may find before it gives up: scenarios are small. */
const mostSituations = 2_000_000

export class TooManySituations extends Error {
  override readonly name = 'TooManySituations'
}

export interface Ends {
  /** Situations of the model that were met on the way. */
  readonly situations: number
  readonly keys: ReadonlySet<string>
  /** The answers alone, as they read. */
  readonly answers: ReadonlySet<string>
}

export function endsOf({ name, bound, scripts }: Scenario, loaded: readonly number[]): Ends {
  const model = new Interleavings(bound.machine, scripts)
  const first = model.first(loaded)
  const known = new Set([keyOf(first)])
  const waiting: Situation[] = [first]
  const keys = new Set<string>()
  const answers = new Set<string>()
  const found = (next: Situation) => {
    const key = keyOf(next)
    if (known.has(key)) return
    if (known.size === mostSituations)
      throw new TooManySituations(`scenario ${name} has more than ${mostSituations} situations of the model`)
    known.add(key)
    waiting.push(next)
  }
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (model.isOver(at)) {
      keys.add(endKey(bound.machine, at.state, at.answers))
      answers.add(answersText(at.answers))
      continue
    }
    for (let cpu = 0; cpu < scripts.length; cpu++) {
      model.hardware(at, found, cpu)
      model.steps(at, cpu, found)
    }
  }
  return { situations: known.size, keys, answers }
}

/** How the answers of all CPUs read: `ok | ok, ok 2`. */
export const answersText = (answers: readonly (readonly string[])[]): string =>
  answers.map(list => list.join(', ')).join(' | ')

const left = /^(cpus|ghost)\b/

function endKey(machine: Machine, state: Uint8Array, answers: readonly (readonly string[])[]): string {
  const { layout, symmetric } = machine
  const bytes = state.slice(0, layout.bytes)
  for (const { path, at, bytes: width } of layout.cells) if (left.test(path)) bytes.fill(0, at, at + width)
  return `${answersText(answers)}\n${Buffer.from(canonical(layout, bytes, symmetric)).toString('latin1')}`
}

/** The end that the last schedule of a stage came to, as the model would have it. */
export function endOf(stage: Stage): string {
  const { machine } = stage.scenario.bound
  const bytes = initialState(machine)
  abstractState(stage.machine, stage.placement, viewOf(machine.layout, { bytes }) as State)
  return endKey(machine, bytes, answersOf(stage))
}
