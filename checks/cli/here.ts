// The program run in this process, for tests: what a process of its own would say, talk and end with, without the second that
// one takes to start. What is about processes themselves, signals and closed pipes, needs a real one.

import { main } from './program.js'

export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

let turn: Promise<unknown> = Promise.resolve()

/** Runs it once those before it are done: there is one pair of streams, and one exit code. */
export function mmspecHere(...args: readonly string[]): Promise<Ended> {
  const ended = turn.then(() => run(args))
  turn = ended.catch(() => undefined)
  return ended
}

async function run(args: readonly string[]): Promise<Ended> {
  const { stdout, stderr, env } = process
  const { NO_COLOR: colour } = env
  const said = { out: '', err: '' }
  const kept = [stdout.write, stderr.write] as const
  stdout.write = text => {
    said.out += String(text)
    return true
  }
  stderr.write = text => {
    said.err += String(text)
    return true
  }
  env.NO_COLOR = '1'
  process.exitCode = undefined
  try {
    await main(args)
    return { code: Number(process.exitCode ?? 0), ...said }
  } finally {
    ;[stdout.write, stderr.write] = kept
    if (colour === undefined) delete env.NO_COLOR
    else env.NO_COLOR = colour
    process.exitCode = undefined
  }
}
