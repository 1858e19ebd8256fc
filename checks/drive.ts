// Drives a long piece of work that yields now and then: between two looks the process stays awake for an interruption,
// a time limit and its progress.

import type { Cut } from '../reports/result.js'

export interface Watch<P> {
  /** What should cut the work short now; what is done by then is in its result. */
  asked(): Cut | null
  progress(at: P): void
}

/** What users of a run say of it: how it is interrupted, when it must end, and who hears how far it is. */
export interface Steering<P> {
  readonly signal: AbortSignal | null
  /** Milliseconds since 1970 at which the work must end; null for never. */
  readonly deadline: number | null
  progress(at: P): void
}

type Work<P, R> = Generator<P, R, Cut | null | undefined> | AsyncGenerator<P, R, Cut | null | undefined>

/** Milliseconds of work between two times that the process listens. */
const mostDeaf = 50

export async function drive<P, R>(work: Work<P, R>, watch: Watch<P>): Promise<R> {
  let listened = 0
  for (;;) {
    const next = await work.next(watch.asked())
    if (next.done === true) return next.value
    watch.progress(next.value)
    if (Date.now() - listened < mostDeaf) continue
    await new Promise(resolve => setImmediate(resolve))
    listened = Date.now()
  }
}

export const watched = <P>({ signal, deadline, progress }: Steering<P>): Watch<P> => ({
  asked: () => {
    if (signal?.aborted === true) return 'interrupted'
    return deadline !== null && Date.now() > deadline ? 'time' : null
  },
  progress: at => progress(at),
})
