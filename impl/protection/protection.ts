// What memory may be used for, as the bits of POSIX `mmap` (PROT_READ, PROT_WRITE, PROT_EXEC), and what a region's
// protection may still become: its ceiling. Under the textbook's profile memory that was ever writable never becomes
// executable, nor the other way round (protection.md#w-xor-x); a live Linux kernel allows everything.

import type { Request } from '../../spec/interface.js'

export const READ = 1
export const WRITE = 2
export const EXECUTE = 4
export const ALL = READ | WRITE | EXECUTE
/** A guard page: no access, no content. A bit of its own, never together with others. */
export const GUARD = 8
/** Asked together with READ and WRITE: pages that are there are copied when they are written next. */
export const COPY = 16

/** The bits of every protection that can be asked for. */
export const protectionBits = {
  none: 0,
  r: READ,
  w: WRITE,
  x: EXECUTE,
  rw: READ | WRITE,
  rx: READ | EXECUTE,
  wx: WRITE | EXECUTE,
  rwx: ALL,
  guard: GUARD,
  'rw+cow': READ | WRITE | COPY,
} as const satisfies { readonly [R in Request]: number }

/** Whether these bits are a protection that a mapping can start with. */
export const isProtection = (bits: number) => (bits & ~ALL) === 0

/** W^X: memory is never writable and executable (protection.md#w-xor-x). */
export const breaksWriteXorExecute = (protection: number) => (protection & WRITE) !== 0 && (protection & EXECUTE) !== 0

/** What is left of a ceiling of private memory once a protection was given: what it can write it can never execute. */
export function ceilingAfter(ceiling: number, protection: number) {
  const withoutExecute = (protection & WRITE) === 0 ? ceiling : ceiling & ~EXECUTE
  return (protection & EXECUTE) === 0 ? withoutExecute : withoutExecute & ~WRITE
}

/** The ceiling of shared memory: as it was mapped. Where code is, nobody writes; where somebody writes, no code. */
export function sharedCeiling(protection: number, readOnly: boolean) {
  if ((protection & EXECUTE) !== 0) return READ | EXECUTE
  return readOnly ? READ : READ | WRITE
}

/** Whether a protection is within a ceiling. Reading always is. */
export const isWithin = (protection: number, ceiling: number) => (protection & (WRITE | EXECUTE) & ~ceiling) === 0
