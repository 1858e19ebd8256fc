// What several scopes of one system reach together. No scope meets every step and every row of a decision: bounds are
// small so that each is explored completely. But what none of them meets was never checked, and is as good as missing.

import type { Figures, PartKind, RuleReach, SystemCoverage } from '../../reports/index.js'
import { beyond } from './beyond.js'
import type { Covered } from './coverage.js'

/** What one scope has of everything that can be reached, and what of it was. */
export interface Reached {
  readonly system: string
  /** How far others may come in between: a scope where operations are whole reaches nothing of several CPUs. */
  readonly granularity: string
  readonly parts: readonly Covered[]
}

export const isInterleaved = ({ granularity }: Pick<Reached, 'granularity'>): boolean => granularity !== 'whole'

/** A part of a system, and where some run reached it. */
interface Part extends Omit<Covered, 'count'> {
  readonly system: string
  readonly whole: boolean
  readonly interleaved: boolean
}

const places = ['never', 'whole', 'interleaved', 'both'] as const
const placeOf = ({ whole, interleaved }: Part): (typeof places)[number] =>
  whole && interleaved ? 'both' : whole ? 'whole' : interleaved ? 'interleaved' : 'never'

/** What runs of single scopes reached. */
export const reachOf = (runs: readonly Reached[]): readonly RuleReach[] =>
  unionOf(
    runs.flatMap(run =>
      run.parts.map(({ count, ...part }) => ({
        ...part,
        system: run.system,
        whole: count > 0 && !isInterleaved(run),
        interleaved: count > 0 && isInterleaved(run),
      })),
    ),
  )

/** What parts of a run reached. */
export const reachTogether = (reaches: readonly RuleReach[]): readonly RuleReach[] =>
  unionOf(
    reaches.flatMap(({ system, rule, kind, ...names }) =>
      places.flatMap(place =>
        names[place].map(name => ({
          system,
          rule,
          kind,
          name,
          whole: place === 'whole' || place === 'both',
          interleaved: place === 'interleaved' || place === 'both',
        })),
      ),
    ),
  )

/** In an order of its own: the same, however the scopes were divided. */
function unionOf(parts: readonly Part[]): readonly RuleReach[] {
  const union = new Map<string, Part>()
  for (const part of parts) {
    const key = JSON.stringify([part.system, part.rule, part.kind, part.name])
    const { whole, interleaved } = union.get(key) ?? part
    union.set(key, { ...part, whole: whole || part.whole, interleaved: interleaved || part.interleaved })
  }
  const groups = new Map<string, Part[]>()
  for (const [, part] of [...union].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const key = JSON.stringify([part.system, part.rule, part.kind])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [part])
    else group.push(part)
  }
  return [...groups.values()].map(groupOf)
}

function groupOf(parts: readonly Part[]): RuleReach {
  const [{ system, rule, kind }] = parts
  const at = (place: (typeof places)[number]) => parts.filter(part => placeOf(part) === place).map(({ name }) => name)
  return {
    system,
    rule,
    kind,
    never: at('never'),
    whole: at('whole'),
    interleaved: at('interleaved'),
    both: at('both'),
  }
}

/** How much of a system its scopes reach together, and what they do not and should. */
export const together = (system: string, reach: readonly RuleReach[]): SystemCoverage =>
  judged(
    system,
    reach.filter(part => part.system === system),
    part => [...part.whole, ...part.interleaved, ...part.both],
  )

/**
 * The same for the scopes alone in which CPUs take steps in between each other's: all that the system has must happen
 * there too. What decisions answer is as it is elsewhere.
 */
export const togetherInterleaved = (system: string, reach: readonly RuleReach[]): SystemCoverage =>
  judged(
    `${system}, interleaved`,
    reach.filter(part => part.system === system && part.kind !== 'row'),
    part => [...part.interleaved, ...part.both],
  )

const declaredOf = (part: RuleReach): readonly string[] => places.flatMap(place => part[place])

function judged(
  name: string,
  parts: readonly RuleReach[],
  reachedOf: (part: RuleReach) => readonly string[],
): SystemCoverage {
  const excused = new Set(Object.keys(beyond[name] ?? {}))
  const reached = new Set(parts.flatMap(reachedOf))
  const missing = parts.flatMap(declaredOf).filter(it => !reached.has(it))
  const figures = (kind: PartKind): Figures => {
    const its = parts.filter(part => part.kind === kind)
    return { reached: its.flatMap(reachedOf).length, declared: its.flatMap(declaredOf).length }
  }
  return {
    system: name,
    outcomes: figures('outcome'),
    steps: figures('step'),
    rows: figures('row'),
    gaps: missing.filter(it => !excused.has(it)).sort(),
    stale: [...excused].filter(it => !missing.includes(it)),
  }
}
