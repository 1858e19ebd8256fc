// The model: what every command means. Pure, immutable, and small enough to be read as the specification it is.

import { copyOnWriteDecision } from './copy-on-write/copy-on-write.js'
import { fork } from './copy-on-write/fork.js'
import { demandDecision } from './faults/demand.js'
import { accessDecision } from './faults/faults.js'
import { fetch } from './faults/fetch.js'
import { load } from './faults/load.js'
import { rightsDecision } from './faults/rights.js'
import { store } from './faults/store.js'
import { discard } from './files/discard.js'
import { dropCache } from './files/drop-cache.js'
import { poke } from './files/poke.js'
import { writeBack } from './files/write-back.js'
import { allocate } from './frames/allocate.js'
import { free } from './frames/free.js'
import { reserve } from './frames/reserve.js'
import type { Decision, Operation, Rule } from './kit/index.js'
import { mlock, mlock2 } from './locking/mlock.js'
import { lockAllDecision, mlockall } from './locking/mlockall.js'
import { munlock } from './locking/munlock.js'
import { munlockall } from './locking/munlockall.js'
import { pin } from './pins/pin.js'
import { pinDecision } from './pins/pins.js'
import { transfer } from './pins/transfer.js'
import { unpin } from './pins/unpin.js'
import { dropcap, setuid } from './processes/credentials.js'
import { exit } from './processes/exit.js'
import { kill, reap } from './processes/reap.js'
import { rlimit } from './processes/rlimit.js'
import { spawn } from './processes/spawn.js'
import { ceilingDecision, firstCeilingDecision, withinDecision } from './protection/ceiling.js'
import { gainsDecision, grantDecision } from './protection/grant.js'
import { accountingDecision, chainsDecision, promiseDecision } from './regions/chains.js'
import { mincore } from './regions/mincore.js'
import { mmap } from './regions/mmap.js'
import { remapDecision } from './regions/moving.js'
import { mprotect } from './regions/mprotect.js'
import { mremap } from './regions/mremap.js'
import { munmap } from './regions/munmap.js'
import { grace } from './regions/nodes.js'
import { attachDecision, classDecision, controlDecision, objectDecision } from './shared-memory/rights.js'
import { shmat } from './shared-memory/shmat.js'
import { shmlock, shmremove, shmset, shmstat, shmunlock } from './shared-memory/shmctl.js'
import { shmdt } from './shared-memory/shmdt.js'
import { shmget } from './shared-memory/shmget.js'
import { mkswap, removalDecision, rmswap, swapon, useDecision } from './swap/areas.js'
import { swapInDecision } from './swap/bring-in.js'
import { swapIn } from './swap/swap-in.js'
import { swapOut } from './swap/swap-out.js'
import { swapoff } from './swap/swapoff.js'
import { idle } from './tlb/idle.js'
import { vmap, vunmap } from './tlb/kernel.js'
import { acknowledge } from './tlb/shootdown.js'
import { switchTo } from './tlb/switch.js'
import { evict, fill, fillKernel } from './tlb/tlb.js'
import { beginWalk, endWalk, evictWalk, fillWalk } from './tlb/walks.js'

/** Every operation, in the order in which their commands are numbered. */
export const operations: readonly Operation[] = [
  ...[spawn, exit, fork, setuid, dropcap, rlimit],
  ...[reserve, allocate, free],
  ...[mmap, munmap, mprotect, mremap, mincore],
  ...[load, store, fetch],
  ...[shmget, shmat, shmdt, shmremove, shmset, shmstat, shmlock, shmunlock],
  ...[mlock, mlock2, munlock, mlockall, munlockall],
  ...[swapOut, swapIn, mkswap, rmswap, swapon, swapoff],
  ...[pin, unpin],
  ...[switchTo, idle],
  ...[vmap, vunmap],
  ...[discard, poke, writeBack, dropCache],
  ...[kill, reap],
]
/** What hardware may do at any time, in the order in which its commands are numbered. */
export const rules: readonly Rule[] = [
  acknowledge,
  fill,
  evict,
  transfer,
  grace,
  fillWalk,
  evictWalk,
  beginWalk,
  endWalk,
  fillKernel,
]
export const decisions: readonly Decision[] = [
  ...[grantDecision, gainsDecision, firstCeilingDecision, ceilingDecision, withinDecision, remapDecision],
  ...[accessDecision, rightsDecision, demandDecision, copyOnWriteDecision],
  ...[classDecision, controlDecision, attachDecision, objectDecision],
  ...[chainsDecision, promiseDecision, accountingDecision],
  ...[lockAllDecision, swapInDecision, removalDecision, useDecision],
  pinDecision,
]

export { fused } from './concurrency/fused.js'
export { staleByte } from './faults/load.js'
export * from './kit/index.js'
export * from './page-tables/tree.js'
export * from './state.js'
export {
  accessDecision,
  accountingDecision,
  allocate,
  ceilingDecision,
  chainsDecision,
  copyOnWriteDecision,
  demandDecision,
  discard,
  dropCache,
  dropcap,
  exit,
  fetch,
  firstCeilingDecision,
  fork,
  free,
  gainsDecision,
  grantDecision,
  idle,
  kill,
  load,
  lockAllDecision,
  mincore,
  mkswap,
  mlock,
  mlock2,
  mlockall,
  mmap,
  mprotect,
  mremap,
  munlock,
  munlockall,
  munmap,
  pin as pinPage,
  pinDecision,
  poke,
  promiseDecision,
  reap,
  remapDecision,
  removalDecision,
  reserve,
  rightsDecision,
  rlimit,
  rmswap,
  setuid,
  spawn,
  store,
  swapIn,
  swapInDecision,
  swapOut,
  swapoff,
  swapon,
  switchTo,
  unpin,
  useDecision,
  vmap,
  vunmap,
  withinDecision,
  writeBack,
}
