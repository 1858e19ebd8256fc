// The vocabulary that both sides share: what can be asked of the memory system, and what it can answer.
// Plain constant data that imports nothing. The model's schemas, the parser of the notation and the
// implementation's types derive from it, so neither side can invent a word that the other does not know.
// Semantics are in the chapters beside this file; a command's `rule` names the anchor that governs it.

/** Error names with their Linux x86-64 numbers. The implementation answers the negated number. */
export const errors = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EFAULT: 14,
  EBUSY: 16,
  EEXIST: 17,
  EINVAL: 22,
  ENOSPC: 28,
  EIDRM: 43,
} as const
export type Errno = keyof typeof errors

/** How an access can fail: the signal a user process would receive, with its `si_code`. */
export const faults = ['SIGSEGV MAPERR', 'SIGSEGV ACCERR'] as const
export type Fault = (typeof faults)[number]

/** What a region may allow. Writable and executable at once only where the profile allows it (protection.md#w-xor-x). */
export const protections = ['none', 'r', 'w', 'x', 'rw', 'rx', 'wx', 'rwx'] as const
export type Protection = (typeof protections)[number]

/** The kinds of access a processor makes on behalf of a process. */
export const accesses = ['load', 'store', 'fetch'] as const
export type Access = (typeof accesses)[number]

/**
 * Kinds of command fields that are words, each with the words it can be. The first word is what a line of the notation
 * means that does not say.
 * - `request`: a protection asked for; mprotect also knows `guard` (no access, content dropped) and `rw+cow`
 * - `backing`: what memory shows before anybody writes to it: zeros, or the file
 * - `placement`: where a mapping goes: exactly there, there if nothing is, there if possible, wherever there is room
 * - `filling`: whether pages become resident at once, and stay
 * - `skew`: whether an address lies at the start of its page or inside
 * - `reach`: what an address reaches: a page of the window, the kernel's half, or nothing canonical
 * - `growth`: whether the region is a stack, which grows down when touched below
 * - `reserve`: whether the memory counts as promised; tells regions apart where regions keep their identity
 */
export const words = {
  request: [...protections, 'guard', 'rw+cow'],
  sharing: ['private', 'shared'],
  backing: ['anon', 'file'],
  placement: ['fixed', 'noreplace', 'hint', 'anywhere'],
  filling: ['lazy', 'populate', 'locked'],
  growth: ['steady', 'growsdown'],
  reserve: ['reserve', 'noreserve'],
  skew: ['aligned', 'unaligned'],
  reach: ['user', 'kernel', 'noncanonical'],
  moving: ['none', 'maymove', 'maymove|fixed', 'maymove|dontunmap', 'maymove|fixed|dontunmap', 'fixed', 'dontunmap'],
  creation: ['none', 'creat', 'creat|excl'],
  attaching: ['none', 'rdonly', 'exec', 'rdonly|exec'],
  replacing: ['keep', 'remap'],
  lockFlag: ['now', 'onfault', 'unknown'],
  lockAll: [
    'current',
    'future',
    'current|future',
    'current|onfault',
    'future|onfault',
    'current|future|onfault',
    'onfault',
    'none',
    'unknown',
  ],
  capability: ['ipc_owner', 'ipc_lock', 'sys_admin'],
  resource: ['memlock', 'as'],
} as const
export type WordKind = keyof typeof words
export type Request = (typeof words.request)[number]

/**
 * Kinds of command fields that are numbers.
 * - `process`: a process number, `P0`, `P1`, …
 * - `page`: a virtual page, counted from the start of the window that a scope or scenario places
 * - `count`: a length in pages, 0 and more
 * - `byte`: a value stored, 1 and more (0 is what fresh memory reads as)
 * - `frame`: a frame of the pool, `F0`, `F1`, …
 * - `area`: a swap area, `A0`, `A1`, …
 * - `priority`: of a swap area, 0 to 32767; -1 lets the system choose, below all others
 * - `user`: a user number; 0 is the superuser
 * - `key`: of a segment; 0 always makes a new one (IPC_PRIVATE)
 * - `mode`: nine permission bits, 0 to 0o777
 * - `segment`: which record a segment has, and `sequence` which of the segments that used the record one after the other
 * - `short`: how many bytes a segment ends before its last page does
 */
