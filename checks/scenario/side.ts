// What a scenario runs on: anything that takes commands and can be looked at. The model is one side, the implementation
// another; a kernel outside this project can be a third.

import type { Bounds } from '../../model/index.js'
import type { Command, Outcome } from '../../spec/interface.js'
import type { Observed } from '../notation/index.js'

export interface Side {
  /** Issues a command; null where it cannot be issued in the present state, which is then left alone. */
  run(command: Command): Outcome | null
  alive(process: number): boolean
  /** The present state, whatever it is when a question is asked. */
  readonly observed: Observed
}

/** Starts a side in its first state. */
export type OpenSide = (bounds: Bounds) => Side
