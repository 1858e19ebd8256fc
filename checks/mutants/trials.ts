// All mutants with their numbers, and how they are judged: those written by hand each on their own, those made by rule
// ground by ground, because recording a ground costs more than running a mutant over it, and those that need several
// CPUs by searches.

import type { MutantResult } from '../../reports/result.js'
import { machineClaims } from '../claims/index.js'
import type { Build } from '../lockstep/index.js'
import { memory } from '../memory/system.js'
import { violatedAlone } from './alone.js'
import { generatedEdits } from './generated.js'
import { grounds } from './grounds/index.js'
import { type Noticed, noticedAlone } from './model.js'
import { noticedOn } from './noticed.js'
import { plotOf } from './plot.js'
import { isSearched, noticedInSearches } from './searches.js'
import { StepsMet } from './steps-met.js'
import { editOn, mutantOn } from './subject.js'
import { type Switched, switchedIn } from './switched.js'
import { textEdits } from './text-edits.js'
import { Ground } from './walks.js'
import { Workshop } from './workshop.js'
import { written } from './written.js'
import { type WrittenText, writtenTexts } from './written-machine.js'

export type Trial = Pick<MutantResult, 'title' | 'home' | 'kind'>

const trial = (home: Trial['home'], kind: Trial['kind'], title: string): Trial => ({ title, home, kind })

/** Every mutant; a mutant's place among the trials is its number. */
function catalogue() {
  const models = generatedEdits(memory)
  const texts = writtenTexts()
  const edits = textEdits()
  const trials: readonly Trial[] = [
    ...written.map(({ mutant }) => trial('model', 'written', mutant.title)),
    ...models.map(({ mutant }) => trial('model', 'generated', mutant.title)),
    ...texts.map(({ edit }) => trial('machine', 'written', edit.title)),
    ...edits.map(({ title }) => trial('machine', 'generated', title)),
  ]
  const firstText = written.length + models.length
  return { models, texts, edits, trials, firstModel: written.length, firstText, firstEdit: firstText + texts.length }
}

let known: ReturnType<typeof catalogue> | null = null
/** Made when it is first asked for: it reads the whole implementation. */
export function mutantCatalogue(): ReturnType<typeof catalogue> {
  known ??= catalogue()
  return known
}

/** Whether there is a search for a mutant. */
export function isSearchable(mutant: number): boolean {
  const { models, firstModel } = mutantCatalogue()
  const generated = models[mutant - firstModel]
  return generated !== undefined && isSearched(generated.mutant)
}

/** What one process does at a time, as plain data: some mutants one by one, or some on one ground. */
export interface Job {
  readonly mutants: readonly number[]
  /** A ground's place in their list; `alone` for mutants that were written by hand, `searched` for several CPUs. */
  readonly ground: number | 'alone' | 'searched'
}
export interface Judged extends Noticed {
  readonly mutant: number
}
export interface JobProgress {
  readonly title: string
  readonly judged: readonly Judged[]
}

/** What judges: the copies of the implementation, made once in a process. */
export class Bench {
  readonly #workshop = new Workshop()
  #switched: Promise<Switched> | null = null

  close(): void {
    this.#workshop.close()
  }

  /** Yields after each mutant; what was noticed by then is in each of its reports. */
  async *run({ mutants, ground }: Job): AsyncGenerator<JobProgress, readonly Judged[], unknown> {
    const judged: Judged[] = []
    const { trials } = mutantCatalogue()
    const notice = await this.#noticing(ground)
    for (const mutant of mutants) {
      const noticed = await notice(mutant)
      if (noticed !== null) judged.push({ mutant, ...noticed })
      const stop = yield { title: trials[mutant].title, judged }
      if (stop) break
    }
    return judged
  }

  async #noticing(ground: Job['ground']): Promise<(mutant: number) => Noticed | null | Promise<Noticed | null>> {
    const { firstModel, models } = mutantCatalogue()
    if (ground === 'alone') return mutant => this.#written(mutant)
    if (ground === 'searched') return mutant => noticedInSearches(models[mutant - firstModel].mutant)
    return this.#on(ground)
  }

  /** One that was written by hand: noticed by its own claim with no help, or not at all. */
  async #written(mutant: number): Promise<Noticed | null> {
    const { firstModel, firstText, texts } = mutantCatalogue()
    if (mutant < firstModel) {
      const noticed = noticedAlone(written[mutant])
      return noticed?.by === written[mutant].kills ? noticed : null
    }
    const text = texts[mutant - firstText]
    return judgeWrittenText(text, await this.#workshop.load(text.edit))
  }

  /** Records a ground; then a mutant's number is enough. */
  async #on(place: number): Promise<(mutant: number) => Noticed | null> {
    const { firstModel, firstEdit, edits, models } = mutantCatalogue()
    this.#switched ??= switchedIn(this.#workshop.folder, edits)
    const switched = await this.#switched
    const ground = new Ground(plotOf(grounds[place]), switched)
    const met = new StepsMet(ground)
    return mutant => {
      const scope = grounds[place].name
      if (mutant >= firstEdit) {
        const subject = editOn(ground, edits[mutant - firstEdit], mutant - firstEdit, switched)
        if (subject === null) return null
        if (typeof subject === 'string') return { scope, by: 'lockstep: crash', length: 0 }
        const trace = noticedOn(ground, subject)
        return trace === null ? null : { scope, by: `lockstep: ${trace.parting.about}`, length: trace.said.length }
      }
      const edited = models[mutant - firstModel]
      const meetings = met.meetings(edited, () => ground.plot.bind(edited.mutant))
      if (meetings.length === 0) return null
      const trace = noticedOn(ground, mutantOn(ground, edited.mutant, meetings, switched))
      return trace === null ? null : { scope, by: 'lockstep', length: trace.said.length }
    }
  }
}

/** Commands after which a claim about memory must have noticed its mutant without a model. */
export const commandsAlone = 2000

export function judgeWrittenText({ kills }: WrittenText, build: Build): Noticed | null {
  const claims = machineClaims.filter(claim => claim.id === kills)
  const noticing = grounds.find(plan => violatedAlone(plotOf(plan), build, claims, commandsAlone).has(kills))
  return noticing === undefined ? null : { scope: noticing.name, by: kills, length: 0 }
}
