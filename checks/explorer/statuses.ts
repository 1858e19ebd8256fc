// What every claim says of each state of a walked path, for a reader who goes through it step by step: a search ends at
// the first violation, and here all are wanted, together with which claims are not asked where.

import { type Machine, PackedHost } from '../../model/kit/index.js'
import type { AskedOf, JudgedClaim, Status, Trace } from '../../reports/result.js'
import { initialState } from './initial.js'
import { argumentsOf, Judge, type Violation } from './judge.js'
import type { WalkedStep } from './trace.js'

/** Of the first state, then of each step and the state behind it. */
export function statusesOf(
  machine: Machine,
  steps: readonly WalkedStep[],
): Required<Pick<Trace, 'claims' | 'statuses'>> {
  machine.open()
  const judge = new Judge(machine, null)
  const first = initialState(machine)
  const atFirst = status(judge.allOfState(new PackedHost(machine, first).m, first), [
    'step',
    'return',
    ...late(judge, first),
  ])
  return { claims: claimsOf(judge), statuses: [atFirst, ...steps.map(step => statusOf(judge, step))] }
}

const claimsOf = ({ posed, machine: { system } }: Judge): readonly JudgedClaim[] =>
  posed.map(({ id, kind }) => {
    const stated = [...system.claims, ...Object.values(system.recounts)].find(claim => claim.id === id)
    return { id, says: stated?.says ?? '', rule: stated?.rule ?? '', kind }
  })

function statusOf(judge: Judge, { signal, operation, command, before, after }: WalkedStep): Status {
  const { machine } = judge
  const { m } = new PackedHost(machine, after)
  const outcome = signal.then === 'answer' ? signal.outcome : null
  const event = {
    before: new PackedHost(machine, before).m,
    operation,
    arguments: argumentsOf(machine, before, command),
    outcome,
  }
  const found = [...judge.allOfState(m, after), ...judge.allOfTransition(m, event)]
  return status(found, [...(outcome === null ? (['return'] as const) : []), ...late(judge, after)])
}

/** What is asked of the whole search, and what is asked only where no operation is under way. */
const late = (judge: Judge, bytes: Uint8Array): readonly AskedOf[] =>
  judge.isAtRest(bytes) ? ['sometimes'] : ['quiescent', 'sometimes']

const status = (found: readonly Violation[], unasked: readonly AskedOf[]): Status => ({
  violated: found.map(({ claim, witness: { says, places } }) => ({ id: claim, says, places })),
  unasked,
})
