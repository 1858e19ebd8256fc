// The museum: bugs that real kernels had, as edits of the operations of this model. One file an entry.

import type { MuseumEntry } from '../../reports/index.js'
import type { Watch } from '../drive.js'
import type { Progress } from '../explorer/explore.js'
import { cleanTooSoon } from './entries/clean-too-soon.js'
import { cleanedDuringFault } from './entries/cleaned-during-fault.js'
import { clearedTooLate } from './entries/cleared-too-late.js'
import { copiedWhileWritten } from './entries/copied-while-written.js'
import { copyBeforeForget } from './entries/copy-before-forget.js'
import { copyGivenUpTooSoon } from './entries/copy-given-up-too-soon.js'
import { counterWraps } from './entries/counter-wraps.js'
import { dirtyCow } from './entries/dirty-cow.js'
import { endedUnderTheReaper } from './entries/ended-under-the-reaper.js'
import { failedUnmapUnseen } from './entries/failed-unmap-unseen.js'
import { flushAfterFree } from './entries/flush-after-free.js'
import { flushBeforeChange } from './entries/flush-before-change.js'
import { forkWithoutFlush } from './entries/fork-without-flush.js'
import { frameNotCleared } from './entries/frame-not-cleared.js'
import { grownIntoTheHole } from './entries/grown-into-the-hole.js'
import { grownUnderAReader } from './entries/grown-under-a-reader.js'
import { kernelFrameUncounted } from './entries/kernel-frame-uncounted.js'
import { lastPageLeft } from './entries/last-page-left.js'
import { markWrittenOver } from './entries/mark-written-over.js'
import { markedTooLate } from './entries/marked-too-late.js'
import { noSecondLook } from './entries/no-second-look.js'
import { numberComesRound } from './entries/number-comes-round.js'
import { ownerThroughZero } from './entries/owner-through-zero.js'
import { pinMeetsFork } from './entries/pin-meets-fork.js'
import { readPinShared } from './entries/read-pin-shared.js'
import { reapedWithoutFlush } from './entries/reaped-without-flush.js'
import { reclaimFlushPending } from './entries/reclaim-flush-pending.js'
import { remapLateFlush } from './entries/remap-late-flush.js'
import { remapPastTheLimit } from './entries/remap-past-the-limit.js'
import { stackWithoutGap } from './entries/stack-without-gap.js'
import { tableWithoutFlush } from './entries/table-without-flush.js'
import { tagGivenAgain } from './entries/tag-given-again.js'
import { usedBeforeSeen } from './entries/used-before-seen.js'
import { walkedWhileFreed } from './entries/walked-while-freed.js'
import type { Entry } from './entry.js'
import { type MuseumJob, runEntry } from './run.js'

export type { Entry, OutOfReach } from './entry.js'
export { outOfReach } from './out-of-reach.js'
export { type MuseumJob, museumResult, runMuseum } from './run.js'

export const entries: readonly Entry[] = [
  cleanTooSoon,
  cleanedDuringFault,
  clearedTooLate,
  copiedWhileWritten,
  copyBeforeForget,
  copyGivenUpTooSoon,
  counterWraps,
  dirtyCow,
  endedUnderTheReaper,
  failedUnmapUnseen,
  flushAfterFree,
  flushBeforeChange,
  forkWithoutFlush,
  frameNotCleared,
  grownIntoTheHole,
  grownUnderAReader,
  kernelFrameUncounted,
  lastPageLeft,
  markWrittenOver,
  markedTooLate,
  noSecondLook,
  numberComesRound,
  ownerThroughZero,
  pinMeetsFork,
  readPinShared,
  reapedWithoutFlush,
  reclaimFlushPending,
  remapLateFlush,
  remapPastTheLimit,
  stackWithoutGap,
  tableWithoutFlush,
  tagGivenAgain,
  usedBeforeSeen,
  walkedWhileFreed,
]

/** The entry of a job, in the process that the job was handed to. */
export function runMuseumJob({ entry: id, deadline }: MuseumJob, watch: Watch<Progress>): Promise<MuseumEntry> {
  const entry = entries.find(it => it.id === id)
  if (entry === undefined) throw new Error(`no entry ${id}`)
  const late = () => (deadline !== null && Date.now() > deadline ? 'time' : null)
  return runEntry(entry, { ...watch, asked: () => watch.asked() ?? late() })
}