export const numberKinds = [
  'process',
  'page',
  'count',
  'byte',
  'frame',
  'area',
  'priority',
  'user',
  'key',
  'mode',
  'segment',
  'sequence',
  'short',
] as const
export type NumberKind = (typeof numberKinds)[number]
export type FieldKind = NumberKind | WordKind

/**
 * What a command that succeeds gives back: nothing; the first page of the mapping; the byte read; a frame; a segment
 * (sequence × 4096 + record); which pages are resident (bit k for page k, with a one above the last page); what a
 * segment is (size in bytes, attachments, mode and whether it is marked, see `statusOf`).
 */
export type AnswerKind = 'nothing' | 'page' | 'byte' | 'frame' | 'segment' | 'residency' | 'status'

export interface CommandShape {
  readonly word: string
  readonly fields: { readonly [name: string]: FieldKind }
  readonly answer: AnswerKind
  readonly errors: readonly Errno[]
  readonly faults: readonly Fault[]
  readonly rule: string
  readonly says: string
}

const range = { process: 'process', page: 'page', count: 'count' } as const
const access = { process: 'process', page: 'page', reach: 'reach' } as const
const segment = { process: 'process', segment: 'segment', sequence: 'sequence' } as const
const segv = ['SIGSEGV MAPERR', 'SIGSEGV ACCERR'] as const

