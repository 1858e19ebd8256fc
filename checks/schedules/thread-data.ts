// What a thread of a schedule is told when it starts.

import type { GeometryName } from './scenario.js'

/** What a thread is told when it starts. */
export interface ThreadData {
  readonly asked: string
  readonly geometry: GeometryName
  readonly cpu: number
  readonly memory: SharedArrayBuffer
  readonly shared: SharedArrayBuffer
  readonly answers: SharedArrayBuffer
  /** Where the copy of the implementation lies; the shipped one is a copy too. */
  readonly module: string
}
/** Answers that a CPU's script may give; the first number is how many it has given. */
export const mostAnswers = 31
