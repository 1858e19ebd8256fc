// How much memory the searches of a run may take: together most of what there is.

import { totalmem } from 'node:os'

const shareOfMemory = 0.6

interface Asked {
  readonly workers: number
  /** For each; null: their share of most of the memory there is. */
  readonly megabytes: number | null
}

/** Bytes for the visited set of each of several scopes. */
export function bytesForEach(scopes: number, { workers, megabytes }: Asked): number {
  const atOnce = Math.max(1, Math.min(workers, scopes))
  return megabytes === null ? (memory() * shareOfMemory) / atOnce : megabytes * 2 ** 20
}

/** What this process may use: a container's limit where there is one, which may also be said as a number beyond all. */
const memory = (): number => Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem())
