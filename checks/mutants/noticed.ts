// Runs an edit of the text over the walks that meet it, until both sides part, and shrinks what parts them: a trace of
// more than a few commands tells little, so other walks are tried where one stays long.

import { machineClaims } from '../claims/index.js'
import { Pair, type Parting } from '../lockstep/index.js'
import type { Said } from './plot.js'
import type { Switched } from './switched.js'
import { type Ground, type Meeting, toldTo } from './walks.js'
import { noEdit } from './switched.js'

export interface Trace {
  readonly ground: string
  readonly said: readonly Said[]
  readonly parting: Parting
}

/** A trace that is no longer than this is short enough. */
export const mostCommands = 8
/** Walks that are tried on one ground while nothing is noticed, and once something is but the trace is long. */
const mostWalks = 60
const mostLong = 12

const every = { evenIdle: true, probe: true }

/** The shortest trace that is found, the first that is short enough at once. */
export function noticedIn(edit: number, grounds: readonly Ground[], switched: Switched): Trace | null {
  let best: Trace | null = null
  for (const ground of grounds) {
    for (const trace of tracesOn(ground, edit, switched)) {
      if (best === null || trace.said.length < best.said.length) best = trace
      if (best.said.length <= mostCommands) return best
    }
  }
  return best
}

function* tracesOn(ground: Ground, edit: number, switched: Switched): Generator<Trace> {
  const born = ground.atBirth.has(edit)
  const meetings = born ? ground.walks.map(walk => ({ walk, at: 0 })) : (ground.meetings.get(edit) ?? [])
  if (meetings.length === 0) return
  switched.use(edit)
  try {
    const pair = born ? bornWith(ground, switched) : ground.pair
    if (pair === null) return yield { ground: ground.plot.plan.name, said: [], parting: stillborn }
    const blank = born ? pair.implementation.snapshot() : ground.blank
    let found = 0
    for (const meeting of meetings.slice(0, mostWalks)) {
      const failed = born ? parts(pair, blank, meeting.walk.said) : partsFrom(ground, meeting)
      if (failed === null) continue
      const trace = shrunk(pair, blank, failed.said)
      if (trace === null) continue
      switched.use(noEdit)
      const agrees = parts(ground.pair, ground.blank, trace.said) === null
      switched.use(edit)
      if (agrees) yield { ground: ground.plot.plan.name, ...trace }
      if (++found === mostLong) return
    }
  } finally {
    switched.use(noEdit)
  }
}

const stillborn: Parting = {
  about: 'crash',
  says: 'the machine cannot be made',
  place: '',
  model: 'starts',
  machine: 'throws',
}

function bornWith({ machine }: Ground, { build }: Switched): Pair | null {
  try {
    return new Pair(machine, { build, claims: machineClaims })
  } catch {
    return null
  }
}

interface Failed {
  readonly said: readonly Said[]
  readonly parting: Parting
}

/** From the first command on that meets the edit; what comes before is as it was recorded. */
function partsFrom(ground: Ground, meeting: Meeting): Failed | null {
  const { pair } = ground
  const { walk, at } = meeting
  pair.restore(walk.model[at], ground.memoryBefore(meeting))
  return partsAt(pair, walk.said, at)
}

/** From the start. */
function parts(pair: Pair, blank: ArrayBuffer, said: readonly Said[]): Failed | null {
  pair.restore(pair.first, blank)
  return partsAt(pair, said, 0)
}

function partsAt(pair: Pair, said: readonly Said[], from: number): Failed | null {
  for (let i = from; i < said.length; i++) {
    const step = pair.run(toldTo(pair, said[i]), every)
    if (step.is === 'parted') return { said: said.slice(0, i + 1), parting: step }
  }
  return null
}

/** Leaves out commands from the last but one to the first, as long as any can be; then those that only stand by. */
function shrunk(pair: Pair, blank: ArrayBuffer, said: readonly Said[]): Failed | null {
  let best = parts(pair, blank, said)
  for (let again = best !== null; again; ) {
    again = false
    for (let i = (best?.said.length ?? 0) - 2; i >= 0 && best !== null; i--) {
      const fewer = parts(pair, blank, best.said.toSpliced(i, 1))
      if (fewer === null) continue
      best = fewer
      i = Math.min(i, best.said.length - 1)
      again = true
    }
  }
  return best
}
