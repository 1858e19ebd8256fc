// What `fused` joins is checked, not believed: the same scope searched with those steps joined and with none joined must have
// the same verdict and the same states at rest. Rule: spec/concurrency.md#fused.

import { canonical, type Machine, ModelError, readCell } from '../../model/kit/index.js'
import type { Cut, GranularityRow, GranularitySide } from '../../reports/index.js'
import { drive, type Watch } from '../drive.js'
import { type Exploration, exploration, modelError, noLimits, type Progress, usual } from '../explorer/explore.js'

/** One thing to be searched twice. */
export interface Pair {
  readonly name: string
  readonly kind: GranularityRow['kind']
  readonly fused: Machine
  readonly full: Machine
  /** Ids of the claims that are judged; null for all. */
  readonly claims: readonly string[] | null
  /** How many states the search that joins none must find, where that is known. */
  readonly states?: number
}
export interface Bounds {
  readonly states: number
  readonly bytes: number
}

interface Searched extends GranularitySide {
  readonly atRest: ReadonlySet<string>
}

export async function compare(pair: Pair, bounds: Bounds, watch: Watch<Progress>): Promise<GranularityRow> {
  const fused = await search(pair.fused, pair.claims, bounds, watch)
  const full = fused.cut === undefined ? await search(pair.full, pair.claims, bounds, watch) : cutBefore(fused.cut)
  const differences = [...differencesOf(fused, full), ...mismatchOf(pair, full)]
  const ok = differences.length === 0 && full.cut === undefined
  return { name: pair.name, kind: pair.kind, fused: told(fused), full: told(full), differences, ok }
}

const mismatchOf = ({ states }: Pair, full: Searched): readonly string[] =>
  states === undefined || full.cut !== undefined || full.states === states
    ? []
    : [`the file expects ${states} states at full, found ${full.states}`]

const told = ({ atRest, ...side }: Searched): GranularitySide => ({ ...side, rests: atRest.size })
const cutBefore = (cut: Cut): Searched => ({ verdict: 'bounded', cut, states: 0, rests: 0, atRest: new Set() })

/** A search that was cut short says nothing of the rest; one that found something wrong did not look further. */
function differencesOf(fused: Searched, full: Searched): readonly string[] {
  if (fused.cut !== undefined || full.cut !== undefined) return []
  if (fused.verdict !== full.verdict) return [`fused ${said(fused)}, full ${said(full)}`]
  if (fused.claim !== full.claim) return [`fused violates ${fused.claim}, full ${full.claim}`]
  if (fused.verdict === 'violated') return []
  const only = (of: Searched, other: Searched) => [...of.atRest].filter(state => !other.atRest.has(state)).length
  const [more, less] = [only(fused, full), only(full, fused)]
  return [
    ...(more === 0 ? [] : [`${more} states at rest only where steps are joined`]),
    ...(less === 0 ? [] : [`${less} states at rest only where none are`]),
  ]
}
const said = ({ verdict, claim }: GranularitySide) => (claim === undefined ? verdict : `${verdict} ${claim}`)

async function search(
  machine: Machine,
  claims: readonly string[] | null,
  { states, bytes }: Bounds,
  watch: Watch<Progress>,
): Promise<Searched> {
  const atRest = new Set<string>()
  const { layout, symmetric, counters } = machine
  const work = exploration(machine, {
    ...usual,
    audit: false,
    claims: claims === null ? null : new Set(claims),
    limits: { ...noLimits, states, bytes },
    found: state => {
      if (!counters.every(counter => readCell(state, counter) === 0)) return
      atRest.add(Buffer.from(canonical(layout, state.slice(0, layout.bytes), symmetric)).toString('latin1'))
    },
  })
  const start = performance.now()
  try {
    const { verdict, cut, found, ...figures } = await drive(work, watch)
    return { ...sideOf({ verdict, cut, found, states: figures.states }, start), rests: atRest.size, atRest }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return { verdict: 'violated', claim: `${modelError} (${error.message})`, states: 0, rests: 0, atRest }
  }
}

function sideOf(found: Pick<Exploration, 'verdict' | 'cut' | 'found' | 'states'>, start: number) {
  return {
    verdict: found.verdict,
    states: found.states,
    seconds: (performance.now() - start) / 1000,
    ...(found.cut === null ? {} : { cut: found.cut }),
    ...(found.found === null ? {} : { claim: found.found.claim }),
  }
}
