// Runs all mutants, of model and implementation, written and generated, and says which claims are alive. A generator:
// it yields after each mutant, so that its driver can show progress and take an interruption.

import type { Machine as Implementation } from '../../impl/index.js'
import type { Machine, Mutant } from '../../model/index.js'
import type { Cut, KillResult, MutantResult } from '../../reports/result.js'
import { machineClaims } from '../claims/index.js'
import { type ChoiceLog, drain, exhaustive, type Placement, random } from '../lockstep/index.js'
import { memory } from '../systems.js'
import { violatedAlone } from './alone.js'
import { equivalent } from './equivalent.js'
import { generatedEdits } from './generated.js'
import { type TextEdit, textEdits, Workshop } from './machine.js'
import { type Ground, type Noticed, noticedByLockstep, noticedByModel } from './model.js'
import { written } from './written.js'
import { writtenTexts } from './written-machine.js'

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

/** Where mutants run. `model`: scopes small enough for hundreds of searches; `random`: wider ones, for what survives. */
export interface Grounds {
  readonly model: readonly Ground[]
  readonly machines: readonly { readonly name: string; readonly machine: Machine }[]
  readonly random: readonly { readonly name: string; readonly machine: Machine; readonly commands: number }[]
}

type Step = AsyncGenerator<MutantsProgress, MutantsRun, Cut | null | undefined>

export async function* runMutants(grounds: Grounds): Step {
  const generated = generatedEdits(memory)
  const texts = textEdits()
  const handTexts = writtenTexts()
  const of = written.length + generated.length + texts.length + handTexts.length
  const mutants: MutantResult[] = []
  const kills: KillResult[] = []
  const workshop = new Workshop()
  const summary = (cut: Cut | null): MutantsRun => ({
    mutants,
    kills,
    unkilled: cut === null ? unkilledBy(kills) : [],
    cut,
  })
  const progress = (title: string): MutantsProgress => ({ done: mutants.length, of, title })

  try {
    for (const { mutant, kills: claim } of written) {
      const found = noticedByModel(mutant, grounds.model, new Set([claim]))
      const killed = found?.by === claim
      mutants.push(resultOf(mutant.title, 'model', 'written', killed ? found : null))
      if (killed) kills.push({ claim, home: 'model', killedBy: mutant.title })
      const cut = yield progress(mutant.title)
      if (cut) return summary(cut)
    }
    for (const mutant of generated) {
      mutants.push(judgeEdit(mutant, grounds.model))
      const cut = yield progress(mutant.title)
      if (cut) return summary(cut)
    }
    for (const { edit, kills: claim } of handTexts) {
      const create = await workshop.load(edit)
      const build = ({ boot }: Placement, log: ChoiceLog): Implementation => create(boot, log)
      const claims = machineClaims.filter(c => c.id === claim)
      const ground = grounds.random.find(g => violatedAlone(g.machine, build, claims, commandsAlone).has(claim))
      const noticed = ground === undefined ? null : { scope: ground.name, by: claim, length: 0, path: [] }
      mutants.push(resultOf(edit.title, 'machine', 'written', noticed))
      if (noticed !== null) kills.push({ claim, home: 'machine', killedBy: edit.title })
      const cut = yield progress(edit.title)
      if (cut) return summary(cut)
    }
    for (const edit of texts) {
      mutants.push(judgeText(edit, await noticedInText(edit, workshop, grounds)))
      const cut = yield progress(edit.title)
      if (cut) return summary(cut)
    }
    return summary(null)
  } finally {
    workshop.close()
  }
}

/** Commands after which a claim about memory must have noticed its mutant without a model. */
const commandsAlone = 600

function unkilledBy(kills: readonly KillResult[]): readonly string[] {
  const killed = new Set(kills.map(k => `${k.home} ${k.claim}`))
  const derived = Object.values(memory.recounts).map(r => r.id)
  const model = [...memory.claims.map(c => c.id), ...derived, 'refusal-changes-nothing'].filter(
    id => !killed.has(`model ${id}`),
  )
  const machine = machineClaims.map(c => c.id).filter(id => !killed.has(`machine ${id}`))
  return [...model.map(id => `${id} (model)`), ...machine.map(id => `${id} (machine)`)]
}

type Home = MutantResult['home']
function resultOf(title: string, home: Home, kind: MutantResult['kind'], found: Noticed | null): MutantResult {
  if (found === null) return { title, home, kind, scope: '', verdict: 'survived', by: '', length: 0 }
  return { title, home, kind, scope: found.scope, verdict: 'killed', by: found.by, length: found.length }
}

/** A survivor that is listed is equivalent; a listed one that is noticed makes the list stale, which counts as survived. */
function withReason(result: MutantResult): MutantResult {
  const reason = equivalent.get(result.title)
  if (reason === undefined) return result
  if (result.verdict === 'survived') return { ...result, verdict: 'equivalent', reason }
  return {
    ...result,
    verdict: 'survived',
    reason: `listed as equivalent, but noticed by ${result.by}: take it off the list`,
  }
}

function judgeEdit(mutant: Mutant, grounds: readonly Ground[]): MutantResult {
  const found = noticedByModel(mutant, grounds, null) ?? noticedByLockstep(mutant, grounds)
  return withReason(resultOf(mutant.title, 'model', 'generated', found))
}
const judgeText = (edit: TextEdit, found: Noticed | null): MutantResult =>
  withReason(resultOf(edit.title, 'machine', 'generated', found))

async function noticedInText(edit: TextEdit, workshop: Workshop, grounds: Grounds): Promise<Noticed | null> {
  const create = await workshop.load(edit)
  const build = ({ boot }: Placement, log: ChoiceLog): Implementation => create(boot, log)
  const options = { build, claims: machineClaims }
  try {
    for (const { name, machine } of grounds.machines) {
      const { told } = drain(exhaustive(machine, { ...options, order: 0 }))
      if (told !== null)
        return { scope: name, by: `lockstep: ${told.parting?.about ?? ''}`, length: told.commands.length, path: [] }
    }
    for (const { name, machine, commands } of grounds.random) {
      const { told } = drain(random(machine, { ...options, seed: 1, commands, length: 200 }))
      if (told !== null)
        return { scope: name, by: `lockstep: ${told.parting?.about ?? ''}`, length: told.commands.length, path: [] }
    }
  } catch {
    return { scope: grounds.machines[0].name, by: 'lockstep: the machine does not start', length: 0, path: [] }
  }
  return null
}
