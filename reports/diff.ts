// A step's changes folded for reading: leaves of the same record are named once.
//
//   frames[1].use: free → page            frames[1].use free→page, references 0→1
//   frames[1].references: 0 → 1     ⇒     free 2→1
//   free: 2 → 1

import type { Change } from './result.js'

/** One text for each record that changed, in the order in which it first appears. */
export function foldChanges(changes: readonly Change[]): readonly string[] {
  const records = new Map<string, readonly Change[]>()
  for (const change of changes) {
    const record = recordOf(change.path)
    records.set(record, [...(records.get(record) ?? []), change])
  }
  return [...records].map(([record, leaves]) =>
    leaves.map((leaf, i) => foldLeaf(leaf, i === 0 ? '' : record)).join(', '),
  )
}

/** The path without its last field or index: `spaces[0].pages[1]` is in `spaces[0].pages`. */
const recordOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('.'), path.lastIndexOf('[')))

function foldLeaf({ path, from, to }: Change, named: string): string {
  return `${path.slice(named.length).replace(/^\./, '')} ${from}→${to}`
}
