// How far a run is: one rewritten line at a terminal, a line every ten seconds where there is none. On stderr, so that
// it never mixes with results.

import type { Progress } from '../explorer/explore.js'
import { talk } from './terminal.js'

const millisecondsApart = { terminal: 100, log: 10_000 }
const clearLine = '\r\u001b[K'

export interface Ticker {
  tick(line: string): void
  /** Takes the line away, so that results start on a clean one. */
  end(): void
}

const silent: Ticker = { tick: () => undefined, end: () => undefined }

export function lineTicker(quiet: boolean): Ticker {
  if (quiet) return silent
  const terminal = process.stderr.isTTY === true
  const apart = terminal ? millisecondsApart.terminal : millisecondsApart.log
  const start = Date.now()
  let shown = start
  return {
    tick: line => {
      if (Date.now() - shown < apart) return
      shown = Date.now()
      const seconds = Math.round((shown - start) / 1000)
      if (!terminal) talk(`${seconds} s  ${line}\n`)
      else talk(`${clearLine}${cut(`${seconds} s  ${line}`, process.stderr.columns - 1)}`)
    },
    end: () => {
      if (terminal) talk(clearLine)
    },
  }
}

const cut = (line: string, width: number): string => [...line].slice(0, Math.max(0, width)).join('')

/** What all searches say of themselves. */
export function searchLine(scope: string, { states, transitions, depth, queue, bytes }: Progress): string {
  const megabytes = Math.ceil(bytes / 2 ** 20)
  return `${scope}: depth ${depth} · ${states} states · ${transitions} transitions · ${queue} waiting · ${megabytes} MB`
}
