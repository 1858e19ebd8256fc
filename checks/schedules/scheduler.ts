// The deterministic scheduler: at every point that a CPU reaches, it says which CPU goes on. A schedule is a list of
// deviations from what is usual (stay; where that CPU waits, the next one that can run), `step>cpu`, so that one short
// list replays it, whichever strategy found it. A wait says what it waits for; that a CPU can go on is read from memory,
// so a deadlock is known at once: nobody can, and not everybody has finished.
//
// All its state is one array of words. So the same text decides for generators in one thread and for real threads that
// hand a baton around; only one of them runs at a time.

export const statuses = ['running', 'finished', 'deadlock', 'violated', 'too long', 'crashed'] as const
export type Status = (typeof statuses)[number]

/** Steps that a schedule may have; what goes on for longer waits without saying what for. */
export const mostSteps = 4096
export const mostCpus = 8
const mostDeviations = 64

/** What a CPU waits for instead of a word: nothing at all, or only mail. */
const nothing = -1
const onlyMail = -2

// Step, status, CPU now, CPU next, next deviation, number of deviations, whether by priorities.
const [STEP, STATUS, NOW, NEXT, AT, COUNT, RANDOM] = [0, 1, 2, 3, 4, 5, 6]
const WAITS = 8
const SEEN = WAITS + mostCpus
const FINISHED = SEEN + mostCpus
const PRIORITY = FINISHED + mostCpus
const DEVIATIONS = PRIORITY + mostCpus
/** Of each step: who would usually have gone on, who could have, who did, and whether he who ran before could have. */
const TRACE = DEVIATIONS + 2 * mostDeviations
const traceWords = 4
export const schedulerWords = TRACE + traceWords * mostSteps

/** What the scheduler looks at and cannot change. */
export interface World {
  readonly cpus: number
  /** The machine's memory: a CPU that waits for a word goes on when it is not what it was. */
  readonly memory: Int32Array
  hasMail(cpu: number): boolean
  /** Looked at after every step; a false ends the schedule as violated. */
  holds(cpu: number): boolean
}

/** `step, cpu, step, cpu, …` in the order of steps. */
export type Deviations = readonly number[]

export class Scheduler {
  constructor(
    readonly world: World,
    readonly words: Int32Array = new Int32Array(schedulerWords),
  ) {
    if (world.cpus > mostCpus) throw new RangeError(`${world.cpus} CPUs are more than a schedule can name`)
  }