/** Every command of the system. `word` is how the notation writes it; the key is its name everywhere else. */
export const commands = {
  spawn: {
    word: 'spawn',
    fields: { process: 'process' },
    answer: 'nothing',
    errors: ['EAGAIN', 'ENOMEM'],
    faults: [],
    rule: 'processes.md#spawn',
    says: 'start a process with an empty address space',
  },
  exit: {
    word: 'exit',
    fields: { process: 'process' },
    answer: 'nothing',
    errors: [],
    faults: [],
    rule: 'processes.md#exit',
    says: 'end a process and give back all it holds',
  },
  fork: {
    word: 'fork',
    fields: { process: 'process', child: 'process' },
    answer: 'nothing',
    errors: ['EAGAIN', 'ENOMEM'],
    faults: [],
    rule: 'copy-on-write.md#fork',
    says: 'start a process whose memory is a copy, made page by page when it is written',
  },
  setuid: {
    word: 'setuid',
    fields: { process: 'process', user: 'user' },
    answer: 'nothing',
    errors: ['EPERM'],
    faults: [],
    rule: 'processes.md#setuid',
    says: 'become a user; any but the superuser loses all capabilities',
  },
  dropcap: {
    word: 'dropcap',
    fields: { process: 'process', capability: 'capability' },
    answer: 'nothing',
    errors: [],
    faults: [],
    rule: 'processes.md#dropcap',
    says: 'give up one capability for good',
  },
  rlimit: {
    word: 'rlimit',
    fields: { process: 'process', resource: 'resource', count: 'count' },
    answer: 'nothing',
    errors: [],
    faults: [],
    rule: 'processes.md#rlimit',
    says: 'set how many pages may be locked, or mapped',
  },
  reserve: {
    word: 'reserve',
    fields: { frame: 'frame' },
    answer: 'nothing',
    errors: ['EBUSY', 'EPERM'],
    faults: [],
    rule: 'frames.md#reserve',
    says: 'take a free frame out of use for good, as firmware and devices do',
  },
  allocate: {
    word: 'alloc',
    fields: {},
    answer: 'frame',
    errors: ['ENOMEM'],
    faults: [],
    rule: 'frames.md#allocate',
    says: 'take a cleared frame for the kernel itself',
  },
  free: {
    word: 'free',
    fields: { frame: 'frame' },
    answer: 'nothing',
    errors: ['EINVAL', 'EBUSY', 'EPERM'],
    faults: [],
    rule: 'frames.md#free',
    says: 'give back a frame that the kernel took for itself',
  },
  mmap: {
    word: 'mmap',
    fields: {
      ...range,
      request: 'request',
      sharing: 'sharing',
      backing: 'backing',
      placement: 'placement',
      filling: 'filling',
      growth: 'growth',
      reserve: 'reserve',
      skew: 'skew',
    },
    answer: 'page',
    errors: ['EINVAL', 'EACCES', 'EPERM', 'EAGAIN', 'EEXIST', 'ENOMEM'],
    faults: [],
    rule: 'regions.md#mmap',
    says: 'map memory, anonymous or of the file',
  },
  munmap: {
    word: 'munmap',
    fields: { ...range, skew: 'skew' },
    answer: 'nothing',
    errors: ['EINVAL', 'ENOMEM'],
    faults: [],
    rule: 'regions.md#munmap',
    says: 'remove all mappings in a range; holes are fine',
  },
  mprotect: {
    word: 'mprotect',
    fields: { ...range, request: 'request', skew: 'skew' },
    answer: 'nothing',
    errors: ['EINVAL', 'EACCES', 'EBUSY', 'ENOMEM'],
    faults: [],
    rule: 'regions.md#mprotect',
    says: 'change what a range of pages allows',
  },
  mremap: {
    word: 'mremap',
    fields: {
      process: 'process',
      page: 'page',
      old: 'count',
      count: 'count',
      moving: 'moving',
      to: 'page',
      skew: 'skew',
    },
    answer: 'page',
    errors: ['EINVAL', 'EFAULT', 'EAGAIN', 'ENOMEM'],
    faults: [],
    rule: 'regions.md#mremap',
    says: 'grow, shrink or move a mapping, with its content',
  },
  mincore: {
    word: 'mincore',
    fields: { ...range, skew: 'skew' },
    answer: 'residency',
    errors: ['EINVAL', 'ENOMEM'],
    faults: [],
    rule: 'regions.md#mincore',
    says: 'tell which pages of a range are resident',
  },
  load: {
    word: 'read',
    fields: access,
    answer: 'byte',
    errors: ['ENOMEM'],
    faults: segv,
    rule: 'faults.md#load',
    says: 'read one byte as the processor does, faulting where needed',
  },
  store: {
    word: 'write',
    fields: { process: 'process', page: 'page', byte: 'byte', reach: 'reach' },
    answer: 'nothing',
    errors: ['ENOMEM'],
    faults: segv,
    rule: 'faults.md#store',
    says: 'write one byte as the processor does, faulting where needed',
  },
  fetch: {
    word: 'exec',
    fields: access,
    answer: 'nothing',
    errors: ['ENOMEM'],
    faults: segv,
    rule: 'faults.md#fetch',
    says: 'fetch an instruction as the processor does, faulting where needed',
  },
  shmget: {
    word: 'shmget',
    fields: { process: 'process', key: 'key', count: 'count', creation: 'creation', mode: 'mode', short: 'short' },
    answer: 'segment',
    errors: ['EINVAL', 'ENOENT', 'EEXIST', 'EACCES', 'ENOSPC'],
    faults: [],
    rule: 'shared-memory.md#shmget',
    says: 'find or make a segment of shared memory',
  },
  shmat: {
    word: 'shmat',
    fields: {
      ...segment,
      page: 'page',
      placement: 'placement',
      attaching: 'attaching',
      replacing: 'replacing',
      skew: 'skew',
    },
    answer: 'page',
    errors: ['EINVAL', 'EIDRM', 'EACCES', 'EAGAIN', 'ENOMEM'],
    faults: [],
    rule: 'shared-memory.md#shmat',
    says: 'map a whole segment',
  },
  shmdt: {
    word: 'shmdt',
    fields: { process: 'process', page: 'page', skew: 'skew' },
    answer: 'nothing',
    errors: ['EINVAL'],
    faults: [],
    rule: 'shared-memory.md#shmdt',
    says: 'unmap the segment that is attached at a page',
  },
  shmremove: {
    word: 'shmrm',
    fields: segment,
    answer: 'nothing',
    errors: ['EINVAL', 'EIDRM', 'EPERM'],
    faults: [],
    rule: 'shared-memory.md#shmremove',
    says: 'destroy a segment once nobody has it attached',
  },
  shmset: {
    word: 'shmset',
    fields: { ...segment, user: 'user', mode: 'mode' },
    answer: 'nothing',
    errors: ['EINVAL', 'EIDRM', 'EPERM'],
    faults: [],
    rule: 'shared-memory.md#shmset',
    says: 'change the owner and the mode of a segment',
  },
  shmstat: {
    word: 'shmstat',
    fields: segment,
    answer: 'status',
    errors: ['EINVAL', 'EIDRM', 'EACCES'],
    faults: [],
    rule: 'shared-memory.md#shmstat',
    says: 'tell what a segment is',
  },
  shmlock: {
    word: 'shmlock',
    fields: segment,
    answer: 'nothing',
    errors: ['EINVAL', 'EIDRM', 'EPERM'],
    faults: [],
    rule: 'shared-memory.md#shmlock',
    says: 'keep the pages of a segment from being swapped out',
  },
  shmunlock: {
    word: 'shmunlock',
    fields: segment,
    answer: 'nothing',
    errors: ['EINVAL', 'EIDRM', 'EPERM'],
    faults: [],
    rule: 'shared-memory.md#shmlock',
    says: 'let the pages of a segment be swapped out again',
  },
  mlock: {
    word: 'mlock',
    fields: range,
    answer: 'nothing',
    errors: ['EPERM', 'EAGAIN', 'ENOMEM'],
    faults: [],
    rule: 'locking.md#mlock',
    says: 'make a range resident and keep it so',
  },
  mlock2: {
    word: 'mlock2',
    fields: { ...range, flag: 'lockFlag' },
    answer: 'nothing',
    errors: ['EINVAL', 'EPERM', 'EAGAIN', 'ENOMEM'],
    faults: [],
    rule: 'locking.md#mlock2',
    says: 'lock a range now, or each page once it is touched',
  },
  munlock: {
    word: 'munlock',
    fields: range,
    answer: 'nothing',
    errors: ['ENOMEM'],
    faults: [],
    rule: 'locking.md#munlock',
    says: 'let a range be swapped out again, however often it was locked',
  },
  mlockall: {
    word: 'mlockall',
    fields: { process: 'process', flags: 'lockAll' },
    answer: 'nothing',
    errors: ['EINVAL', 'EPERM', 'ENOMEM'],
    faults: [],
    rule: 'locking.md#mlockall',
    says: 'lock all that is mapped, all that will be, or both',
  },
  munlockall: {
    word: 'munlockall',
    fields: { process: 'process' },
    answer: 'nothing',
    errors: [],
    faults: [],
    rule: 'locking.md#munlockall',
    says: 'unlock all, and lock nothing in future',
  },
  swapOut: {
    word: 'swapout',
    fields: { process: 'process', page: 'page' },
    answer: 'nothing',
    errors: ['ENOSPC'],
    faults: [],
    rule: 'swap.md#swap-out',
    says: 'write a resident page to a swap slot and free its frame',
  },
  swapIn: {
    word: 'swapin',
    fields: { process: 'process', page: 'page' },
    answer: 'nothing',
    errors: ['ENOMEM'],
    faults: [],
    rule: 'swap.md#swap-in',
    says: 'bring a swapped page back before it is touched',
  },
  mkswap: {
    word: 'mkswap',
    fields: { process: 'process', area: 'area' },
    answer: 'nothing',
    errors: ['EPERM', 'EBUSY'],
    faults: [],
    rule: 'swap.md#mkswap',
    says: 'write the header of a swap area, creating its file',
  },
  rmswap: {
    word: 'rmswap',
    fields: { process: 'process', area: 'area' },
    answer: 'nothing',
    errors: ['EPERM', 'EBUSY', 'EINVAL', 'ENOENT'],
    faults: [],
    rule: 'swap.md#rmswap',
    says: 'remove a swap file',
  },
  swapon: {
    word: 'swapon',
    fields: { process: 'process', area: 'area', priority: 'priority' },
    answer: 'nothing',
    errors: ['EPERM', 'ENOENT', 'EINVAL', 'EBUSY'],
    faults: [],
    rule: 'swap.md#swapon',
    says: 'start to use a swap area',
  },
  swapoff: {
    word: 'swapoff',
    fields: { process: 'process', area: 'area' },
    answer: 'nothing',
    errors: ['EPERM', 'EINVAL', 'ENOMEM'],
    faults: [],
    rule: 'swap.md#swapoff',
    says: 'bring all pages of a swap area back and stop using it',
  },
  discard: {
    word: 'discard',
    fields: range,
    answer: 'nothing',
    errors: ['EINVAL', 'ENOMEM'],
    faults: [],
    rule: 'files.md#discard',
    says: 'let go of what a range of pages holds; the next touch begins anew',
  },
  poke: {
    word: 'poke',
    fields: { process: 'process', page: 'page', byte: 'byte' },
    answer: 'nothing',
    errors: ['EFAULT', 'ENOMEM'],
    faults: [],
    rule: 'files.md#poke',
    says: 'write one byte as a debugger does, also where a private mapping forbids it',
  },
  writeBack: {
    word: 'writeback',
    fields: {},
    answer: 'nothing',
    errors: [],
    faults: [],
    rule: 'files.md#writeback',
    says: 'save the cached page of the file, which is clean then',
  },
  dropCache: {
    word: 'dropcache',
    fields: {},
    answer: 'nothing',
    errors: ['EBUSY'],
    faults: [],
    rule: 'files.md#dropcache',
    says: 'free the frame of the cached page of the file, which is clean',
  },
} as const satisfies { readonly [name: string]: CommandShape }
export type CommandName = keyof typeof commands
/** Commands that are there only where several CPUs are: of the model, and of no implementation yet. */
export const ofSeveralCpus = ['discard', 'poke', 'writeBack', 'dropCache'] as const satisfies readonly CommandName[]

