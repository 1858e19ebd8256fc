// One command of the vocabulary as a call of the implementation: pages become byte addresses, words become bits, and what
// comes back becomes an outcome in the vocabulary's words. Both lockstep and scenarios go through this table, which does
// not compile while a command has no row.

import {
  capabilities,
  describe,
  FAILED,
  type Machine as Implementation,
  lockFlags,
  mapFlags,
  protectionBits,
  remapFlags,
  resources,
  SEGV_ACCERR,
  SEGV_MAPERR,
  shmFlags,
  unlimited,
} from '../../impl/index.js'
import {
  type AnswerKind,
  type Command,
  type CommandName,
  commands,
  type Errno,
  errors,
  type Outcome,
  segmentRecords,
  statusOf,
  statusParts,
} from '../../spec/interface.js'
import { makesSense } from '../notation/index.js'
import type { Placement } from './placement.js'

/** The implementation answered something that no command may answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** A machine, and where the window lies in it. */
export interface Target {
  readonly machine: Implementation
  readonly placement: Placement
}
type Named<N extends CommandName> = Extract<Command, { readonly name: N }>
type Calls = { readonly [N in CommandName]: (to: Target, it: Named<N>) => number }

/** Runs a command, with one byte for each access, and says what it answers. */
export const called = (to: Target, command: Command): Outcome => outcomeOf(to, command.name, answerOf(to, command))

/** Whether a system call can say the command at all; what cannot be said has no meaning in the model either. */
export function isSayable({ placement }: Target, command: Command): boolean {
  if (!makesSense(command)) return false
  if (command.name === 'shmat' && command.placement === 'noreplace') return false
  return command.name !== 'shmget' || command.short < placement.pageBytes
}

export function answerOf<N extends CommandName>(to: Target, command: Named<N>): number {
  // A command's name and the row of that name belong together, which TypeScript does not see across a union.
  const call = calls[command.name as N]
  return call(to, command)
}

const at = ({ placement: { firstPage, pageBytes } }: Target, page: number): number => (firstPage + page) * pageBytes

interface Somewhere {
  readonly page: number
  readonly skew?: 'aligned' | 'unaligned'
  readonly reach?: 'user' | 'kernel' | 'noncanonical'
}
/** The address that a command names. What lies inside a page lies one byte behind its start. */
export function addressOf(to: Target, { page, skew, reach = 'user' }: Somewhere): number {
  if (reach === 'kernel') return to.placement.kernelAddress
  if (reach === 'noncanonical') return to.placement.noncanonicalAddress
  return at(to, page) + (skew === 'unaligned' ? 1 : 0)
}
const length = ({ placement }: Target, count: number): number => count * placement.pageBytes

interface Placed extends Somewhere {
  readonly placement: 'fixed' | 'noreplace' | 'hint' | 'anywhere'
}
/** Where the system may choose, no address is given. */
const wish = (to: Target, it: Placed): number | null => (it.placement === 'anywhere' ? null : addressOf(to, it))

const idOf = (it: { readonly segment: number; readonly sequence: number }) => it.sequence * segmentRecords + it.segment

/** The bits of those words, joined by bars, that the implementation has names for. */
const bitsOf = (bits: { readonly [word: string]: number }, ...words: readonly string[]): number =>
  words.flatMap(word => word.split('|')).reduce((sum, word) => sum | (Object.hasOwn(bits, word) ? bits[word] : 0), 0)

/** A bit that no flag of mlock2 or mlockall has. */
const unknownFlag = 1 << 20
const lockBits = (words: string): number => bitsOf(lockFlags, words) | (words === 'unknown' ? unknownFlag : 0)

