// What a CPU is in the middle of, as cells: arguments and locals of all operations are laid over the same bytes, once for
// each CPU, behind the counter that says which step comes next.

import type { BoundOperation, Field } from './bound.js'
import { bytesFor, type Cell } from './layout.js'

export interface Overlay {
  readonly fields: readonly (readonly Field[])[]
  readonly counters: readonly Cell[]
  readonly cells: readonly { at: number; bytes: 0 | 1 | 2; values: number }[]
  readonly end: number
}

/** Lays the fields of all operations over the same bytes, once for each CPU. `start` -1: nothing stays under way. */
export function overlays(operations: readonly BoundOperation[], cpus: number, start: number, steps: number): Overlay {
  const all = operations.map(o => o.fields)
  if (start < 0) return { fields: all, counters: [], cells: [], end: 0 }
  const slots = Math.max(0, ...all.map(fields => fields.length))
  const widths = Array.from({ length: slots }, (_, k) =>
    Math.max(1, ...all.map(f => f[k]?.cell.domain.values.length ?? 1)),
  )
  const cells: { at: number; bytes: 0 | 1 | 2; values: number }[] = []
  const counters: Cell[] = []
  const counts = Array.from({ length: steps }, (_, i) => i)
  const counter = {
    spec: { kind: 'range', low: 0, high: steps - 1 } as const,
    values: counts,
    code: (v: unknown) => Number(v),
  }
  let at = start
  const starts: number[] = []
  for (let cpu = 0; cpu < cpus; cpu++) {
    const bytes = bytesFor(steps)
    counters.push({ at, bytes, path: `cpu ${cpu}`, domain: counter, names: [] })
    cells.push({ at, bytes, values: steps })
    at += bytes
    widths.forEach((values, k) => {
      if (cpu === 0) starts[k] = at - start
      cells.push({ at, bytes: bytesFor(values), values })
      at += bytesFor(values)
    })
  }
  // Offsets within one CPU's part; the views add the part's start. All fields of a slot take the slot's width.
  const fields = all.map(list =>
    list.map((f, k) => ({ ...f, cell: { ...f.cell, at: starts[k], bytes: bytesFor(widths[k]) } })),
  )
  return { fields, counters, cells: cells.filter(c => c.bytes > 0), end: at }
}
