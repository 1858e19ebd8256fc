// A process that runs jobs for another one: a job comes as a message, progress and the result go back. It lives as long
// as its parent, who alone hears Ctrl-C and passes it on.

import { type Asked, type Kind, type Kinds, perform } from './work.js'

export type ToWorker = Asked<Kind> | 'interrupt'
export type FromWorker<K extends Kind> =
  | { readonly is: 'progress'; readonly progress: Kinds[K]['progress'] }
  | { readonly is: 'result'; readonly result: Kinds[K]['result'] }
  | { readonly is: 'error'; readonly message: string; readonly stack: string }

/** Progress is for people: more often than this would only cost. */
const millisecondsApart = 100

if (process.send !== undefined) serve()

function serve(): void {
  let interrupted = false
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => process.exit())
  process.on('message', (message: ToWorker) => {
    if (message === 'interrupt') interrupted = true
    else void answer(message, () => interrupted)
  })
}

async function answer(asked: Asked<Kind>, interrupted: () => boolean): Promise<void> {
  let told = Date.now()
  try {
    const result = await perform(asked, {
      asked: () => (interrupted() ? 'interrupted' : null),
      progress: progress => {
        if (Date.now() - told < millisecondsApart) return
        told = Date.now()
        tell({ is: 'progress', progress })
      },
    })
    tell({ is: 'result', result })
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    tell({ is: 'error', message, stack })
  }
}

const tell = (message: FromWorker<Kind>): void => {
  process.send?.(message)
}