  /** A schedule that deviates from the usual one at these steps. */
  begin(deviations: Deviations): void {
    this.#begin(deviations, false)
  }
  /** A schedule by priorities, the highest first; at each of the steps, whoever runs then falls below all others. */
  beginBy(priorities: readonly number[], changes: readonly number[]): void {
    priorities.forEach((priority, cpu) => {
      this.words[PRIORITY + cpu] = priority
    })
    this.#begin(changes, true)
  }
  #begin(list: readonly number[], random: boolean): void {
    const { words, world } = this
    if (list.length > 2 * mostDeviations) throw new RangeError(`${list.length / 2} deviations are too many`)
    words[STEP] = words[AT] = words[STATUS] = 0
    words[NOW] = -1
    words[COUNT] = list.length
    words[RANDOM] = random ? 1 : 0
    for (let i = 0; i < list.length; i++) words[DEVIATIONS + i] = list[i]
    for (let cpu = 0; cpu < world.cpus; cpu++) {
      words[WAITS + cpu] = nothing
      words[FINISHED + cpu] = 0
    }
    this.decide()
  }

  get status(): Status {
    return statuses[this.words[STATUS]]
  }
  get steps(): number {
    return this.words[STEP]
  }
  /** The CPU whose turn it is, or -1 when the schedule has ended. */
  get next(): number {
    return this.words[NEXT]
  }
  /** Of a step that was taken. */
  usual(step: number): number {
    return this.words[TRACE + traceWords * step]
  }
  could(step: number): number {
    return this.words[TRACE + traceWords * step + 1]
  }
  took(step: number): number {
    return this.words[TRACE + traceWords * step + 2]
  }
  /** 1 where the CPU that ran before could have gone on, so that to leave it is to preempt it. */
  cost(step: number): number {
    return this.words[TRACE + traceWords * step + 3]
  }

  /** A CPU has come to a point. Each of these answers whether another one goes on. */
  passes(cpu: number): boolean {
    this.words[WAITS + cpu] = nothing
    return this.decide() !== cpu
  }
  waits(cpu: number, word: number, seen: number): boolean {
    this.words[WAITS + cpu] = word
    this.words[SEEN + cpu] = seen
    return this.decide() !== cpu
  }
  /** Its script is over; it only answers mail. */
  idles(cpu: number): boolean {
    this.words[WAITS + cpu] = onlyMail
    this.words[FINISHED + cpu] = 1
    return this.decide() !== cpu
  }
  /** Whether the script of a CPU is not over: where nobody can go on, an error names these. */
  waiting(cpu: number): boolean {
    return this.words[FINISHED + cpu] === 0
  }
  stop(status: Status): void {
    this.words[STATUS] = statuses.indexOf(status)
    this.words[NEXT] = -1
  }

  #canRun(cpu: number): boolean {
    const { words, world } = this
    const word = words[WAITS + cpu]
    if (word === nothing) return true
    if (word >= 0 && world.memory[word] !== words[SEEN + cpu]) return true
    return world.hasMail(cpu)
  }

  /** Who goes on. */
  decide(): number {
    const { words, world } = this
    if (words[STATUS] !== 0) return -1
    const { cpus } = world
    const now = words[NOW]
    if (now >= 0 && !world.holds(now)) return this.#ends('violated')
    let finished = true
    let could = 0
    for (let cpu = 0; cpu < cpus; cpu++) {
      if (words[FINISHED + cpu] === 0) finished = false
      if (this.#canRun(cpu)) could |= 1 << cpu
    }
    if (finished) return this.#ends('finished')
    if (could === 0) return this.#ends('deadlock')
    const step = words[STEP]
    if (step === mostSteps) return this.#ends('too long')
    let usual = now
    if (now < 0 || (could & (1 << now)) === 0) {
      do usual = (usual + 1) % cpus
      while ((could & (1 << usual)) === 0)
    }
    const next = words[RANDOM] === 1 ? this.#byPriority(step, now, could) : this.#byDeviation(step, usual, could)
    const trace = TRACE + traceWords * step
    words[trace] = usual
    words[trace + 1] = could
    words[trace + 2] = next
    words[trace + 3] = now >= 0 && (could & (1 << now)) !== 0 ? 1 : 0
    words[STEP] = step + 1
    words[NOW] = words[NEXT] = next
    return next
  }

  #ends(status: Status): number {
    this.stop(status)
    return -1
  }

  #byDeviation(step: number, usual: number, could: number): number {
    const { words } = this
    const at = words[AT]
    if (at >= words[COUNT] || words[DEVIATIONS + at] !== step) return usual
    const cpu = words[DEVIATIONS + at + 1]
    if ((could & (1 << cpu)) === 0) throw new NoSuchSchedule(step, cpu)
    words[AT] = at + 2
    return cpu
  }

  #byPriority(step: number, now: number, could: number): number {
    const { words, world } = this
    for (let i = 0; i < words[COUNT]; i++)
      if (now >= 0 && words[DEVIATIONS + i] === step) words[PRIORITY + now] = -1 - i
    let next = -1
    for (let cpu = 0; cpu < world.cpus; cpu++)
      if ((could & (1 << cpu)) !== 0 && (next < 0 || words[PRIORITY + cpu] > words[PRIORITY + next])) next = cpu
    return next
  }

  /** The deviations that make the schedule that has just ended, whatever strategy made it. */
  deviations(): Deviations {
    const found: number[] = []
    for (let step = 0; step < this.steps; step++)
      if (this.took(step) !== this.usual(step)) found.push(step, this.took(step))
    return found
  }
  /** Whether all deviations asked for have been made. */
  get fits(): boolean {
    return this.words[RANDOM] === 1 || this.words[AT] === this.words[COUNT]
  }
}

/** A list of deviations names a CPU that cannot run where it says. */
export class NoSuchSchedule extends Error {
  override readonly name = 'NoSuchSchedule'
  constructor(
    readonly step: number,
    readonly cpu: number,
  ) {
    super(`CPU ${cpu} cannot run at step ${step}`)
  }
}
