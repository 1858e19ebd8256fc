// The child process in which the implementation is measured: alone, so that V8 folds the constants of its one geometry.
// Reads lines `name count seed`, runs that many operations, and answers `microseconds checksum`, in user CPU time; rounds.c
// speaks the same.

import { createInterface } from 'node:readline'
import { createRounds } from './rounds.js'

const rounds = createRounds()
for await (const line of createInterface({ input: process.stdin })) {
  const [name, count, seed] = line.split(' ')
  const round = rounds[name]
  if (round === undefined) throw new Error(`no round is called ${name}`)
  const start = process.cpuUsage().user
  const checksum = round(Number(count), Number(seed)) >>> 0
  process.stdout.write(`${process.cpuUsage().user - start} ${checksum}\n`)
}
