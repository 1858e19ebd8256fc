// Runs an edit of the text over the walks that meet it, until both sides part, and shrinks what parts them: a trace of
// more than a few commands tells little, so other walks are tried where one stays long. An edit that no walk notices as
// it stands is given other ends: walks that go on anew from where they met it.

import { machineClaims } from '../claims/index.js'
import { Pair, type Parting } from '../lockstep/index.js'
import { drawCommand, drawerOf, type Said } from './plot.js'
import { noEdit, type Switched } from './switched.js'
import { type Ground, toldTo } from './walks.js'

export interface Trace {
  readonly ground: string
  readonly said: readonly Said[]
  readonly parting: Parting
}

/** A trace that is no longer than this is short enough. */
export const mostCommands = 8
/** Walks that are tried on one ground while nothing is noticed, and once something is but the trace is long. */
const mostWalks = 40
const mostLong = 8
/** Ends that are tried for an edit on one ground, and draws for each. */
const mostEnds = 60
const mostDraws = 60

const every = { evenIdle: true, probe: true }

/** The shortest trace that is found, the first that is short enough at once. */
export function noticedIn(edit: number, grounds: readonly Ground[], switched: Switched): Trace | null {
  let best: Trace | null = null
  for (const failures of process.env.FAST ? [recorded] : [recorded, prolonged]) {
    for (const ground of grounds) {
      for (const trace of tracesOn(ground, edit, switched, failures)) {
        if (best === null || trace.said.length < best.said.length) best = trace
        if (best.said.length <= mostCommands) return best
      }
    }
    if (best !== null) return best
  }
  return best
}

interface Failed {
  readonly said: readonly Said[]
  readonly parting: Parting
}
type Failures = (ground: Ground, edit: number) => Generator<Failed>

function* tracesOn(ground: Ground, edit: number, switched: Switched, failures: Failures): Generator<Trace> {
  if (!ground.atBirth.has(edit) && !ground.meetings.has(edit)) return
  switched.use(edit)
  try {
    const born = ground.atBirth.has(edit) ? bornWith(ground, switched) : null
    if (typeof born === 'string') return yield { ground: ground.plot.plan.name, said: [], parting: stillborn(born) }
    const found = born === null ? failures(ground, edit) : fromBirth(ground, born)
    let long = 0
    for (const failed of found) {
      const trace = born === null ? shrunk(ground.pair, ground.blank, failed) : shrunk(born.pair, born.blank, failed)
      switched.use(noEdit)
      const agrees = parts(ground.pair, ground.blank, trace.said) === null
      switched.use(edit)
      if (agrees) yield { ground: ground.plot.plan.name, ...trace }
      if (++long === mostLong) return
    }
  } finally {
    switched.use(noEdit)
  }
}

/** A machine that was made with the edit in force. */
interface Born {
  readonly pair: Pair
  readonly blank: ArrayBuffer
}
/** Or why no machine can be made. */
function bornWith({ machine }: Ground, { build }: Switched): Born | string {
  try {
    const pair = new Pair(machine, { build, claims: machineClaims })
    return { pair, blank: pair.implementation.snapshot() }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
const stillborn = (says: string): Parting => ({ about: 'crash', says, place: '', model: 'starts', machine: 'throws' })

function* fromBirth(ground: Ground, { pair, blank }: Born): Generator<Failed> {
  for (const walk of ground.walks.slice(0, mostWalks)) {
    const said = walk.map(pace => pace.said)
    const failed = parts(pair, blank, said)
    if (failed !== null) yield failed
  }
}

/** From the first command on that meets the edit; what comes before is as it was recorded. */
function* recorded(ground: Ground, edit: number): Generator<Failed> {
  for (const meeting of (ground.meetings.get(edit) ?? []).slice(0, mostWalks)) {
    ground.stand(meeting)
    const said = meeting.walk.map(pace => pace.said)
    const failed = partsAt(ground.pair, said, meeting.at)
    if (failed !== null) yield failed
  }
}

/** The same with other commands behind the one that meets it. */
function* prolonged(ground: Ground, edit: number): Generator<Failed> {
  const next = drawerOf(0x9e3779b1 + edit)
  const meetings = ground.meetings.get(edit) ?? []
  for (let end = 0; end < mostEnds; end++) {
    const meeting = meetings[end % meetings.length]
    const said = meeting.walk.slice(0, meeting.at + 1).map(pace => pace.said)
    ground.stand(meeting)
    const failed = partsAt(ground.pair, said, meeting.at) ?? goesOn(ground, said, next)
    if (failed !== null) yield failed
  }
}

function goesOn({ pair, plot }: Ground, from: readonly Said[], next: (below: number) => number): Failed | null {
  const said = [...from]
  for (let drawn = 0; drawn < mostDraws; drawn++) {
    const it = drawCommand(plot, next)
    const step = pair.run(toldTo(pair, it), { evenIdle: next(2) === 0, probe: false })
    if (step.is === 'skipped') continue
    said.push(it)
    if (step.is === 'parted') return { said, parting: step }
  }
  return null
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

/** Leaves out commands, from the last but one to the first, as long as any can be. */
function shrunk(pair: Pair, blank: ArrayBuffer, failed: Failed): Failed {
  let best = failed
  for (let before = Number.POSITIVE_INFINITY; best.said.length < before; ) {
    before = best.said.length
    for (let i = before - 2; i >= 0; i--) {
      if (i > best.said.length - 2) continue
      best = parts(pair, blank, best.said.toSpliced(i, 1)) ?? best
    }
  }
  return best
}