/** What a value of a field is: a number, or one of the words of its kind. */
export type FieldValue<K extends FieldKind> = K extends WordKind ? (typeof words)[K][number] : number
type FieldsOf<N extends CommandName> = (typeof commands)[N]['fields']
/** A command as plain data: its name and its fields. */
export type Command = {
  [N in CommandName]: { readonly name: N } & {
    readonly [K in keyof FieldsOf<N>]: FieldsOf<N>[K] extends FieldKind ? FieldValue<FieldsOf<N>[K]> : never
  }
}[CommandName]

/** Segments are named by one number: which record, and how many used it before. */
export const segmentRecords = 4096

/** Attachments that an answer of shmstat has room for; more are told as this many. */
export const mostAttachments = 4095

/** The answer of shmstat as one number, for the sides to agree on. */
export const statusOf = (size: number, attachments: number, mode: number, marked: boolean): number =>
  ((size * (mostAttachments + 1) + Math.min(attachments, mostAttachments)) * 512 + mode) * 2 + (marked ? 1 : 0)
/** The same number taken apart: `size` in bytes. */
export function statusParts(status: number) {
  const attached = Math.floor(status / 1024)
  return {
    size: Math.floor(attached / (mostAttachments + 1)),
    attachments: attached % (mostAttachments + 1),
    mode: Math.floor(status / 2) % 512,
    marked: status % 2 === 1,
  }
}

