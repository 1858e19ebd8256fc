// Ctrl-C: the first asks the run to stop and report what it has, the second leaves at once.

import { talk } from './terminal.js'

const interrupted = 130

/** Runs something that can be interrupted. */
export async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(interrupted)
    controller.abort()
    talk('\nmmspec: stopping; Ctrl-C again leaves at once\n')
  }
  process.on('SIGINT', onSignal)
  try {
    return await run(controller.signal)
  } finally {
    process.off('SIGINT', onSignal)
  }
}
