// Runs a subject over the walks that meet it, until both sides part, and shrinks what parts them: a trace of more than a
// few commands tells little, so other walks are tried where one stays long.

import { type Compared, type Pair, type Parting, partedBy } from '../lockstep/index.js'
import type { Said } from './plot.js'
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

/** The first trace that is short enough, or else the shortest that is found. */
export function noticedOn(ground: Ground, subject: Subject): Trace | null {
  let best: Trace | null = null
  let found = 0
  subject.putInForce()
  try {
    for (const failed of recorded(ground, subject)) {
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
    if (fromStart) pair.begin(blank)
    else ground.stand(meeting, pair)
    const failed = partsFrom(pair, said, meeting.at)
    if (failed !== null) yield failed
  }
}

/** A mutant of the model may break the rules of its language, which ends a run like any other disagreement. */
function paced(pair: Pair, said: Said): Compared {
  try {
    return pair.run(toldTo(pair, said), { evenIdle: true, probe: true })
  } catch (error) {
    return partedBy(error)
  }
}

/** From the start. */
function parts(pair: Pair, blank: ArrayBuffer, said: readonly Said[]): Trace | null {
  pair.begin(blank)
  return partsFrom(pair, said, 0)
}

function partsFrom(pair: Pair, said: readonly Said[], from: number): Trace | null {
  for (let i = from; i < said.length; i++) {
    const step = paced(pair, said[i])
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
