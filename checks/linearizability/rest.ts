// How states at rest are compared: what hardware moves as it likes is left out, and members that nobody can tell apart are
// named by where they first appear.

import { type Cell, canonical, type Machine, readCell, show } from '../../model/kit/index.js'
import type { Change } from '../../reports/result.js'

/** What states at rest have in common if nobody can tell them apart. */
export type Rest = string

export class Rests {
  readonly #hardware: readonly Cell[]
  readonly #whereabouts: readonly Cell[]
  readonly #known = new Map<string, Rest>()
  readonly #coarser = new Map<Rest, Rest>()
  readonly #scratch: Uint8Array

  constructor(readonly machine: Machine) {
    const { layout, system } = machine
    this.#hardware = layout.cells.filter(({ path }) => system.isHardware?.(path) === true)
    this.#whereabouts = layout.cells.filter(({ path }) => system.isWhereabouts?.(path) === true)
    this.#scratch = new Uint8Array(layout.bytes)
  }

  of(state: Uint8Array): Rest {
    const { layout, symmetric } = this.machine
    const scratch = this.#scratch
    scratch.set(state.subarray(0, layout.bytes))
    for (const { at, bytes } of this.#hardware) scratch.fill(0, at, at + bytes)
    const raw = textOf(scratch)
    let rest = this.#known.get(raw)
    if (rest === undefined) {
      rest = textOf(canonical(layout, scratch.slice(), symmetric))
      this.#known.set(raw, rest)
    }
    return rest
  }

  /** As programs see it, who cannot tell where a page is. */
  seen(rest: Rest): Rest {
    let coarser = this.#coarser.get(rest)
    if (coarser === undefined) {
      const { layout, symmetric } = this.machine
      const bytes = Uint8Array.from(bytesOf(rest))
      for (const { at, bytes: width } of this.#whereabouts) bytes.fill(0, at, at + width)
      coarser = textOf(canonical(layout, bytes, symmetric))
      this.#coarser.set(rest, coarser)
    }
    return coarser
  }

  /** The leaves in which two differ. */
  diff(from: Rest, to: Rest): readonly Change[] {
    const [a, b] = [bytesOf(from), bytesOf(to)]
    return this.machine.layout.cells.flatMap(cell => {
      const [before, after] = [a, b].map(bytes => show(cell.domain.values[readCell(bytes, cell)]))
      return before === after ? [] : [{ path: cell.path, from: before, to: after }]
    })
  }
}

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1')
