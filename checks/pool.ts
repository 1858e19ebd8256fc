// Runs jobs side by side in processes of their own: one decision table is in force at a time in a process, and a
// processor's seconds can be told apart. Results come in the order of the jobs, whoever was faster.

import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Asked, type Kind, type Kinds, perform } from './work.js'
import type { FromWorker, ToWorker } from './worker.js'

export interface Steering<K extends Kind> {
  readonly signal: AbortSignal
  progress(job: Kinds[K]['job'], progress: Kinds[K]['progress']): void
}

/** All jobs of one kind, by so many processes; by this one where one is enough. */
export const allOf = <K extends Kind>(
  kind: K,
  jobs: readonly Kinds[K]['job'][],
  workers: number,
  steering: Steering<K>,
): Promise<readonly Kinds[K]['result'][]> =>
  workers > 1 && jobs.length > 1 ? sideBySide(kind, jobs, workers, steering) : inTurn(kind, jobs, steering)

/** One after the other in this process. */
async function inTurn<K extends Kind>(
  kind: K,
  jobs: readonly Kinds[K]['job'][],
  { signal, progress }: Steering<K>,
): Promise<readonly Kinds[K]['result'][]> {
  const results: Kinds[K]['result'][] = []
  for (const job of jobs) {
    const asked = () => (signal.aborted ? 'interrupted' : null)
    results.push(await perform({ kind, job }, { asked, progress: at => progress(job, at) }))
  }
  return results
}

async function sideBySide<K extends Kind>(
  kind: K,
  jobs: readonly Kinds[K]['job'][],
  workers: number,
  steering: Steering<K>,
): Promise<readonly Kinds[K]['result'][]> {
  const results: Kinds[K]['result'][] = []
  let next = 0
  const serve = async (): Promise<void> => {
    const worker = new Worker(steering)
    try {
      for (let at = next++; at < jobs.length; at = next++) results[at] = await worker.run({ kind, job: jobs[at] })
    } finally {
      worker.end()
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, serve))
  return results
}

const nameOf = <K extends Kind>({ kind, job }: Asked<K>): string => ('scope' in job ? job.scope : kind)

class Worker<K extends Kind> {
  readonly #child: ChildProcess
  readonly #steering: Steering<K>
  readonly #interrupt = () => this.#send('interrupt')

  constructor(steering: Steering<K>) {
    this.#child = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), { execArgv: [] })
    this.#steering = steering
    if (steering.signal.aborted) this.#interrupt()
    steering.signal.addEventListener('abort', this.#interrupt)
  }
  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message)
  }

  run(asked: Asked<K>): Promise<Kinds[K]['result']> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null, signal: string | null) =>
        settle(() => reject(new Error(`the process that ran ${nameOf(asked)} ended early (${signal ?? code})`)))
      const heard = (message: FromWorker<K>) => {
        if (message.is === 'progress') this.#steering.progress(asked.job, message.progress)
        if (message.is === 'result') settle(() => resolve(message.result))
        if (message.is === 'error')
          settle(() => reject(Object.assign(new Error(message.message), { stack: message.stack })))
      }
      const settle = (then: () => void) => {
        this.#child.off('exit', gone).off('message', heard)
        then()
      }
      this.#child.on('exit', gone).on('message', heard)
      this.#send(asked)
    })
  }

  end(): void {
    this.#steering.signal.removeEventListener('abort', this.#interrupt)
    this.#child.disconnect()
  }
}
