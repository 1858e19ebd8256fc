// Where a way through a scope has come to: pure, from the way alone, so that going back or elsewhere is another way and
// nothing else. The prompt and the page ask here.

import { type Command, type Machine, ModelError, PackedEngine } from '../../model/kit/index.js'
import { type ExploreView, exploreSchema, type Possible, type Refused } from '../../reports/index.js'
import { commandText, outcomeText } from '../describe.js'
import { UserError } from '../errors.js'
import { refusedAt } from '../explorer/alternatives.js'
import { initialState } from '../explorer/initial.js'
import { statusesOf } from '../explorer/statuses.js'
import { follow, type Taken, takeStep, type WalkedStep } from '../explorer/trace.js'
import { traceOf } from '../result.js'
import type { BoundScope } from '../scope/index.js'
import { openToken } from '../token/index.js'

/** A way with more steps is not followed: each look at it takes all of them again. */
export const longestWay = 1000

export function viewOf(bound: BoundScope, taken: readonly Taken[]): ExploreView {
  const { scope, machine, mutant, bounds } = bound
  const steps = follow(machine, taken)
  const state = steps.at(-1)?.after ?? initialState(machine)
  const possible = possibleAt(bound, state)
  const known = new Set(possible.map(({ command, outcome }) => `${command} → ${outcome}`))
  return {
    schema: exploreSchema,
    scope: scope.name,
    bounds,
    granularity: machine.setting.granularity,
    ...(mutant === null ? {} : { mutant }),
    trace: traceOf(bound, steps),
    possible,
    refused: refusals(bound, state).filter(({ command, outcome }) => !known.has(`${command} → ${outcome}`)),
    ...claimsAt(bound, steps),
  }
}

/**
 * Everything that can be done, but for refusals that change nothing. A mutant may break the rules of the model's language
 * in one command: then each is asked alone, and that one is among the refused.
 */
function possibleAt({ machine }: BoundScope, state: Uint8Array): readonly Possible[] {
  try {
    return answered(machine, state, null)
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return machine.commands.flatMap(command => {
      try {
        return answered(machine, state, command)
      } catch (broken) {
        if (broken instanceof ModelError) return []
        throw broken
      }
    })
  }
}

function answered(machine: Machine, state: Uint8Array, only: Command | null): readonly Possible[] {
  const found: Possible[] = []
  const engine = new PackedEngine(machine)
  machine.open()
  engine.load(state)
  engine.transitions(
    (command, signal) => {
      const changes = Buffer.compare(engine.bytes, state) !== 0
      const refuses = signal.then === 'answer' && signal.outcome.is !== 'ok'
      if (refuses && !changes) return
      const choices = [...engine.taken]
      const taken = takeStep(machine, state, { command: command.index, choices }, 0)
      found.push({
        command: commandText(machine, command),
        outcome: command.kind === 'rule' ? 'happened' : outcomeText(machine, taken.operation, signal),
        ...(command.kind === 'resume' ? { under: `${taken.operation}.${taken.step}` } : {}),
        choices: taken.choices,
        changes,
        step: stepText({ command: command.index, choices }),
      })
    },
    only === null ? null : command => command === only,
  )
  return found
}

function refusals({ machine }: BoundScope, state: Uint8Array): readonly Refused[] {
  const found = new Map<string, Refused>()
  for (const { command, outcome, is, because = '' } of refusedAt(machine, state)) {
    if (is !== 'possible') found.set(`${command} → ${outcome}`, { command, outcome, is, because })
  }
  return [...found.values()]
}

/** What the claims say of the state, and of the step that led to it. */
function claimsAt({ machine }: BoundScope, steps: readonly WalkedStep[]): Pick<ExploreView, 'violated' | 'claims'> {
  const { claims, statuses } = statusesOf(machine, steps.slice(-1))
  const status = statuses[steps.length === 0 ? 0 : 1]
  const violated = new Set(status.violated.map(({ id }) => id))
  return {
    violated: status.violated.map(({ id, says, places }) => ({ id, witness: { says, places } })),
    claims: claims.map(({ id, says, kind }) => ({
      id,
      says,
      is: violated.has(id) ? 'violated' : status.unasked.includes(kind) ? 'unasked' : 'holds',
    })),
  }
}

/** A step as a token writes it. */
export const stepText = ({ command, choices }: Taken): string => [command, ...choices].join('-')

/** The way of a token of the model. */
export function wayOf(token: string): { readonly bound: BoundScope; readonly steps: readonly Taken[] } {
  const { kind, bound, steps } = openToken(token)
  if (kind !== 'mm1') {
    const message = 'this token is of model and implementation; only the model can be explored'
    throw new UserError({ code: 'not-a-model-token', message, next: "'mmspec replay' shows it" })
  }
  if (steps.length > longestWay) {
    const message = `the token has ${steps.length} steps, and at most ${longestWay} are followed here`
    throw new UserError({ code: 'long-way', message, next: "'mmspec shrink' makes it shorter, if it fails" })
  }
  try {
    follow(bound.machine, steps)
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const message = `the token cannot be followed in scope '${bound.scope.name}': ${error.message}`
    throw new UserError({ code: 'impossible-token', message, place: 'the steps of the token' })
  }
  return { bound, steps }
}
