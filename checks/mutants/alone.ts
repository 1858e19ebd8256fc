// Runs the implementation alone under random commands and says which claims about its memory it ever violated. No model
// judges here: a claim must notice its mutant by itself.

import type { Machine as Implementation } from '../../impl/index.js'
import type { Machine } from '../../model/index.js'
import { judged, type MachineClaim } from '../claims/machine.js'
import { ChoiceLog, issue, type Placement, placementOf, weights } from '../lockstep/index.js'

export function violatedAlone(
  machine: Machine,
  build: (placement: Placement, log: ChoiceLog) => Implementation,
  claims: readonly MachineClaim[],
  commands: number,
): ReadonlySet<string> {
  const placement = placementOf(machine.setting.bounds)
  const violated = new Set<string>()
  let random = 0x2545f491
  const next = (below: number): number => {
    random ^= random << 13
    random ^= random >>> 17
    random ^= random << 5
    return (random >>> 0) % below
  }
  const byOperation = machine.operations.map(o => machine.commands.filter(c => c.name === o.operation.name))
  const drawn = machine.operations.flatMap((o, i) => Array<number>(Math.ceil(weights[o.operation.name] ?? 1)).fill(i))
  try {
    const implementation = build(placement, new ChoiceLog())
    for (let i = 0; i < commands; i++) {
      const of = byOperation[drawn[next(drawn.length)]]
      try {
        issue(implementation, placement, of[next(of.length)], 0)
      } catch {
        // A crash or an impossible answer is for lockstep to notice; the claims look at what is left in memory.
      }
      for (const claim of claims) if (judged(claim, implementation) !== true) violated.add(claim.id)
    }
  } catch {
    return violated
  }
  return violated
}
