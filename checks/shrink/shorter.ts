// Looks for a shorter way by searching: first with nothing but the arguments that the trace gives to its operations, then
// with all arguments of these operations, then in the whole scope; each up to the depth above the trace, and for so many
// states. A search that comes to its end has shown that there is no shorter way with what it was given.

import { type Machine, ModelError, machineOf, type Narrowed, type Setting } from '../../model/kit/index.js'
import type { Cut } from '../../reports/result.js'
import type { SearchedWith } from '../../reports/shrink-result.js'
import { type Exploration, exploration, noLimits } from '../explorer/explore.js'
import { type Taken, walk } from '../explorer/trace.js'
import type { ShrinkWork } from './minimise.js'
import type { ModelSubject } from './model.js'

export interface Shorter<T> {
  /** A way that fails in the same manner and is shorter; null where none was found. */
  readonly steps: readonly T[] | null
  /** Whether all there is was searched, so that none was found because there is none. */
  readonly complete: boolean
  readonly cut: Cut | null
}

/** The machine of a scope with fewer commands. Null where that would leave the same commands or none. */
export function narrowed(machine: Machine, commands: readonly number[], to: SearchedWith): Machine | null {
  if (to === 'scope') return machine
  const operations: Record<string, Record<string, unknown[]>> = {}
  for (const number of commands) {
    const { operation, name, args } = machine.commands[number]
    if (operation === null) continue
    operations[name] ??= {}
    for (const argument of operation.argumentNames) {
      const values = operations[name][argument] ?? []
      operations[name][argument] = [...new Set([...values, args[argument]])]
    }
  }
  if (Object.keys(operations).length === 0) return null
  const all = machine.setting.operations
  const kept: Setting['operations'] = Object.fromEntries(
    Object.entries(operations).map(([name, values]) => [
      name,
      (to === 'arguments' ? values : (all?.[name] ?? {})) as Narrowed,
    ]),
  )
  const fewer = machineOf(machine.system, { ...machine.setting, operations: kept })
  return fewer.commands.length < machine.commands.length ? fewer : null
}

/** One search. Every state that it may hold costs memory and time: no more than `states` of them. */
export function* shorterBySearch(
  subject: ModelSubject,
  steps: readonly Taken[],
  to: SearchedWith,
  states: number,
): ShrinkWork<Shorter<Taken>> {
  const depth = steps.length - 1
  const { bound, claim, vocabulary } = subject
  const machine =
    depth < 1
      ? null
      : narrowed(
          bound.machine,
          steps.map(step => step.command),
          to,
        )
  if (machine === null) return { steps: null, complete: depth < 1, cut: null }
  const found = yield* searched(machine, claim, { depth, states, length: steps.length })
  if (found === null || found.found === null)
    return { steps: null, complete: isComplete(found), cut: stopped(found?.cut ?? null) }
  const way = walk(machine, found.found.path).flatMap(({ command, taken }) => {
    const number = vocabulary.numberOf(command)
    return number === null ? [] : [{ command: number, choices: taken.choices }]
  })
  return { steps: subject.attempt(way), complete: false, cut: null }
}

const isComplete = (found: Exploration | null): boolean =>
  found !== null && (found.verdict === 'holds' || found.cut === 'depth')
const stopped = (cut: Cut | null): Cut | null => (cut === 'time' || cut === 'interrupted' ? cut : null)

interface Asked {
  readonly depth: number
  readonly states: number
  readonly length: number
}

/** Null where the model breaks a rule of its language on the way, so that the search proves nothing. */
export function* searched(
  machine: Machine,
  claim: string,
  { depth, states, length }: Asked,
): ShrinkWork<Exploration | null> {
  const search = exploration(machine, {
    engine: 'packed',
    limits: { ...noLimits, depth, states },
    claims: new Set([claim]),
    audit: false,
  })
  try {
    for (let next = search.next(); ; ) {
      if (next.done === true) return next.value
      next = search.next((yield { tried: 0, length, states: next.value.states }) ?? null)
    }
  } catch (error) {
    if (error instanceof ModelError) return null
    throw error
  }
}
