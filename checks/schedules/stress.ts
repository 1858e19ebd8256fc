// Threads that run freely on one memory, round after round; after each, the history must have an explanation, nothing
// may be left over, and every claim about the memory must hold. A round is named by its seed: threads do not replay a
// race, but the same seed gives the same commands and the same naps.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import {
  type BootInfo,
  createMachine,
  type Geometry,
  type Machine as Implementation,
  pageBytes,
  tiny,
  x86,
} from '../../impl/index.js'
import { machineClaims } from '../claims/index.js'
import { violatedClaim } from '../claims/machine.js'
import type { TextEdit } from '../mutants/compiled.js'
import { leftOver } from './claims.js'
import { textsOf, writeCopy } from './copy.js'
import { recordWords, unexplained } from './history.js'
import type { GeometryName } from './scenario.js'
import { control, type StressData } from './stress-data.js'

export interface StressOptions {
  readonly geometry: GeometryName
  readonly cpus: number
  readonly seconds: number
  readonly seed: number
  readonly edits?: readonly TextEdit[]
  readonly signal?: AbortSignal
  readonly progress?: (rounds: number, commands: number) => void
}

export interface StressRun {
  readonly rounds: number
  readonly commands: number
  readonly seconds: number
  /** What went wrong, and the seed of the round. */
  readonly wrong: { readonly seed: number; readonly says: string } | null
}

const pages = 4
const commandsOfRound = 2000
/** A child makes a record of every page; a command on two pages makes two. */
const recordsOfRound = commandsOfRound * pages
const naps = 50
/** A round takes a fraction of a second; one that takes so long has come to a standstill. */
const longestRound = 20_000

const shapes = { tiny, x86 } as const

function bootFor({ geometry, cpus }: StressOptions): BootInfo {
  const spaces = 1 + cpus
  return {
    geometry: shapes[geometry],
    processes: spaces,
    spaces,
    frames: 64,
    tables: { kind: 'separate', frames: spaces * (1 + pages * (shapes[geometry].levels - 1)) },
    slots: 16,
    regionLimit: 32,
    kernelHalf: true,
    cpus,
    translations: 4,
    shared: true,
  }
}

/** The first page: the window lies on both sides of where the root's entries change. */
const firstPageOf = ({ pageShift, levels }: Geometry): number => 2 ** ((pageShift - 3) * (levels - 1)) - pages / 2

export async function runStress(options: StressOptions): Promise<StressRun> {
  const { cpus, seed } = options
  const boot = bootFor(options)
  const machine = createMachine(boot)
  machine.spawn(0)
  const words = new Int32Array(machine.memory)
  const first = words.slice()
  const controls = new Int32Array(new SharedArrayBuffer(4 * (control.finished + cpus)))
  const histories = Array.from({ length: cpus }, () => new SharedArrayBuffer(4 * recordsOfRound * recordWords(cpus)))
  const folder = writeCopy(textsOf(options.edits))
  const workers = histories.map((history, cpu) =>
    startThread(options, machine, { boot, cpu, history, folder, controls }),
  )
  const started = performance.now()
  const secondsGone = () => (performance.now() - started) / 1000
  const ended = (rounds: number, says: string | null): StressRun => ({
    rounds,
    commands: rounds * cpus * commandsOfRound,
    seconds: secondsGone(),
    wrong: says === null ? null : { seed: seed + rounds - 1, says },
  })
  try {
    await Promise.all(workers.map(messageOf))
    rmSync(folder, { recursive: true, force: true })
    for (let rounds = 0; ; ) {
      // One round at least: a run that has seen nothing explains nothing.
      const isTimeOver = rounds > 0 && secondsGone() >= options.seconds
      if (isTimeOver || options.signal?.aborted === true) return ended(rounds, null)
      words.set(first)
      controls.fill(0, control.finished)
      controls[control.seed] = seed + rounds
      controls[control.commands] = commandsOfRound
      Atomics.store(controls, control.done, 0)
      const over = Promise.all(workers.map(messageOf))
      Atomics.add(controls, control.round, 1)
      Atomics.notify(controls, control.round)
      const said = await within(over, longestRound)
      rounds++
      if (said === null) return ended(rounds, 'the threads have come to a standstill')
      const wrong = wrongAfter(machine, said as readonly Said[], histories)
      if (wrong !== null) return ended(rounds, wrong)
      options.progress?.(rounds, rounds * cpus * commandsOfRound)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await Promise.all(workers.map(worker => worker.terminate()))
  }
}

interface Said {
  readonly records: number
  readonly wrong: string | null
}

interface Started {
  readonly boot: BootInfo
  readonly cpu: number
  readonly history: SharedArrayBuffer
  readonly folder: string
  readonly controls: Int32Array
}

function startThread({ geometry, cpus }: StressOptions, machine: Implementation, it: Started): Worker {
  const workerData: StressData = {
    boot: it.boot,
    module: join(it.folder, 'impl/index.js'),
    cpu: it.cpu,
    cpus,
    memory: machine.memory as SharedArrayBuffer,
    control: it.controls.buffer as SharedArrayBuffer,
    history: it.history,
    firstPage: firstPageOf(machine.boot.geometry),
    pageBytes: pageBytes(shapes[geometry]),
    pages,
    naps,
  }
  return new Worker(new URL('./stress-thread.js', import.meta.url), { workerData })
}

const messageOf = (worker: Worker): Promise<unknown> =>
  new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', message => {
      worker.off('error', reject)
      resolve(message)
    })
  })

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T | null> {
  const late = new Promise<null>(resolve => setTimeout(resolve, milliseconds, null).unref())
  return Promise.race([work, late])
}

function wrongAfter(
  machine: Implementation,
  said: readonly Said[],
  histories: readonly SharedArrayBuffer[],
): string | null {
  const thrown = said.find(({ wrong }) => wrong !== null)
  if (thrown !== undefined) return thrown.wrong
  const logs = histories.map(history => new Int32Array(history))
  const counts = said.map(({ records }) => records)
  const unclear = unexplained(logs, counts, pages, null)
  if (unclear !== null) {
    const { page, explained, next } = unclear
    return `nothing explains what was seen of page ${page} after ${explained} events: ${next.join('; ')}`
  }
  const left = leftOver(machine)
  if (left !== null) return `${left.claim}: ${left.says}`
  const broken = violatedClaim(machineClaims, machine)
  return broken === null ? null : `${broken.claim}: ${broken.witness.says}`
}
