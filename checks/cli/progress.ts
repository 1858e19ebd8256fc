// How far a run is: one rewritten line at a terminal, a line every ten seconds where there is none. On stderr, so that
// it never mixes with results.

import type { Progress } from '../explorer/explore.js'
import { talk } from './terminal.js'

const millisecondsApart = { terminal: 100, log: 10_000 }
const clearLine = '\r\u001b[K'

export interface Ticker {
  tick(scope: string, progress: Progress): void
  /** Takes the line away, so that results start on a clean one. */
  end(): void
}

const silent: Ticker = { tick: () => undefined, end: () => undefined }

export function ticker(quiet: boolean): Ticker {
  if (quiet) return silent
  const terminal = process.stderr.isTTY === true
  const apart = terminal ? millisecondsApart.terminal : millisecondsApart.log
  const latest = new Map<string, string>()
  const start = Date.now()
  let shown = start
  return {
    tick: (scope, progress) => {
      latest.set(scope, lineOf(scope, progress))
      if (Date.now() - shown < apart) return
      shown = Date.now()
      const seconds = Math.round((shown - start) / 1000)
      if (!terminal) talk(`${seconds} s  ${latest.get(scope)}\n`)
      else talk(`${clearLine}${cut(`${seconds} s  ${latest.get(scope)}`, process.stderr.columns - 1)}`)
    },
    end: () => {
      if (terminal) talk(clearLine)
    },
  }
}

const cut = (line: string, width: number): string => [...line].slice(0, Math.max(0, width)).join('')

function lineOf(scope: string, { states, transitions, depth, queue, bytes }: Progress): string {
  const megabytes = Math.ceil(bytes / 2 ** 20)
  return `${scope}: depth ${depth} · ${states} states · ${transitions} transitions · ${queue} waiting · ${megabytes} MB`
}
