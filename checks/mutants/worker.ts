// A process that judges mutants for another one: a job comes as a message, progress and the result go back. It lives as
// long as its parent, who alone hears Ctrl-C and passes it on.

import { drive } from '../drive.js'
import type { FromWorker, ToWorker } from './crew.js'
import { Bench, type Job } from './trials.js'

/** Progress is for people: more often than this would only cost. */
const millisecondsApart = 100

if (process.send !== undefined) serve()

function serve(): void {
  const bench = new Bench()
  let stopped = false
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => {
    bench.close()
    process.exit()
  })
  process.on('message', (message: ToWorker) => {
    if (message === 'stop') stopped = true
    else void answer(bench, message.job, () => stopped)
  })
}

async function answer(bench: Bench, job: Job, stopped: () => boolean): Promise<void> {
  let told = 0
  try {
    const judged = await drive(bench.run(job), {
      asked: () => (stopped() ? 'interrupted' : null),
      progress: progress => {
        if (Date.now() - told < millisecondsApart) return
        told = Date.now()
        tell({ is: 'progress', progress })
      },
    })
    tell({ is: 'result', judged })
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    tell({ is: 'error', message, stack })
  }
}

/** Nobody hears a message that fails: the parent is gone then, and this process goes too. */
const tell = (message: FromWorker): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
}
