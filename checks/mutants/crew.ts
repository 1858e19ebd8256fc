// Runs jobs in processes of their own, or in this one: results come in the order of the jobs, whoever was faster.

import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { drive, type Watch } from '../drive.js'
import { Bench, type Job, type JobProgress, type Judged } from './trials.js'

export interface Crew {
  run(jobs: readonly Job[]): Promise<readonly (readonly Judged[])[]>
  end(): void
}

/** One after the other in this process. */
export function aloneWith(watch: Watch<JobProgress>): Crew {
  const bench = new Bench()
  return {
    async run(jobs) {
      const results: (readonly Judged[])[] = []
      for (const job of jobs) results.push(await drive(bench.run(job), watch))
      return results
    },
    end: () => bench.close(),
  }
}

export function crewOf(workers: number, watch: Watch<JobProgress>): Crew {
  if (workers <= 1) return aloneWith(watch)
  const hands = Array.from({ length: workers }, () => new Hand(watch))
  return {
    async run(jobs) {
      const results: (readonly Judged[])[] = []
      let next = 0
      const serve = async (hand: Hand): Promise<void> => {
        for (let at = next++; at < jobs.length; at = next++) results[at] = await hand.run(jobs[at])
      }
      await Promise.all(hands.slice(0, jobs.length).map(serve))
      return results
    },
    end: () => {
      for (const hand of hands) hand.end()
    },
  }
}

export type ToWorker = { readonly job: Job } | 'stop'
export type FromWorker =
  | { readonly is: 'progress'; readonly progress: JobProgress }
  | { readonly is: 'result'; readonly judged: readonly Judged[] }
  | { readonly is: 'error'; readonly message: string; readonly stack: string }

/** Milliseconds between two looks whether to stop. */
const lookEvery = 100

class Hand {
  readonly #child: ChildProcess = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), { execArgv: [] })
  constructor(readonly watch: Watch<JobProgress>) {}

  run(job: Job): Promise<readonly Judged[]> {
    return new Promise((resolve, reject) => {
      const looking = setInterval(() => {
        if (this.watch.asked() !== null) this.#send('stop')
      }, lookEvery)
      const gone = (code: number | null, signal: string | null) =>
        settle(() => reject(new Error(`a process that judged mutants ended early (${signal ?? code})`)))
      const heard = (message: FromWorker) => {
        if (message.is === 'progress') this.watch.progress(message.progress)
        else if (message.is === 'result') settle(() => resolve(message.judged))
        else settle(() => reject(Object.assign(new Error(message.message), { stack: message.stack })))
      }
      const settle = (then: () => void) => {
        clearInterval(looking)
        this.#child.off('exit', gone).off('message', heard)
        then()
      }
      this.#child.on('exit', gone).on('message', heard)
      this.#send({ job })
    })
  }
  #send(message: ToWorker): void {
    if (this.#child.connected) this.#child.send(message)
  }
  end(): void {
    if (this.#child.connected) this.#child.disconnect()
  }
}
