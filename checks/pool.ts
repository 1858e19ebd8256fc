// Runs jobs side by side in processes of their own: one decision table is in force at a time in a process, and a
// processor's seconds can be told apart. Results come in the order of the jobs, whoever was faster.

import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Asked, type Kind, type Kinds, perform } from './work.js'
import type { FromWorker, ToWorker } from './worker.js'

export interface Steering<K extends Kind> {
  readonly signal: AbortSignal
  /** Processes that other runs use too; own ones where there is none. */
  readonly pool?: Pool | null
  progress(job: Kinds[K]['job'], progress: Kinds[K]['progress']): void
}

/** All jobs of one kind, by so many processes; by this one where one is enough. */
export async function allOf<K extends Kind>(
  kind: K,
  jobs: readonly Kinds[K]['job'][],
  workers: number,
  steering: Steering<K>,
): Promise<readonly Kinds[K]['result'][]> {
  if (steering.pool != null) return steering.pool.all(kind, jobs, steering.progress)
  if (workers <= 1 || jobs.length <= 1) return inTurn(kind, jobs, steering)
  const pool = new Pool(Math.min(workers, jobs.length), steering.signal)
  try {
    return await pool.all(kind, jobs, steering.progress)
  } finally {
    pool.end()
  }
}

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

/** A job that waits for a process. */
interface Task {
  readonly kind: Kind
  runBy(worker: Worker): Promise<void>
}

/**
 * Processes that take jobs in the order in which they are asked for, of whatever kind: where the jobs of one run are
 * down to the last, a process that has none left begins with those of the next. A process does one kind of work; for
 * another kind its place is taken by a fresh one.
 */
export class Pool {
  readonly #signal: AbortSignal
  readonly #waiting: Task[] = []
  readonly #idle: Place[]
  readonly #places: readonly Place[]

  constructor(workers: number, signal: AbortSignal) {
    this.#signal = signal
    this.#places = Array.from({ length: workers }, () => ({ worker: null }))
    this.#idle = [...this.#places]
  }

  all<K extends Kind>(
    kind: K,
    jobs: readonly Kinds[K]['job'][],
    progress: Steering<K>['progress'],
  ): Promise<readonly Kinds[K]['result'][]> {
    const one = (job: Kinds[K]['job']) =>
      new Promise<Kinds[K]['result']>((resolve, reject) => {
        const runBy = (worker: Worker) => worker.run({ kind, job }, at => progress(job, at)).then(resolve, reject)
        this.#waiting.push({ kind, runBy })
      })
    const results = Promise.all(jobs.map(one))
    this.#next()
    return results
  }

  /** Whatever still runs is left. */
  end(): void {
    this.#waiting.length = 0
    this.#idle.length = 0
    for (const { worker } of this.#places) worker?.end()
  }

  #next(): void {
    while (this.#waiting.length > 0 && this.#idle.length > 0) {
      const [task, place] = [this.#waiting.shift(), this.#idle.pop()]
      if (task !== undefined && place !== undefined) void this.#take(task, place)
    }
  }
  async #take(task: Task, place: Place): Promise<void> {
    if (place.worker?.kind !== task.kind || !place.worker.isThere) {
      place.worker?.end()
      place.worker = new Worker(task.kind, this.#signal)
    }
    await task.runBy(place.worker)
    this.#idle.push(place)
    this.#next()
  }
}

interface Place {
  worker: Worker | null
}

const nameOf = <K extends Kind>({ kind, job }: Asked<K>): string => ('scope' in job ? job.scope : kind)

class Worker {
  readonly #child: ChildProcess
  readonly #interrupt = () => this.#send('interrupt')

  constructor(
    readonly kind: Kind,
    readonly signal: AbortSignal,
  ) {
    this.#child = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), { execArgv: [] })
    if (signal.aborted) this.#interrupt()
    signal.addEventListener('abort', this.#interrupt)
  }
  get isThere(): boolean {
    return this.#child.connected
  }
  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message)
  }

  run<K extends Kind>(asked: Asked<K>, progress: (at: Kinds[K]['progress']) => void): Promise<Kinds[K]['result']> {
    return new Promise((resolve, reject) => {
      const gone = (code: number | null, signal: string | null) =>
        settle(() => reject(new Error(`the process that ran ${nameOf(asked)} ended early (${signal ?? code})`)))
      const heard = (message: FromWorker<K>) => {
        if (message.is === 'progress') progress(message.progress)
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
    this.signal.removeEventListener('abort', this.#interrupt)
    if (this.#child.connected) this.#child.disconnect()
  }
}
