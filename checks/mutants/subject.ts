// What is put in force on a ground, and the walks that meet it: an edit of the implementation's text, which is switched
// on in the one copy that has them all, or a mutant of the model, which is bound anew.

import type { Mutant } from '../../model/index.js'
import { machineClaims } from '../claims/index.js'
import { Pair } from '../lockstep/index.js'
import { noEdit, type Switched } from './switched.js'
import type { SwitchedEdit } from './text-edits.js'
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

/** What only writes memory while a machine is made: where the memory is the same, so is the machine. */
const writesOnlyMemory = / format: /

/** An edit of the text; null where no walk meets it, and a word where no machine can be made with it. */
export function editOn(
  ground: Ground,
  edit: SwitchedEdit,
  number: number,
  switched: Switched,
): Subject | string | null {
  const atBirth = ground.atBirth.has(number)
  const later = ground.meetings.get(number) ?? []
  if (!atBirth && later.length === 0) return null
  switched.use(number)
  try {
    // A machine of its own: what an edit leaves out may be scratch that a machine keeps beside its memory.
    const pair = new Pair(ground.machine, { build: switched.build, claims: machineClaims })
    const blank = pair.implementation.snapshot()
    const isSame = !atBirth || Buffer.from(blank).equals(Buffer.from(ground.blank))
    if (isSame && atBirth && later.length === 0 && writesOnlyMemory.test(edit.title)) return null
    const fromStart = !isSame || later.length === 0
    return {
      pair,
      blank,
      meetings: fromStart ? wholeWalks(ground) : later,
      fromStart,
      putInForce: () => switched.use(number),
      takeBack: () => switched.use(noEdit),
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    switched.use(noEdit)
  }
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
