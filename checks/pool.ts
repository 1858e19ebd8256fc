// Runs jobs side by side in processes of their own: one decision table is in force at a time in a process, and a
// processor's seconds can be told apart. Results come in the order of the jobs, whoever was faster.

import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Progress } from './explorer/explore.js'
import { type Job, runJob } from './job.js'
import type { ExploredScope } from './result.js'
import type { FromWorker, ToWorker } from './worker.js'

export interface Steering {
  readonly signal: AbortSignal
  progress(job: Job, progress: Progress): void
}

/** One after the other in this process. */
export async function inTurn(jobs: readonly Job[], { signal, progress }: Steering): Promise<readonly ExploredScope[]> {
  const results: ExploredScope[] = []
  for (const job of jobs) {
    const asked = () => (signal.aborted ? 'interrupted' : null)
    results.push(await runJob(job, { asked, progress: at => progress(job, at) }))
  }
  return results
}

export async function sideBySide(
  jobs: readonly Job[],
  workers: number,
  steering: Steering,
): Promise<readonly ExploredScope[]> {
  const results: ExploredScope[] = []
  let next = 0
  const serve = async (): Promise<void> => {
    const worker = new Worker(steering)
    try {
      for (let at = next++; at < jobs.length; at = next++) results[at] = await worker.run(jobs[at])
    } finally {
      worker.end()
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, jobs.length) }, serve))
  return results
}

class Worker {
  readonly #child: ChildProcess
  readonly #steering: Steering
  readonly #interrupt = () => this.#send('interrupt')

  constructor(steering: Steering) {
    this.#child = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), { execArgv: [] })
    this.#steering = steering
    if (steering.signal.aborted) this.#interrupt()
    steering.signal.addEventListener('abort', this.#interrupt)
  }
  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message)
  }

  run(job: Job): Promise<ExploredScope> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null, signal: string | null) =>
        settle(() => reject(new Error(`the process that explored ${job.scope} ended early (${signal ?? code})`)))
      const heard = (message: FromWorker) => {
        if (message.is === 'progress') this.#steering.progress(job, message.progress)
        if (message.is === 'result') settle(() => resolve(message.result))
        if (message.is === 'error')
          settle(() => reject(Object.assign(new Error(message.message), { stack: message.stack })))
      }
      const settle = (then: () => void) => {
        this.#child.off('exit', gone).off('message', heard)
        then()
      }
      this.#child.on('exit', gone).on('message', heard)
      this.#send({ job })
    })
  }

  end(): void {
    this.#steering.signal.removeEventListener('abort', this.#interrupt)
    this.#child.disconnect()
  }
}
