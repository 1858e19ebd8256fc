// Which steps of the model and which rows of its decisions the walks of a ground meet: each command is run again with
// the choices that were taken, and the walk is remembered for what it met first.

import { type Choices, PackedHost, Runner } from '../../model/index.js'
import { rowNamed, stepNamed } from './generated.js'
import { type Ground, type Meeting, toldTo } from './walks.js'

/** Takes the codes that were taken before; past their end the first that may be taken. */
class Again implements Choices {
  #at = 0
  constructor(readonly taken: readonly number[]) {}
  pick(options: readonly number[]): number {
    return this.taken[this.#at++] ?? options[0]
  }
}

export function stepsMet(ground: Ground): ReadonlyMap<string, readonly Meeting[]> {
  const met = new Map<string, Meeting[]>()
  const { machine } = ground.pair
  const marks = machine.open()
  const bytes = new Uint8Array(machine.bytes)
  const host = new PackedHost(machine, bytes)
  const reached = new Uint8Array(machine.stepOwner.length + 1)
  for (const walk of ground.walks) {
    const known = new Set<string>()
    walk.forEach(({ said, model, taken }, at) => {
      const note = (name: string) => {
        if (known.has(name)) return
        known.add(name)
        met.set(name, [...(met.get(name) ?? []), { walk, at }])
      }
      for (const rows of marks.values()) rows.fill(0)
      const ran = (number: number): void => {
        const owner = machine.stepOwner[number]
        note(stepNamed(owner.operation.name, owner.steps[number - owner.first].name))
      }
      bytes.set(model)
      host.idle()
      new Runner(machine, host, new Again(taken), reached, ran).run(toldTo(ground.pair, said))
      host.idle()
      for (const [decision, rows] of marks) {
        for (const [row, was] of rows.entries()) if (was === 1) note(rowNamed(decision.name, row))
      }
    })
  }
  return met
}
