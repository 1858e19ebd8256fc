// Drives a long piece of work that yields now and then: between two looks the process stays awake for an interruption,
// a time limit and its progress.

import type { Cut } from '../reports/result.js'

export interface Steering<P> {
  /** Aborting it cuts the work short; what is done by then is in the result. */
  readonly signal: AbortSignal | null
  /** Milliseconds since 1970 at which the work must end; null for never. */
  readonly deadline: number | null
  progress(at: P): void
}

type Work<P, R> = Generator<P, R, Cut | null | undefined> | AsyncGenerator<P, R, Cut | null | undefined>

const millisecondsAsleepAtMost = 50

export async function drive<P, R>(work: Work<P, R>, steering: Steering<P>): Promise<R> {
  let looked = 0
  for (;;) {
    const next = await work.next(askedFor(steering))
    if (next.done === true) return next.value
    steering.progress(next.value)
    if (Date.now() - looked < millisecondsAsleepAtMost) continue
    await new Promise(resolve => setImmediate(resolve))
    looked = Date.now()
  }
}

function askedFor<P>({ signal, deadline }: Steering<P>): Cut | null {
  if (signal?.aborted === true) return 'interrupted'
  return deadline !== null && Date.now() > deadline ? 'time' : null
}
