// Sets whose members can be interchanged: whether two members can be told apart in a packed state, and the canonical
// form of a state under renaming. Renaming goes by first appearance in cell order; members that nothing names are
// ordered by their records. Exact for sets that are named through ids only (spaces, frames, slots), a
// record's own name of itself included.

import { renamed } from './domain.js'
import { type Layout, type ListNode, readCell, writeCode } from './layout.js'

const spanOf = (list: ListNode, member: number): number => list.base + member * list.stride

/** Whether two members have equal records and no cell names either: a choice between them changes nothing. */
export function interchangeable(layout: Layout, bytes: Uint8Array, set: string, a: number, b: number): boolean {
  for (const list of layout.lists) {
    if (list.set !== set) continue
    for (let i = 0; i < list.stride; i++) if (bytes[spanOf(list, a) + i] !== bytes[spanOf(list, b) + i]) return false
  }
  for (const cell of layout.cells) {
    for (const name of cell.names[readCell(bytes, cell)]) {
      if (name.set === set && (name.member === a || name.member === b)) return false
    }
  }
  return true
}

/** Renames the members of a set: `to[i]` is the new name of member i. */
export function rename(layout: Layout, bytes: Uint8Array, set: string, to: readonly number[]): Uint8Array {
  const out = bytes.slice()
  for (const cell of layout.cells) {
    const value = cell.domain.values[readCell(bytes, cell)]
    writeCode(out, cell, cell.domain.code(renamed(cell.domain.spec, value, { [set]: to })))
  }
  // One list after the other, inner ones first: a list may lie in another one over the same set.
  for (const list of layout.lists) {
    if (list.set !== set) continue
    const before = out.slice()
    to.forEach((target, from) => {
      const start = spanOf(list, from)
      out.set(before.subarray(start, start + list.stride), spanOf(list, target))
    })
  }
  return out
}

/** For each cell, the member of a set whose record it is in; -1 where it is in none. */
const owners = new WeakMap<Layout, Map<string, readonly number[]>>()
function ownersOf(layout: Layout, set: string, count: number): readonly number[] {
  const known = owners.get(layout) ?? new Map<string, readonly number[]>()
  owners.set(layout, known)
  let found = known.get(set)
  if (found === undefined) {
    const lists = layout.lists.filter(list => list.set === set)
    found = layout.cells.map(({ at }) => {
      const list = lists.find(({ base, stride }) => at >= base && at < base + stride * count)
      return list === undefined ? -1 : Math.floor((at - list.base) / list.stride)
    })
    known.set(set, found)
  }
  return found
}

/**
 * The order of first appearance of a set's members, then of the unnamed ones by their records. A member that only its own
 * record names, as a cached slot does, is unnamed: where it stands says nothing about it.
 */
function appearance(layout: Layout, bytes: Uint8Array, set: string, count: number): number[] {
  const owner = ownersOf(layout, set, count)
  const order: number[] = []
  const records = bytes.slice()
  layout.cells.forEach((cell, i) => {
    for (const name of cell.names[readCell(bytes, cell)]) {
      if (name.set !== set) continue
      if (name.member === owner[i]) records.fill(0xff, cell.at, cell.at + cell.bytes)
      else if (!order.includes(name.member)) order.push(name.member)
    }
  })
  const rest = Array.from({ length: count }, (_, i) => i).filter(i => !order.includes(i))
  const lists = layout.lists.filter(list => list.set === set)
  rest.sort((a, b) => {
    for (const list of lists) {
      for (let i = 0; i < list.stride; i++) {
        const difference = records[spanOf(list, b) + i] - records[spanOf(list, a) + i]
        if (difference !== 0) return difference
      }
    }
    return a - b
  })
  return [...order, ...rest]
}

/**
 * The canonical form of a state under renaming of the sets, taken in the given order: a set that names another comes
 * first. Two states are equal up to renaming exactly if their canonical forms are equal.
 */
export function canonical(layout: Layout, bytes: Uint8Array, sets: readonly string[]): Uint8Array {
  let now = bytes
  for (const set of sets) {
    const count = layout.bounds.sizes[set] ?? 0
    if (count < 2) continue
    const order = appearance(layout, now, set, count)
    if (order.every((member, place) => member === place)) continue
    const to: number[] = []
    order.forEach((member, place) => {
      to[member] = place
    })
    now = rename(layout, now, set, to)
  }
  return now
}
