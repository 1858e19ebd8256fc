// The states of a trace, rebuilt from its first state and its diffs: what the pictures are drawn from.

import { shapeOf } from '../itf-values.js'
import type { Change, Trace } from '../result.js'

export interface Shot {
  /** Each leaf as it reads, by its path. */
  readonly leaves: ReadonlyMap<string, string>
  /** Paths that this step changed. */
  readonly changed: ReadonlySet<string>
  /** What leaves held before they changed last. */
  readonly before: ReadonlyMap<string, string>
  /** Shapes of leaves that are `none` somewhere in the trace. */
  readonly optional: ReadonlySet<string>
}

/** The first state, then one for each step. */
export function shotsOf({ initial, steps }: Pick<Trace, 'initial' | 'steps'>): readonly Shot[] {
  const leaves = new Map(initial.map(({ path, value }) => [path, value]))
  const shots: Shot[] = [{ leaves, changed: new Set(), before: new Map(), optional: optionalIn({ initial, steps }) }]
  for (const { diff } of steps) shots.push(after(shots[shots.length - 1], diff))
  return shots
}

function after({ leaves, before, optional }: Shot, diff: readonly Change[]): Shot {
  return {
    leaves: new Map([...leaves, ...diff.map(({ path, to }) => [path, to] as const)]),
    changed: new Set(diff.map(({ path }) => path)),
    before: new Map([...before, ...diff.map(({ path, from }) => [path, from] as const)]),
    optional,
  }
}

function optionalIn({ initial, steps }: Pick<Trace, 'initial' | 'steps'>): ReadonlySet<string> {
  const changes = steps
    .flatMap(({ diff }) => diff)
    .flatMap(({ path, from, to }) => [
      { path, value: from },
      { path, value: to },
    ])
  return new Set([...initial, ...changes].flatMap(({ path, value }) => (value === 'none' ? [shapeOf(path)] : [])))
}

/** A value of a union as it is printed: `present(frame 0, rights rw)`. */
export interface Variant {
  readonly is: string
  readonly fields: ReadonlyMap<string, string>
}
export function variantOf(value: string): Variant {
  const open = value.indexOf('(')
  if (open < 0) return { is: value, fields: new Map() }
  const fields = value
    .slice(open + 1, -1)
    // A set within is one value: `gathered {0, 1}`.
    .split(/, (?![^{]*\})/)
    .filter(field => field !== '')
    .map(field => [field.slice(0, field.indexOf(' ')), field.slice(field.indexOf(' ') + 1)] as const)
  return { is: value.slice(0, open), fields: new Map(fields) }
}
