// The implementation in step with the interleaved model. After every step of a schedule there must be a way in which the
// model could have come to show the same: the same answers, locks, regions, entries, contents and translations. What is
// kept is the set of all situations of the model that do. When a CPU of the machine has made a step, the same CPU of the
// model may make none, one or several, with whatever choices, and its hardware may do what it likes; the situations that
// then show what the machine shows are the next set. Where there is none, both disagree.
//
// Situations are found once and numbered; so are sets of them, and what sets a step leads to is remembered, because
// schedules have most of their steps in common.

import { machineOf, type State, viewOf } from '../../model/index.js'
import type { Broken } from './claims.js'
import { Interleavings, keyOf, type Situation } from './interleavings.js'
import { loadedIn, type Seen, seenIn } from './seen.js'
import { difference } from './shown.js'
import { answersOf, type Stage } from './stage.js'

interface Known {
  readonly situation: Situation
  readonly m: State
  /** By CPU, once it was asked for: where one of its steps leads, or its hardware. */
  readonly next: (readonly number[] | undefined)[]
}

/** What a machine showed after a step: a number for each different view, and the situations that show it. */
interface View {
  readonly seen: Seen
  readonly answers: Answers
  readonly fits: Map<number, boolean>
}

export class Lockstep {
  readonly #model: Interleavings
  readonly #situations: Known[] = []
  readonly #numbers = new Map<string, number>()
  readonly #sets: (readonly number[])[] = []
  readonly #setNumbers = new Map<string, number>()
  readonly #views: View[] = []
  readonly #viewNumbers = new Map<string, number>()
  readonly #steps = new Map<string, number>()
  readonly #first: number
  #now: number
  #before = 0

  /** The stage stands where its scripts begin. */
  constructor(readonly stage: Stage) {
    const { bound, scripts } = stage.scenario
    const machine = machineOf(bound.machine.system, { ...bound.setting, granularity: 'full' })
    this.#model = new Interleavings(machine, scripts)
    const start = this.#numberOf(this.#model.first(loadedIn(stage.machine)))
    this.#first = this.#now = this.#setOf(
      this.#reach(
        [start],
        scripts.map((_, cpu) => cpu),
        true,
      ),
    )
  }
  get situations(): number {
    return this.#situations.length
  }
  get sets(): number {
    return this.#sets.length
  }

  begin(): void {
    this.#now = this.#first
  }
  /** Whether the model may have stood still in the last step. */
  get stood(): boolean {
    const before = new Set(this.#sets[this.#before])
    return this.#sets[this.#now].some(number => before.has(number))
  }

  /** After a step of a CPU; why the model cannot have come here, or null. */
  after(cpu: number): Broken | null {
    const view = this.#viewOf()
    const key = `${this.#now} ${cpu} ${view}`
    let next = this.#steps.get(key)
    if (next === undefined) {
      const reached = this.#reach(this.#sets[this.#now], [cpu], false)
      next = this.#setOf(reached.filter(number => this.#fits(number, view)))
      this.#steps.set(key, next)
    }
    if (this.#sets[next].length === 0) return { claim: 'lockstep', says: this.#nearest(cpu, view) }
    this.#before = this.#now
    this.#now = next
    return null
  }

  #numberOf(situation: Situation): number {
    const key = keyOf(situation)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const m = viewOf(this.#model.machine.layout, { bytes: situation.state }) as State
    this.#numbers.set(key, this.#situations.length)
    return this.#situations.push({ situation, m, next: [] }) - 1
  }
  #setOf(numbers: readonly number[]): number {
    const sorted = [...numbers].sort((a, b) => a - b)
    const key = sorted.join()
    const known = this.#setNumbers.get(key)
    if (known !== undefined) return known
    this.#setNumbers.set(key, this.#sets.length)
    return this.#sets.push(sorted) - 1
  }

  #nextOf(number: number, cpu: number, hardwareOnly: boolean): readonly number[] {
    const it = this.#situations[number]
    const slot = hardwareOnly ? cpu + this.stage.scenario.scripts.length : cpu
    const known = it.next[slot]
    if (known !== undefined) return known
    const found: number[] = []
    const visit = (next: Situation) => found.push(this.#numberOf(next))
    this.#model.hardware(it.situation, visit, cpu)
    if (!hardwareOnly) {
      this.#model.switches(it.situation, cpu, visit)
      this.#model.steps(it.situation, cpu, visit)
    }
    it.next[slot] = found
    return found
  }

  /** All that can be reached from some situations by the steps of these CPUs, those themselves among it. */
  #reach(from: readonly number[], cpus: readonly number[], hardwareOnly: boolean): readonly number[] {
    const reached = new Set(from)
    // What is added while it is walked through is walked through too.
    for (const number of reached)
      for (const cpu of cpus) for (const next of this.#nextOf(number, cpu, hardwareOnly)) reached.add(next)
    return [...reached]
  }

  #viewOf(): number {
    const { stage } = this
    const seen = seenIn(stage.machine, stage.placement)
    const answers = answersOf(stage)
    const key = JSON.stringify([seen, answers])
    const known = this.#viewNumbers.get(key)
    if (known !== undefined) return known
    this.#viewNumbers.set(key, this.#views.length)
    return this.#views.push({ seen, answers, fits: new Map() }) - 1
  }

  #fits(number: number, view: number): boolean {
    const { seen, answers, fits } = this.#views[view]
    let fit = fits.get(number)
    if (fit === undefined) {
      const it = this.#situations[number]
      fit = mayAnswer(it.situation, answers) && difference(seen, it.m) === null
      fits.set(number, fit)
    }
    return fit
  }

  /** In what the situations differ that could have been reached: where the answers are the same, if there are such. */
  #nearest(cpu: number, view: number): string {
    const { seen, answers } = this.#views[view]
    const near = new Set<string>()
    const far = new Set<string>()
    for (const number of this.#reach(this.#sets[this.#now], [cpu], false)) {
      const it = this.#situations[number]
      if (mayAnswer(it.situation, answers)) near.add(difference(seen, it.m) ?? 'nothing')
      else far.add(`answers ${it.situation.answers.map(list => list.join(', ')).join(' | ')}`)
    }
    const ways = [...(near.size > 0 ? near : far)].sort().join('; or ')
    return `the model cannot have come here by a step of CPU ${cpu}: ${ways}`
  }
}

type Answers = readonly (readonly string[])[]

/**
 * Whether the model has answered the same. In the model the last step of a command answers, in the machine something may
 * come behind it: so the model may be ahead by the answer to the command that is under way, which is held to it later.
 * That hides nothing that the command does behind its answer: what shows of the machine is compared all the same, and a
 * model that has answered holds no lock and has no entry in hand under which it could still change (a written mistake
 * gives the lock back first). Of an access, what is ahead is its one instant: if the machine's comes after an interrupt,
 * it reaches what others have by then, and their answers or contents differ (another written mistake).
 */
function mayAnswer({ answers, begun }: Situation, wanted: Answers): boolean {
  return answers.every((list, cpu) => {
    const ahead = list.length - wanted[cpu].length
    if (ahead !== 0 && !(ahead === 1 && begun[cpu] === list.length)) return false
    return wanted[cpu].every((answer, i) => list[i] === answer)
  })
}