/**
 * What a command answers. `refused` leaves the state as it was; `failed` leaves the residue that its rule lists.
 */
export type Outcome =
  | { readonly is: 'ok'; readonly value: number | null }
  | { readonly is: 'refused'; readonly errno: Errno }
  | { readonly is: 'failed'; readonly errno: Errno }
  | { readonly is: 'faulted'; readonly fault: Fault }
  | { readonly is: 'killed' }

/**
 * Where the implementation may be interrupted by another CPU. Closed, so that each point can be mapped to a step
 * of the model or to a stutter.
 */
export const points = [
  'frames.allocate',
  'frames.free',
  'page-tables.publish',
  'page-tables.clear',
  'regions.insert',
  'regions.remove',
  'copy-on-write.copy',
  'swap.write',
  'swap.read',
] as const

/**
 * Points that are met only where several CPUs run: before each lock, wherever one CPU asks another to forget and waits
 * for it, and between what hardware reads and what it does with it.
 */
export const pointsOfCpus = [
  'locks.process',
  'locks.users',
  'locks.record',
  'locks.read',
  'locks.write',
  'locks.tables',
  'locks.regions',
  'locks.maps',
  'locks.slots',
  'locks.frames',
  'slots.busy',
  'tlb.ask',
  'tlb.await',
  'tlb.acknowledge',
  'tlb.answer',
  'mmu.fill',
  'mmu.access',
] as const
export type Point = (typeof points)[number] | (typeof pointsOfCpus)[number]

/**
 * Free choices of the implementation that a checker must follow: which member it took, -1 where none was left.
 * A `victim` is the frame of a page that reclaim evicts.
 */
export const choices = ['space', 'frame', 'slot', 'table', 'object', 'victim', 'chain'] as const
export type Choice = (typeof choices)[number]

/** The bit layout of an x86-64 page-table entry (Intel SDM vol. 3A, 4.5), as positions in its low and high word. */
export const x86Entry = {
  low: { present: 0, writable: 1, user: 2, accessed: 5, dirty: 6, large: 7 },
  high: { noExecute: 31 },
  frameShift: 12,
} as const
