// Runs the implementation alone under random commands and says which claims about its memory it ever violated. No
// model judges here: a claim must notice its mutant by itself.

import { judged, type MachineClaim } from '../claims/machine.js'
import { type Build, ChoiceLog, issue, placementOf } from '../lockstep/index.js'
import { commandOf, drawCommand, drawerOf, type Plot } from './plot.js'

export function violatedAlone(
  plot: Plot,
  build: Build,
  claims: readonly MachineClaim[],
  commands: number,
): ReadonlySet<string> {
  const machine = plot.bind(null)
  const placement = placementOf(machine.setting.bounds)
  const implementation = build(placement, new ChoiceLog())
  const next = drawerOf(0x2545f491)
  const violated = new Set<string>()
  for (let i = 0; i < commands && violated.size < claims.length; i++) {
    const { name, args } = drawCommand(plot, next)
    const command = commandOf(machine, name, args)
    try {
      if (command !== null) issue(implementation, placement, command, 0)
    } catch {
      // A crash or an impossible answer is for lockstep to notice; the claims look at what is left in memory.
    }
    for (const claim of claims) if (judged(claim, implementation) !== true) violated.add(claim.id)
  }
  return violated
}
