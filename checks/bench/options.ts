// The benchmark's command line, and how much work each of its sizes means.

import { parseArgs } from 'node:util'

export interface Size {
  readonly rounds: number
  /** Rounds that are thrown away first. */
  readonly warmUps: number
  /** A factor on the operations of a round. */
  readonly work: number
  /** How often each explorer runs. */
  readonly explorations: number
  readonly bounds: { readonly process: number; readonly page: number; readonly frame: number; readonly slot: number }
}

/** MM-small's bound B: 1,407,064 states. */
const boundB = { process: 3, page: 2, frame: 2, slot: 2 }
const usual: Size = { rounds: 11, warmUps: 2, work: 1, explorations: 3, bounds: boundB }
const quick: Size = { rounds: 3, warmUps: 1, work: 1, explorations: 1, bounds: boundB }
/** For the tests of the benchmark itself; its figures mean nothing. */
const smoke: Size = { rounds: 2, warmUps: 0, work: 1e-4, explorations: 1, bounds: { ...boundB, process: 2, slot: 1 } }

export interface Options {
  readonly size: Size
  readonly strict: boolean
  readonly json: boolean
  readonly help: boolean
}

export const usage = `usage: npm run bench -- [--quick] [--strict] [--json]

  --quick   fewer rounds
  --strict  end with exit code 1 when a bar is missed
  --json    print the figures as JSON
`

/** Throws a TypeError that says which flag is unknown. */
export function parseOptions(args: readonly string[]): Options {
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args: [...args],
    options: { quick: flag, strict: flag, json: flag, smoke: flag, help: { ...flag, short: 'h' } },
    allowPositionals: false,
  })
  const { strict, json, help } = values
  return { size: values.smoke ? smoke : values.quick ? quick : usual, strict, json, help }
}
