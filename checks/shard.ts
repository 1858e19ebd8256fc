// Parts of a run for several machines: the same scopes always fall into the same part, and parts take about as long as
// each other, by what the scopes' files pin.

import type { Shard } from '../reports/index.js'
import { UserError } from './errors.js'
import { loadScope } from './scope/index.js'

export interface ShardAsked {
  readonly index: number
  readonly of: number
}

/** The scopes of one part, in the order in which they are given, and what the result says of it. */
export function shardOf(
  scopes: readonly string[],
  { index, of }: ShardAsked,
): { scopes: readonly string[]; shard: Shard } {
  if (of > scopes.length) {
    throw new UserError({
      code: 'too-many-shards',
      message: `${of} parts of ${scopes.length} scope${scopes.length === 1 ? '' : 's'}: some would be empty`,
      place: '--shard',
      next: `--shard 1/${scopes.length}`,
    })
  }
  const files = scopes.map(scope => ({ scope, file: loadScope(scope) }))
  const parts = balanced(
    files.map(({ scope, file }) => ({ scope, weight: file.expect.transitions ?? 0 })),
    of,
  )
  const mine = new Set(parts[index - 1])
  const whole = files.map(({ file }) => file.name)
  return { scopes: scopes.filter(scope => mine.has(scope)), shard: { index, of, whole } }
}

interface Weighed {
  readonly scope: string
  readonly weight: number
}

/** The heaviest first, each to the part that has least so far; what has no pin weighs nothing, and fills up evenly. */
export function balanced(scopes: readonly Weighed[], of: number): readonly (readonly string[])[] {
  const parts = Array.from({ length: of }, () => ({ weight: 0, scopes: [] as string[] }))
  const heaviest = [...scopes].sort((a, b) => b.weight - a.weight || (a.scope < b.scope ? -1 : 1))
  for (const { scope, weight } of heaviest) {
    const lightest = parts.reduce((least, part) =>
      part.weight < least.weight || (part.weight === least.weight && part.scopes.length < least.scopes.length)
        ? part
        : least,
    )
    lightest.weight += weight
    lightest.scopes.push(scope)
  }
  return parts.map(part => part.scopes)
}
