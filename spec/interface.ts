// The vocabulary that both sides share: what can be asked of the memory system, and what it can answer.
// Plain constant data that imports nothing. The model's schemas, the parser of the notation and the
// implementation's types derive from it, so neither side can invent a word that the other does not know.
// Semantics are in the chapters beside this file; a command's `rule` names the anchor that governs it.

/** Error names with their Linux x86-64 numbers. The implementation answers the negated number. */
export const errors = {
  ESRCH: 3,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EEXIST: 17,
  EINVAL: 22,
  ENOSPC: 28,
} as const
export type Errno = keyof typeof errors

/** How an access can fail: the signal a user process would receive, with its `si_code`. */
export const faults = ['SIGSEGV MAPERR', 'SIGSEGV ACCERR'] as const
export type Fault = (typeof faults)[number]

/** What a region may allow. A page is writable or executable, never both (protection.md#w-xor-x). */
export const protections = ['none', 'r', 'rw', 'rx'] as const
export type Protection = (typeof protections)[number]

/** What a caller may ask for; `rwx` is always refused with EACCES. */
export const requests = [...protections, 'rwx'] as const
export type Request = (typeof requests)[number]

/** The two kinds of access a processor makes on behalf of a process. */
export const accesses = ['load', 'store'] as const
export type Access = (typeof accesses)[number]

/**
 * Kinds of command fields.
 * - `process`: a process number, `P0`, `P1`, …
 * - `page`: a virtual page, counted from the start of the window that a scope or scenario places
 * - `count`: a length in pages, 0 and more
 * - `request`: a protection asked for
 * - `byte`: a value stored, 1 and more (0 is what fresh memory reads as)
 */
export type FieldKind = 'process' | 'page' | 'count' | 'request' | 'byte'

/** What a command that succeeds gives back: nothing, the first page of the mapping, or the byte read. */
export type AnswerKind = 'nothing' | 'page' | 'byte'

export interface CommandShape {
  readonly word: string
  readonly fields: { readonly [name: string]: FieldKind }
  readonly answer: AnswerKind
  readonly errors: readonly Errno[]
  readonly faults: readonly Fault[]
  readonly rule: string
  readonly says: string
}

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
  mmap: {
    word: 'mmap',
    fields: { process: 'process', page: 'page', count: 'count', request: 'request' },
    answer: 'page',
    errors: ['EINVAL', 'EACCES', 'ENOMEM'],
    faults: [],
    rule: 'regions.md#mmap',
    says: 'map private anonymous memory at a fixed place, replacing what is there',
  },
  munmap: {
    word: 'munmap',
    fields: { process: 'process', page: 'page', count: 'count' },
    answer: 'nothing',
    errors: ['EINVAL', 'ENOMEM'],
    faults: [],
    rule: 'regions.md#munmap',
    says: 'remove all mappings in a range; holes are fine',
  },
  load: {
    word: 'read',
    fields: { process: 'process', page: 'page' },
    answer: 'byte',
    errors: ['ENOMEM'],
    faults: ['SIGSEGV MAPERR', 'SIGSEGV ACCERR'],
    rule: 'faults.md#load',
    says: 'read one byte as the processor does, faulting where needed',
  },
  store: {
    word: 'write',
    fields: { process: 'process', page: 'page', byte: 'byte' },
    answer: 'nothing',
    errors: ['ENOMEM'],
    faults: ['SIGSEGV MAPERR', 'SIGSEGV ACCERR'],
    rule: 'faults.md#store',
    says: 'write one byte as the processor does, faulting where needed',
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
} as const satisfies { readonly [name: string]: CommandShape }
export type CommandName = keyof typeof commands

interface FieldValue {
  process: number
  page: number
  count: number
  request: Request
  byte: number
}
type FieldsOf<N extends CommandName> = (typeof commands)[N]['fields']
/** A command as plain data: its name and its fields. */
export type Command = {
  [N in CommandName]: { readonly name: N } & {
    readonly [K in keyof FieldsOf<N>]: FieldsOf<N>[K] extends FieldKind ? FieldValue[FieldsOf<N>[K]] : never
  }
}[CommandName]

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
  'swap.write',
  'swap.read',
] as const
export type Point = (typeof points)[number]

/** Free choices of the implementation that a checker must follow: which member it took, -1 where none was left. */
export const choices = ['space', 'frame', 'slot', 'table'] as const
export type Choice = (typeof choices)[number]

/** The bit layout of an x86-64 page-table entry (Intel SDM vol. 3A, 4.5), as positions in its low and high word. */
export const x86Entry = {
  low: { present: 0, writable: 1, user: 2, accessed: 5, dirty: 6 },
  high: { noExecute: 31 },
  frameShift: 12,
} as const
