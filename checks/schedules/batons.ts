// A baton that is handed from thread to thread, so that only one of them runs. Whoever has it decides by the scheduler who
// goes on; staying costs no switch. The last slot is the thread that asks for schedules.

import { mostCpus, type Scheduler, schedulerWords } from './scheduler.js'

const ASKING = schedulerWords + mostCpus
const EPOCH = ASKING + 1
/** Words that all threads share: the scheduler's, a baton for each, and the number of the schedule. */
export const sharedWords = EPOCH + 1

/** The schedule has ended while this thread was in the middle of something: leaves it, wherever it is. */
export class Unwound extends Error {
  override readonly name = 'Unwound'
  constructor(
    /** Whether it is this thread's turn in the next schedule; whoever ended the last one has given the baton away. */
    readonly hasBaton: boolean,
  ) {
    super('the schedule has ended')
  }
}

export class Batons {
  #epoch = 0
  constructor(
    readonly words: Int32Array,
    /** Which baton is this thread's: a CPU, or -1 for the one that asks. */
    readonly cpu: number,
  ) {}
  #slotOf = (cpu: number): number => (cpu < 0 ? ASKING : schedulerWords + cpu)

  /** A new schedule: whoever sleeps in the middle of the last one leaves it at its next turn. */
  renew(): void {
    Atomics.add(this.words, EPOCH, 1)
  }
  hand(to: number): void {
    const slot = this.#slotOf(to)
    Atomics.store(this.words, slot, 1)
    Atomics.notify(this.words, slot)
  }
  wait(): void {
    const slot = this.#slotOf(this.cpu)
    while (Atomics.exchange(this.words, slot, 0) === 0) Atomics.wait(this.words, slot, 0)
  }

  /** Runs this CPU's share of one schedule. Whether its turn in the next one has come already. */
  share(script: () => void): boolean {
    this.#epoch = this.words[EPOCH]
    try {
      script()
    } catch (error) {
      if (error instanceof Unwound) return error.hasBaton
      throw error
    }
    return false
  }
  /** Lets the CPU go on that the scheduler has named, and sleeps until it is this one's turn again. */
  turn(scheduler: Scheduler): void {
    const { next } = scheduler
    this.hand(next)
    if (next < 0) throw new Unwound(false)
    this.wait()
    if (this.words[EPOCH] !== this.#epoch) throw new Unwound(true)
  }
}
