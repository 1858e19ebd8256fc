// Runs all mutants, of model and implementation, written and generated, and says which claims are alive. A generator:
// it yields after each mutant, so that its driver can show progress and take an interruption.

import type { Machine, Mutant } from '../../model/index.js'
import type { Cut, KillResult, MutantResult } from '../../reports/result.js'
import { machineClaims } from '../claims/index.js'
import { type Build, drain, exhaustive, random, type Told } from '../lockstep/index.js'
import { memory } from '../systems.js'
import { violatedAlone } from './alone.js'
import type { TextEdit } from './compiled.js'
import { equivalent } from './equivalent.js'
import { generatedEdits } from './generated.js'
import { type Ground, type Noticed, noticedByLockstep, noticedByModel } from './model.js'
import { textEdits } from './text-edits.js'
import { Workshop } from './workshop.js'
import { type Written, written } from './written.js'
import { type WrittenText, writtenTexts } from './written-machine.js'

export interface MutantsProgress {
  readonly done: number
  readonly of: number
  readonly title: string
}
export interface MutantsRun {
  readonly mutants: readonly MutantResult[]
  readonly kills: readonly KillResult[]
  readonly unkilled: readonly string[]
  readonly cut: Cut | null
}

/** Where mutants run. `model`: scopes small enough for hundreds of searches; `random`: wider, for what survives. */
export interface Grounds {
  readonly model: readonly Ground[]
  readonly machines: readonly { readonly name: string; readonly machine: Machine }[]
  readonly random: readonly { readonly name: string; readonly machine: Machine; readonly commands: number }[]
}

export type MutantsWork = AsyncGenerator<MutantsProgress, MutantsRun, Cut | null | undefined>

/** A mutant and how it is judged. */
interface Trial {
  readonly title: string
  judge(): MutantResult | Promise<MutantResult>
}

export async function* runMutants(grounds: Grounds): MutantsWork {
  const workshop = new Workshop()
  const mutants: MutantResult[] = []
  try {
    const trials = trialsOf(grounds, workshop)
    for (const { title, judge } of trials) {
      mutants.push(await judge())
      const cut = yield { done: mutants.length, of: trials.length, title }
      if (cut) return { mutants, kills: killsOf(mutants), unkilled: [], cut }
    }
  } finally {
    workshop.close()
  }
  const kills = killsOf(mutants)
  return { mutants, kills, unkilled: unkilledBy(kills), cut: null }
}

const trialsOf = (grounds: Grounds, workshop: Workshop): readonly Trial[] => [
  ...written.map(it => ({ title: it.mutant.title, judge: () => judgeWritten(it, grounds.model) })),
  ...generatedEdits(memory).map(edit => ({ title: edit.title, judge: () => judgeEdit(edit, grounds.model) })),
  ...writtenTexts().map(it => ({
    title: it.edit.title,
    judge: async () => judgeWrittenText(it, await workshop.load(it.edit), grounds),
  })),
  ...textEdits().map(edit => ({
    title: edit.title,
    judge: async () => judgeTextEdit(edit, await workshop.load(edit), grounds),
  })),
]

/** Killed by its claim with all others switched off, or not at all. */
export function judgeWritten({ mutant, kills }: Written, grounds: readonly Ground[]): MutantResult {
  const found = noticedByModel(mutant, grounds, new Set([kills]))
  return resultOf({ title: mutant.title, home: 'model', kind: 'written' }, found?.by === kills ? found : null)
}

export function judgeEdit(mutant: Mutant, grounds: readonly Ground[]): MutantResult {
  const found = noticedByModel(mutant, grounds, null) ?? noticedByLockstep(mutant, grounds)
  return withReason(resultOf({ title: mutant.title, home: 'model', kind: 'generated' }, found))
}

/** Commands after which a claim about memory must have noticed its mutant without a model. */
export const commandsAlone = 2000

export function judgeWrittenText({ edit, kills }: WrittenText, build: Build, grounds: Grounds): MutantResult {
  const claims = machineClaims.filter(claim => claim.id === kills)
  const ground = grounds.random.find(({ machine }) => violatedAlone(machine, build, claims, commandsAlone).has(kills))
  const found = ground === undefined ? null : { scope: ground.name, by: kills, length: 0, path: [] }
  return resultOf({ title: edit.title, home: 'machine', kind: 'written' }, found)
}

export const judgeTextEdit = ({ title }: TextEdit, build: Build, grounds: Grounds): MutantResult =>
  withReason(resultOf({ title, home: 'machine', kind: 'generated' }, noticedInText(build, grounds)))

function noticedInText(build: Build, grounds: Grounds): Noticed | null {
  const sides = { build, claims: machineClaims }
  for (const { name, machine } of grounds.machines) {
    const { told } = drain(exhaustive(machine, { ...sides, order: 0 }))
    if (told !== null) return noticedAs(name, told)
  }
  for (const { name, machine, commands } of grounds.random) {
    const { told } = drain(random(machine, { ...sides, seed: 1, commands, length: 200 }))
    if (told !== null) return noticedAs(name, told)
  }
  return null
}
const noticedAs = (scope: string, { parting, commands }: Told): Noticed => ({
  scope,
  by: `lockstep: ${parting?.about ?? 'not again'}`,
  length: commands.length,
  path: [],
})

type About = Pick<MutantResult, 'title' | 'home' | 'kind'>
const resultOf = (about: About, found: Noticed | null): MutantResult =>
  found === null
    ? { ...about, scope: '', verdict: 'survived', by: '', length: 0 }
    : { ...about, scope: found.scope, verdict: 'killed', by: found.by, length: found.length }

/** A survivor that is listed is equivalent. A listed one that is noticed counts as survived: the list is stale. */
export function withReason(result: MutantResult): MutantResult {
  const reason = equivalent.get(result.title)
  if (reason === undefined) return result
  if (result.verdict === 'survived') return { ...result, verdict: 'equivalent', reason }
  const stale = `listed as equivalent, but noticed by ${result.by}: take it off the list`
  return { ...result, verdict: 'survived', reason: stale }
}

/** Written mutants say which claim they must violate alone. */
const killsOf = (mutants: readonly MutantResult[]): readonly KillResult[] =>
  mutants
    .filter(({ kind, verdict }) => kind === 'written' && verdict === 'killed')
    .map(({ by, home, title }) => ({ claim: by, home, killedBy: title }))

/** Claims that no written mutant violates alone, in the home that they are about. */
export function unkilledBy(kills: readonly KillResult[]): readonly string[] {
  const killed = new Set(kills.map(({ home, claim }) => `${claim} (${home})`))
  const derived = Object.values(memory.recounts).map(recount => recount.id)
  const model = [...memory.claims.map(claim => claim.id), ...derived, 'refusal-changes-nothing']
  const all = [...model.map(id => `${id} (model)`), ...machineClaims.map(({ id }) => `${id} (machine)`)]
  return all.filter(claim => !killed.has(claim))
}