const calls: Calls = {
  spawn: ({ machine }, it) => machine.spawn(it.process),
  exit: ({ machine }, it) => machine.exit(it.process),
  fork: ({ machine }, it) => machine.fork(it.process, it.child),
  setuid: ({ machine }, it) => machine.setuid(it.process, it.user),
  dropcap: ({ machine }, it) => machine.dropcap(it.process, capabilities[it.capability]),
  rlimit: ({ machine, placement }, it) =>
    machine.rlimit(it.process, resources[it.resource], it.count >= placement.pages ? unlimited : it.count),
  reserve: ({ machine }, it) => machine.reserveFrame(it.frame),
  allocate: ({ machine }) => machine.allocateFrame(),
  free: ({ machine }, it) => machine.freeFrame(it.frame),
  mmap: (to, it) => {
    const flags = bitsOf(mapFlags, it.sharing, it.placement, it.filling, it.growth, it.reserve)
    return to.machine.mmap(it.process, wish(to, it), length(to, it.count), protectionBits[it.request], flags)
  },
  munmap: (to, it) => to.machine.munmap(it.process, addressOf(to, it), length(to, it.count)),
  mprotect: (to, it) =>
    to.machine.mprotect(it.process, addressOf(to, it), length(to, it.count), protectionBits[it.request]),
  mremap: (to, it) => {
    const flags = bitsOf(remapFlags, it.moving)
    const [old, wanted] = [length(to, it.old), length(to, it.count)]
    return to.machine.mremap(it.process, addressOf(to, it), old, wanted, flags, at(to, it.to))
  },
  mincore: (to, it) => to.machine.mincore(it.process, addressOf(to, it), length(to, it.count)),
  load: (to, it) => to.machine.load(it.process, addressOf(to, it)),
  store: (to, it) => to.machine.store(it.process, addressOf(to, it), it.byte),
  fetch: (to, it) => to.machine.fetch(it.process, addressOf(to, it)),
  shmget: (to, it) => {
    const bytes = length(to, it.count) - it.short
    return to.machine.shmget(it.process, it.key, bytes, bitsOf(shmFlags, it.creation), it.mode)
  },
  shmat: (to, it) => {
    const rounds = it.placement === 'hint' ? shmFlags.rnd : 0
    const flags = bitsOf(shmFlags, it.attaching, it.replacing) | rounds
    return to.machine.shmat(it.process, idOf(it), wish(to, it), flags)
  },
  shmdt: (to, it) => to.machine.shmdt(it.process, addressOf(to, it)),
  shmremove: ({ machine }, it) => machine.shmremove(it.process, idOf(it)),
  shmset: ({ machine }, it) => machine.shmset(it.process, idOf(it), it.user, it.mode),
  shmstat: ({ machine }, it) => machine.shmstat(it.process, idOf(it)),
  shmlock: ({ machine }, it) => machine.shmlock(it.process, idOf(it)),
  shmunlock: ({ machine }, it) => machine.shmunlock(it.process, idOf(it)),
  mlock: (to, it) => to.machine.mlock(it.process, addressOf(to, it), length(to, it.count)),
  mlock2: (to, it) => to.machine.mlock2(it.process, addressOf(to, it), length(to, it.count), lockBits(it.flag)),
  munlock: (to, it) => to.machine.munlock(it.process, addressOf(to, it), length(to, it.count)),
  mlockall: ({ machine }, it) => machine.mlockall(it.process, lockBits(it.flags)),
  munlockall: ({ machine }, it) => machine.munlockall(it.process),
  swapOut: (to, it) => to.machine.swapOut(it.process, addressOf(to, it)),
  swapIn: (to, it) => to.machine.swapIn(it.process, addressOf(to, it)),
  mkswap: ({ machine }, it) => machine.mkswap(it.process, it.area),
  rmswap: ({ machine }, it) => machine.rmswap(it.process, it.area),
  swapon: ({ machine }, it) => machine.swapon(it.process, it.area, it.priority),
  swapoff: ({ machine }, it) => machine.swapoff(it.process, it.area),
  discard: unknown,
  poke: unknown,
  writeBack: unknown,
  dropCache: unknown,
}

/** Scopes and scenarios of one CPU refuse these before anything is called. */
function unknown(_to: Target, { name }: Command): never {
  throw new NoAnswer(`the implementation has no ${name}: it is of several CPUs`)
}

/** What a number from the implementation means to whoever gave the command. */
export function outcomeOf({ placement }: Target, name: CommandName, answer: number): Outcome {
  if (answer >= 0) return { is: 'ok', value: values[commands[name].answer](placement, answer) }
  if (answer === SEGV_MAPERR) return { is: 'faulted', fault: 'SIGSEGV MAPERR' }
  if (answer === SEGV_ACCERR) return { is: 'faulted', fault: 'SIGSEGV ACCERR' }
  const is = answer < FAILED ? 'failed' : 'refused'
  const errno = errnos.get(is === 'failed' ? answer - FAILED : answer)
  if (errno === undefined) throw new NoAnswer(`the implementation answered ${describe(answer)}`)
  return { is, errno }
}

const errnos: ReadonlyMap<number, Errno> = new Map(
  Object.entries(errors).map(([name, number]) => [-number, name as Errno] as const),
)

const asItIs = (_placement: Placement, answer: number) => answer

const values: { readonly [K in AnswerKind]: (placement: Placement, answer: number) => number | null } = {
  nothing: (_placement, answer) => {
    if (answer !== 0) throw new NoAnswer(`the implementation answered ${answer}, which is no plain success`)
    return null
  },
  page: ({ firstPage, pageBytes }, address) => address / pageBytes - firstPage,
  byte: asItIs,
  frame: asItIs,
  segment: asItIs,
  residency: asItIs,
  status: ({ pageBytes }, status) => {
    const { size, attachments, mode, marked } = statusParts(status)
    const pages = Math.ceil(size / pageBytes)
    const short = pages * pageBytes - size
    return statusOf(pages * spokenPageBytes - short, attachments, mode, marked)
  },
}

/** The vocabulary counts a segment's bytes in pages of this size, whatever the machine's geometry is. */
const spokenPageBytes = 4096
