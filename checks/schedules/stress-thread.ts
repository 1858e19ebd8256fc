// A CPU that runs freely: random commands on a few pages that all CPUs share, with random naps at points, because without
// them two threads on a small machine hardly ever meet. What it does and sees goes into its history.

import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { Hooks } from '../../impl/index.js'
import type { Copy } from './copy.js'
import { type Event, Log, noMemory, noPage, noRight } from './history.js'
import { randomBelow } from './strategies.js'
import { control, type StressData } from './stress-data.js'

const data = workerData as StressData
const { boot, cpu, cpus, memory, firstPage, pageBytes, pages, naps } = data
const words = new Int32Array(data.control)
const finished = words.subarray(control.finished, control.finished + cpus)
const { createMachine, mapFlags, protectionBits, SEGV_ACCERR, SEGV_MAPERR, ENOMEM, FAILED }: Copy = await import(
  pathToFileURL(data.module).href
)
let random = randomBelow(0)
const shortest = 0.01
/** A wait looks again a few times before it sleeps: longer spins are slower where CPUs are few. */
const spins = 20
let spun = 0
const memoryWords = new Int32Array(memory)
const hooks: Hooks = {
  preempt() {
    if (random(naps) === 0) Atomics.wait(words, control.nap, 0, shortest)
  },
  pause(_cpu, word, seen) {
    if (++spun % spins === 0) Atomics.wait(memoryWords, word, seen, shortest)
  },
  chose() {},
}
const machine = createMachine(boot, hooks, { memory, cpu })

const addressOf = (page: number) => (firstPage + page) * pageBytes
/** The process that all CPUs run, and each CPU's own for children. */
const shared = 0
const child = 1 + cpu

function answerOf(answer: number): number {
  if (answer >= 0) return answer
  if (answer === SEGV_MAPERR) return noPage
  if (answer === SEGV_ACCERR) return noRight
  if (answer === ENOMEM || answer === FAILED + ENOMEM) return noMemory
  throw new Error(`an answer that nothing allows: ${answer}`)
}

/** One command, which may be about several pages: an event for each. */
function command(log: Log, value: number): void {
  const page = random(pages)
  const one = (event: Event, given: number, call: () => number) => {
    log.begin()
    log.record(event, page, given, answerOf(call()))
    log.end()
  }
  const address = addressOf(page)
  const dice = random(100)
  if (dice < 35) one('load', 0, () => machine.load(shared, address))
  else if (dice < 70) one('store', value, () => machine.store(shared, address, value))
  else if (dice < 78)
    one('map', 0, () => Math.min(0, machine.mmap(shared, address, pageBytes, protectionBits.rw, mapFlags.fixed)))
  else if (dice < 84) unmap(log, page, Math.min(pages - page, 1 + random(2)))
  else if (dice < 92) {
    const [event, rights] =
      dice < 88 ? (['protect', protectionBits.r] as const) : (['allow', protectionBits.rw] as const)
    // That a page is missing is ENOMEM here, by POSIX.
    one(event, 0, () => {
      const answer = machine.mprotect(shared, address, pageBytes, rights)
      return answer === ENOMEM ? SEGV_MAPERR : answer
    })
  } else if (dice < 96) fork(log)
  else if (boot.slots > 0) machine.swapOut(shared, address)
}

function unmap(log: Log, page: number, count: number): void {
  log.begin()
  const answer = answerOf(machine.munmap(shared, addressOf(page), count * pageBytes))
  for (let i = 0; i < count; i++) log.record('unmap', page + i, 0, answer)
  log.end()
}

/** A child sees what there was at the time of the fork, and goes on seeing it. */
function fork(log: Log): void {
  log.begin()
  const answer = machine.fork(shared, child)
  log.end()
  if (answer !== 0) return
  const seen = Array.from({ length: pages }, (_, page) => machine.load(child, addressOf(page)))
  const again = seen.findIndex((answer, page) => machine.load(child, addressOf(page)) !== answer)
  machine.exit(child)
  if (again >= 0) throw new Error(`page ${again} of a child changed after the fork: its parent still writes to it`)
  seen.forEach((answer, page) => {
    if (answerOf(answer) !== noMemory) log.record('see', page, 0, answerOf(answer))
  })
}

function round(): void {
  random = randomBelow(words[control.seed] * cpus + cpu)
  const log = new Log(new Int32Array(data.history), finished, cpu, cpus)
  const most = words[control.commands]
  let wrong: string | null = null
  try {
    for (let i = 0; i < most; i++) command(log, cpu * 2 ** 26 + i + 1)
  } catch (error) {
    wrong = error instanceof Error ? error.message : String(error)
  }
  Atomics.add(words, control.done, 1)
  while (Atomics.load(words, control.done) < cpus) {
    machine.poll()
    Atomics.wait(words, control.nap, 0, shortest)
  }
  parentPort?.postMessage({ records: log.records, wrong })
}

parentPort?.postMessage('ready')
for (let last = 0; ; ) {
  Atomics.wait(words, control.round, last)
  const now = Atomics.load(words, control.round)
  if (now < 0) break
  if (now !== last) round()
  last = now
}
