// Runs the implementation alone under random commands and says which claims about its memory it ever violated. No
// model judges here: a claim must notice its mutant by itself.

import type { Command, Machine } from '../../model/index.js'
import { judged, type MachineClaim } from '../claims/machine.js'
import { type Build, ChoiceLog, issue, placementOf, weightOf } from '../lockstep/index.js'

export function violatedAlone(
  machine: Machine,
  build: Build,
  claims: readonly MachineClaim[],
  commands: number,
): ReadonlySet<string> {
  const placement = placementOf(machine.setting.bounds)
  const implementation = build(placement, new ChoiceLog())
  const draw = drawerOf(machine)
  const violated = new Set<string>()
  for (let i = 0; i < commands; i++) {
    try {
      issue(implementation, placement, draw(), 0)
    } catch {
      // A crash or an impossible answer is for lockstep to notice; the claims look at what is left in memory.
    }
    for (const claim of claims) if (judged(claim, implementation) !== true) violated.add(claim.id)
  }
  return violated
}

/** Draws commands, operations by their weights, the same ones every time (xorshift). */
function drawerOf({ operations, commands }: Machine): () => Command {
  let random = 0x2545f491
  const next = (below: number): number => {
    random ^= random << 13
    random ^= random >>> 17
    random ^= random << 5
    return (random >>> 0) % below
  }
  const names = operations.map(({ operation }) => operation.name)
  const byName = new Map(names.map(name => [name, commands.filter(command => command.name === name)]))
  const drawn = names.flatMap(name => Array<string>(weightOf(name)).fill(name))
  return () => {
    const of = byName.get(drawn[next(drawn.length)]) ?? commands
    return of[next(of.length)]
  }
}
