// Stored counts of references, held to what the state really names: in its cells, and in the locals of operations under
// way. Which cells can name what is known beforehand, so that counting is a walk over a few tables.

import { type Layout, type Machine, readCell, violated } from '../../model/kit/index.js'
import type { Violation } from './questions.js'

type Cell = Layout['leaves'][number]

/** A cell that can count, and for each of its codes the members that it counts. */
interface Counting {
  readonly cell: Cell
  readonly members: readonly (readonly number[])[]
}

interface Recount {
  readonly id: string
  readonly set: string
  /** For each member, the cell that stores its count. */
  readonly stored: readonly { readonly cell: Cell; readonly member: number }[]
  readonly counting: readonly Counting[]
  /** By CPU and operation, what its locals count. */
  readonly held: readonly (readonly (readonly Counting[])[])[]
}

export class Recounts {
  readonly ids: readonly string[]
  readonly #recounts: readonly Recount[]
  readonly #counts = new Int32Array(256)

  constructor(
    readonly machine: Machine,
    wanted: (id: string) => boolean,
  ) {
    this.#recounts = recountsOf(machine).filter(({ id }) => wanted(id))
    this.ids = this.#recounts.map(({ id }) => id)
  }

  first(bytes: Uint8Array): Violation | null {
    for (const recount of this.#recounts) {
      const wrong = this.#recount(recount, bytes)
      if (wrong !== null) return wrong
    }
    return null
  }
  all(bytes: Uint8Array): readonly Violation[] {
    return this.#recounts.flatMap(recount => this.#recount(recount, bytes) ?? [])
  }

  #recount(recount: Recount, bytes: Uint8Array): Violation | null {
    const counted = this.#counts
    counted.fill(0)
    this.#add(recount.counting, bytes)
    const { counters, stepOwner } = this.machine
    for (let cpu = 0; cpu < counters.length; cpu++) {
      const at = readCell(bytes, counters[cpu])
      if (at !== 0) this.#add(recount.held[cpu][stepOwner[at].index], bytes)
    }
    for (const { cell, member } of recount.stored) {
      const says = Number(cell.domain.values[readCell(bytes, cell)])
      if (says !== counted[member]) return differs(recount, cell, member, says, counted[member], bytes)
    }
    return null
  }
  #add(counting: readonly Counting[], bytes: Uint8Array): void {
    for (const { cell, members } of counting)
      for (const member of members[readCell(bytes, cell)]) this.#counts[member]++
  }
}

function differs(
  { id, set, counting }: Recount,
  cell: Cell,
  member: number,
  says: number,
  counted: number,
  bytes: Uint8Array,
): Violation {
  const places = counting.filter(it => it.members[readCell(bytes, it.cell)].includes(member))
  const witness = violated(
    `${set} ${member}: ${cell.path} says ${says}, but ${counted} ${counted === 1 ? 'place names' : 'places name'} it`,
    cell.path,
    ...places.map(it => it.cell.path),
  )
  return { claim: id, witness }
}

/** The claim that recounts the references stored in a list. */
function recountId(machine: Machine, path: string): string {
  const list = path.replace(/\[\d+\].*$/, '')
  return machine.system.recounts[list]?.id ?? `${list}/references-recount`
}

function recountsOf(machine: Machine): readonly Recount[] {
  const sets = new Map<string, { cell: Cell; member: number }[]>()
  for (const cell of machine.layout.leaves) {
    const { spec } = cell.domain
    if (spec.kind !== 'references') continue
    const member = Number(/\[(\d+)\]/.exec(cell.path)?.[1] ?? 0)
    const stored = sets.get(spec.set) ?? []
    sets.set(spec.set, [...stored, { cell, member }])
  }
  return [...sets].map(([set, stored]) => ({
    id: recountId(machine, stored[0].cell.path),
    set,
    stored,
    counting: machine.layout.cells.flatMap(cell => countingOf(cell, set)),
    held: machine.counters.map(counter => machine.operations.map(operation => heldBy(operation, counter.at, set))),
  }))
}

/** What a cell counts of a set; nothing where none of its values can. */
function countingOf(cell: Cell, set: string): readonly Counting[] {
  const members = cell.names.map(names => names.filter(it => it.counts && it.set === set).map(({ member }) => member))
  return members.some(of => of.length > 0) ? [{ cell, members }] : []
}

/** What the locals of an operation count that a CPU is in the middle of. */
function heldBy({ operation, fields }: Machine['operations'][number], from: number, set: string): readonly Counting[] {
  const locals = fields.filter(({ name }) => Object.hasOwn(operation.locals, name))
  return locals.flatMap(({ cell }) => countingOf({ ...cell, at: cell.at + from }, set))
}
