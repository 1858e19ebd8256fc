// What a thread that runs freely is told: once when it starts, and in words that all share before each round.

import type { BootInfo } from '../../impl/index.js'

export interface StressData {
  readonly boot: BootInfo
  readonly module: string
  readonly cpu: number
  readonly cpus: number
  readonly memory: SharedArrayBuffer
  readonly control: SharedArrayBuffer
  readonly history: SharedArrayBuffer
  readonly firstPage: number
  readonly pageBytes: number
  readonly pages: number
  /** One point in so many is a nap, of up to so many milliseconds. */
  readonly naps: number
}
/** Control words: what to do now, how many are done, the seed, commands to do; then what each CPU has finished. */
export const control = { round: 0, done: 1, seed: 2, commands: 3, nap: 4, finished: 8 } as const
