// Runs entries of the museum: the edited model is searched at the coarsest granularity first, until one shows the claim
// violated; then the model as it is, in the same scope at the same granularity, is held to every claim.

import { type Granularity, ModelError, type Mutant } from '../../model/kit/index.js'
import {
  type Cut,
  type MuseumEntry,
  type MuseumFixed,
  type MuseumFound,
  type MuseumResult,
  museumSchema,
} from '../../reports/index.js'
import { atCoarsest, fromCoarsest } from '../coarsest.js'
import { drive, type Steering, type Watch, watched } from '../drive.js'
import { brokenAt, type Exploration, exploration, type Progress, usual } from '../explorer/explore.js'
import { walk } from '../explorer/trace.js'
import { aboutClaim, inWords, traceOf } from '../result.js'
import { type BoundScope, bindScope, type ScopeFile } from '../scope/index.js'
import { judgeScope } from '../scope/judge.js'
import { scopeSchema } from '../scope/schema.js'
import { ruleTexts } from '../spec/rule-text.js'
import { version } from '../version.js'
import type { Entry, OutOfReach } from './entry.js'

export interface MuseumProgress extends Progress {
  readonly entry: string
}

/** From the coarsest on. Where one CPU is alone, operations are whole. */
const granularitiesOf = ({ scope }: Entry): readonly Granularity[] =>
  (scope.bounds?.cpus ?? 0) === 0 ? ['whole'] : fromCoarsest

/** The scope of an entry, as if it were written in a file. */
export function scopeOf(entry: Entry, granularity: Granularity): ScopeFile {
  const { id, title, scope } = entry
  const text = scopeSchema.parse({
    ...scope,
    name: id,
    system: 'memory',
    says: title,
    granularity,
  })
  const place = () => `checks/museum/entries/${id}.ts`
  judgeScope(text, place)
  return { ...text, asked: id, place }
}

const bindEntry = (entry: Entry, granularity: Granularity, mutant: Mutant | null): BoundScope =>
  bindScope(scopeOf(entry, granularity), [], mutant)

type Looked = Exploration & { readonly seconds: number }

async function search(
  { machine }: BoundScope,
  claims: readonly string[] | null,
  watch: Watch<Progress>,
): Promise<Looked> {
  const start = performance.now()
  const work = exploration(machine, { ...usual, claims: claims === null ? null : new Set(claims) })
  try {
    return { ...(await drive(work, watch)), seconds: (performance.now() - start) / 1000 }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    // An edit that the model's own language refuses shows nothing of the bug.
    return { ...broken(error), seconds: (performance.now() - start) / 1000 }
  }
}

const broken = (error: ModelError): Exploration => ({
  verdict: 'violated',
  cut: null,
  states: 0,
  transitions: 0,
  unchanged: 0,
  depth: 0,
  levels: [],
  found: brokenAt(error),
  claims: [],
  coverage: [],
  engine: usual.engine,
  audited: 0,
  bytes: 0,
})

function foundBy(bound: BoundScope, { found, states, seconds }: Looked): MuseumFound | undefined {
  if (found === null) return undefined
  const walked = walk(bound.machine, found.path)
  const { steps, initial } = traceOf(bound, walked)
  const { rule } = aboutClaim(bound, found.claim)
  return {
    granularity: bound.machine.setting.granularity,
    states,
    seconds,
    by: found.claim,
    says: found.witness.says,
    places: found.witness.places,
    steps: steps.map((step, i) => ({ ...step, ...inWords(bound.machine, walked[i]) })),
    initial,
    rules: ruleTexts([rule, ...steps.map(step => step.rule)]),
  }
}

/** One entry: searched until it is found, and then without the edit. */
export async function runEntry(entry: Entry, watch: Watch<Progress>): Promise<MuseumEntry> {
  const seen = await atCoarsest(
    granularitiesOf(entry),
    granularity => bindEntry(entry, granularity, entry.mutant),
    edited => search(edited, [entry.breaks], watch),
    () => true,
  )
  if (seen === null) return told(entry, bindEntry(entry, 'whole', entry.mutant), {})
  const { bound: edited, looked } = seen
  if (looked.cut !== null) return told(entry, edited, { cut: looked.cut })
  const found = foundBy(edited, looked)
  const asItIs = await search(bindEntry(entry, edited.machine.setting.granularity, null), null, watch)
  return told(entry, edited, { ...(found === undefined ? {} : { found }), ...fixedBy(asItIs) })
}

function fixedBy({ cut, verdict, states, seconds, found }: Looked): { fixed?: MuseumFixed; cut?: Cut } {
  if (cut !== null) return { cut }
  return { fixed: { verdict, states, seconds, ...(found === null ? {} : { by: found.claim }) } }
}

interface Outcome {
  readonly found?: MuseumFound
  readonly fixed?: MuseumFixed
  readonly cut?: Cut
}
const told = (entry: Entry, bound: BoundScope, outcome: Outcome): MuseumEntry => ({
  id: entry.id,
  title: entry.title,
  systems: entry.systems,
  year: entry.year,
  source: entry.source,
  story: entry.story,
  fix: entry.fix,
  likeness: entry.likeness,
  here: entry.here,
  ingredients: entry.ingredients,
  operation: entry.mutant.operation,
  edit: `${entry.mutant.title} (${entry.mutant.edit?.text ?? ''})`,
  bounds: bound.bounds,
  given: bound.scope.given,
  operations: Object.keys(bound.scope.operations ?? {}),
  breaks: { id: entry.breaks, ...aboutClaim(bound, entry.breaks) },
  ...outcome,
  ok: outcome.found?.by === entry.breaks && outcome.fixed?.verdict === 'holds',
})

/** An entry by its id, as plain data that can be handed to another process. */
export interface MuseumJob {
  readonly entry: string
  /** Milliseconds since 1970 at which the run must end; null for never. */
  readonly deadline: number | null
}

/** Entries one after the other. What an interruption leaves undone is not in the result. */
export async function runMuseum(
  entries: readonly Entry[],
  outOfReach: readonly OutOfReach[],
  steering: Steering<MuseumProgress>,
): Promise<MuseumResult> {
  const results: MuseumEntry[] = []
  for (const entry of entries) {
    const watch = watched<Progress>({ ...steering, progress: at => steering.progress({ ...at, entry: entry.id }) })
    const result = await runEntry(entry, watch)
    results.push(result)
    if (result.cut !== undefined) break
  }
  return museumResult(results, outOfReach, results.length === entries.length)
}

/** All that was found, as one value; `whole` says whether every entry was run. */
export function museumResult(
  entries: readonly MuseumEntry[],
  outOfReach: readonly OutOfReach[],
  whole = true,
): MuseumResult {
  const cut = entries.find(entry => entry.cut !== undefined)?.cut
  return {
    schema: museumSchema,
    verb: 'museum',
    ok: whole && entries.every(entry => entry.ok),
    version,
    ...(cut === undefined ? {} : { cut }),
    entries,
    outOfReach,
  }
}
