// What is put in force on a ground, and the walks that meet it: an edit of the implementation's text, which is switched
// on in the one copy that has them all, or a mutant of the model, which is bound anew.

import type { Mutant } from '../../model/index.js'
import { machineClaims } from '../claims/index.js'
import { Pair } from '../lockstep/index.js'
import { noEdit, type Switched } from './switched.js'
import type { Ground, Meeting } from './walks.js'

/** Both sides with something in force, and the implementation's memory as it starts. */
export interface Subject {
  readonly pair: Pair
  readonly blank: ArrayBuffer
  readonly meetings: readonly Meeting[]
  /** Whether walks must be run from their start, because even that is different. */
  readonly fromStart: boolean
  putInForce(): void
  takeBack(): void
}

const wholeWalks = ({ walks }: Ground): readonly Meeting[] => walks.map(walk => ({ walk, at: 0 }))

/** An edit of the text; null where no walk meets it, and a word where no machine can be made with it. */
export function editOn(ground: Ground, edit: number, switched: Switched): Subject | string | null {
  const switches = { putInForce: () => switched.use(edit), takeBack: () => switched.use(noEdit) }
  if (!ground.atBirth.has(edit)) return later(ground, edit, switches)
  switched.use(edit)
  try {
    const pair = new Pair(ground.machine, { build: switched.build, claims: machineClaims })
    const blank = pair.implementation.snapshot()
    // What leaves the same memory behind has made no difference yet.
    if (Buffer.from(blank).equals(Buffer.from(ground.blank))) return later(ground, edit, switches)
    return { pair, blank, meetings: wholeWalks(ground), fromStart: true, ...switches }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    switched.use(noEdit)
  }
}

function later(ground: Ground, edit: number, switches: Pick<Subject, 'putInForce' | 'takeBack'>): Subject | null {
  const meetings = ground.meetings.get(edit)
  if (meetings === undefined) return null
  const { pair, blank } = ground
  return { pair, blank, meetings, fromStart: false, ...switches }
}

/** A mutant of the model. Its decision tables are in force until those of the ground are again. */
export function mutantOn(ground: Ground, mutant: Mutant, meetings: readonly Meeting[], switched: Switched): Subject {
  const pair = new Pair(ground.plot.bind(mutant), { build: switched.build, claims: [] })
  ground.machine.open()
  return {
    pair,
    blank: ground.blank,
    meetings,
    fromStart: false,
    putInForce: () => void pair.machine.open(),
    takeBack: () => void ground.machine.open(),
  }
}
