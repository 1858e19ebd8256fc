// What a lockstep run adds up, whichever driver runs it, and what it is at its end.

import type { Cut } from '../../reports/result.js'
import type { Compared } from './parting.js'
import type { Told } from './tell.js'

export interface LockstepRun {
  readonly compared: number
  readonly changing: number
  /** Abstract states up to renaming; 0 where the driver does not tell states apart. */
  readonly states: number
  readonly mix: ReadonlyMap<string, number>
  readonly cut: Cut | null
  readonly told: Told | null
}
export interface LockstepProgress {
  readonly compared: number
  readonly states: number
}
/** A driver: it yields now and then, and is told whether to stop. */
export type LockstepWork<R = LockstepRun> = Generator<LockstepProgress, R, Cut | null | undefined>

/** Counts compared commands. */
export class Tally {
  compared = 0
  changing = 0
  readonly mix = new Map<string, number>()

  count(operation: string, step: Compared): void {
    if (step.is === 'skipped') return
    this.compared++
    this.mix.set(operation, (this.mix.get(operation) ?? 0) + 1)
    if (step.is === 'same' && step.changed) this.changing++
  }

  /** The run as it stands. */
  run(states: number, { cut = null, told = null }: { readonly cut?: Cut | null; readonly told?: Told | null }) {
    const { compared, changing, mix } = this
    return { compared, changing, states, mix, cut, told } satisfies LockstepRun
  }
}
