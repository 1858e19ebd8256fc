// Runs a subject over the walks that meet it, until both sides part, and shrinks what parts them: a trace of more than a
// few commands tells little, so other walks are tried where one stays long. What no walk notices as it stands can be
// given other ends: walks that go on anew from where they met it.

import { type Compared, type Pair, type Parting, partedBy, type Running } from '../lockstep/index.js'
import { drawCommand, drawerOf, type Said } from './plot.js'
import type { Subject } from './subject.js'
import { type Ground, toldTo } from './walks.js'

export interface Trace {
  readonly said: readonly Said[]
  readonly parting: Parting
}

/** A trace that is no longer than this is short enough. */
export const mostCommands = 8
/** Walks that are tried while nothing is noticed, and once something is but the trace is long. */
const mostWalks = 40
const mostLong = 8
/** Ends that are tried, and draws for each. */
const mostEnds = 60
const mostDraws = 60

/** The first trace that is short enough, or else the shortest that is found. */
export function noticedOn(ground: Ground, subject: Subject, prolong: boolean): Trace | null {
  let best: Trace | null = null
  let found = 0
  subject.putInForce()
  try {
    for (const failed of prolong ? prolonged(ground, subject) : recorded(ground, subject)) {
      const trace = shrunk(subject, failed)
      subject.takeBack()
      const agrees = parts(ground.pair, ground.blank, trace.said) === null
      subject.putInForce()
      if (agrees && (best === null || trace.said.length < best.said.length)) best = trace
      if ((best !== null && best.said.length <= mostCommands) || ++found === mostLong) break
    }
  } finally {
    subject.takeBack()
  }
  return best
}

/** From the first command on that meets the subject; what comes before is as it was recorded. */
function* recorded(ground: Ground, { pair, blank, meetings, fromStart }: Subject): Generator<Trace> {
  for (const meeting of meetings.slice(0, mostWalks)) {
    const said = meeting.walk.map(pace => pace.said)
    if (fromStart) pair.restore(pair.first, blank)
    else ground.stand(meeting, pair)
    const failed = partsFrom(pair, said, meeting.at)
    if (failed !== null) yield failed
  }
}

/** The same with other commands behind the one that meets it. */
function* prolonged(ground: Ground, { pair, meetings, fromStart }: Subject): Generator<Trace> {
  if (fromStart || meetings.length === 0) return
  const next = drawerOf(0x1e3779b1 + meetings.length)
  for (let end = 0; end < mostEnds; end++) {
    const meeting = meetings[end % meetings.length]
    const said = meeting.walk.slice(0, meeting.at + 1).map(pace => pace.said)
    ground.stand(meeting, pair)
    const failed = partsFrom(pair, said, meeting.at) ?? goesOn(ground, pair, said, next)
    if (failed !== null) yield failed
  }
}

function goesOn({ plot }: Ground, pair: Pair, from: readonly Said[], next: (below: number) => number): Trace | null {
  const said = [...from]
  for (let drawn = 0; drawn < mostDraws; drawn++) {
    const it = drawCommand(plot, next)
    const step = paced(pair, it, { evenIdle: next(2) === 0, probe: false })
    if (step.is === 'skipped') continue
    said.push(it)
    if (step.is === 'parted') return { said, parting: step }
  }
  return null
}

/** A mutant of the model may break the rules of its language, which ends a run like any other disagreement. */
function paced(pair: Pair, said: Said, running: Running): Compared {
  try {
    return pair.run(toldTo(pair, said), running)
  } catch (error) {
    return partedBy(error)
  }
}

/** From the start. */
function parts(pair: Pair, blank: ArrayBuffer, said: readonly Said[]): Trace | null {
  pair.restore(pair.first, blank)
  return partsFrom(pair, said, 0)
}

function partsFrom(pair: Pair, said: readonly Said[], from: number): Trace | null {
  for (let i = from; i < said.length; i++) {
    const step = paced(pair, said[i], { evenIdle: true, probe: true })
    if (step.is === 'parted') return { said: said.slice(0, i + 1), parting: step }
  }
  return null
}

/** Leaves out commands, from the last but one to the first, as long as any can be. */
function shrunk({ pair, blank }: Subject, failed: Trace): Trace {
  let best = failed
  for (let before = Number.POSITIVE_INFINITY; best.said.length < before; ) {
    before = best.said.length
    for (let i = before - 2; i >= 0; i--) {
      if (i <= best.said.length - 2) best = parts(pair, blank, best.said.toSpliced(i, 1)) ?? best
    }
  }
  return best
}
