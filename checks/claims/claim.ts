// Claims of the memory system, typed against its state. A claim about a space is judged while nobody is changing it: what
// is half done there, its lock hides from everybody, and a space that is being made is nobody's yet.

import {
  type Claim,
  type ClaimText,
  type Cpu,
  claims,
  ids,
  type Leaves,
  type Page,
  type Space,
  type State,
} from '../../model/index.js'

const plain = claims<State>()

interface More {
  /** Judged even while the space is being changed. */
  readonly always?: boolean
}

export function claim<L extends Leaves = Record<never, never>>(
  id: string,
  text: ClaimText<State, L> & More,
): Claim<State> {
  const judged = plain(id, text)
  if (text.always || judged.kind !== 'state' || text.over === undefined || !('space' in text.over)) return judged
  return {
    ...judged,
    holds: (m, at, event) =>
      !isSettled(m, at.space as Space) || isDetached(m, at as Partial<Place>) || judged.holds(m, at, event),
  }
}

/** Whether nobody has a space in hand: it is handed over to a process, and neither its regions nor its entries are locked. */
export const isSettled = (m: State, s: Space): boolean =>
  !m.limits.concurrent || (m.spaces[s].writer === null && inHandOf(m, s).length === 0 && isLive(m, s))

/** CPUs that have entries of a space in hand: all of them, or those in one table; where a page is named, in its table. */
export const inHandOf = (m: State, s: Space, v: Page | null = null): readonly Cpu[] => {
  const { tableLock, directory } = m.spaces[s]
  const tables = v === null || directory.length === 0 ? ids(directory) : [m.tree[v].table]
  return [tableLock, ...tables.map(t => directory[t].lock)].filter(c => c !== null)
}

interface Place {
  readonly space: Space
  readonly page: Page
}
/** Whether a page is in no region any more, and a CPU is taking away what it holds. */
export const isDetached = (m: State, { space, page }: Partial<Place>): boolean =>
  space !== undefined && page !== undefined && m.spaces[space].pages[page].detached

/** Whether some process runs in a space: what is not handed over yet is nobody's. */
export const isLive = (m: State, s: Space): boolean =>
  !m.limits.concurrent || ids(m.processes).some(p => m.processes[p].space === s)

/** Paths in the state, as witnesses and diffs write them. */
export const pagePath = (space: number, page: number): string => `spaces[${space}].pages[${page}]`
