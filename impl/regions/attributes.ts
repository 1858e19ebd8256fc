// What all pages of a region have in common, in one word, so that two regions agree when two words are equal:
//
//       11         10        9      8 7    6 5 4     3 2 1 0
//   ┌inherited┬accounted┬─grows─┬──lock──┬─ceiling─┬protection┐      protection: 8 is a guard page
//
// Where the region's memory comes from (object, offset) and its chain are words of their own.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as protections from '../protection/protection.js'

export const CEILING_SHIFT = 4
export const LOCK_SHIFT = 7
export const PROTECTION_BITS = 15
export const CEILING_BITS = 7 << CEILING_SHIFT
export const LOCK_BITS = 3 << LOCK_SHIFT
/** A stack: grows down when touched below. */
export const GROWS = 1 << 9
/** Under `linux`: its memory counts as promised. */
export const ACCOUNTED = 1 << 10
/** Under `linux`: its chain came from a parent, who has its pages too. Regions may agree that differ in it. */
export const INHERITED = 1 << 11

/** How a region is locked: not at all, with all its pages, or each page once it is touched. */
export const lockKinds = { none: 0, locked: 1, onfault: 2 } as const

/** What can be done to the attributes of a range, as one number: a protection to give, or LOCK + a kind of lock. */
export const LOCK = 16

export type Attributes = ReturnType<typeof createAttributes>

export function createAttributes(core: Core) {
  const { NONE } = answers
  const { ceilingAfter, GUARD, WRITE } = protections
  const LINUX = core.boot.profile === 'linux'
  const PROTECTION = PROTECTION_BITS
  const CEILING = CEILING_BITS
  const SHIFT = CEILING_SHIFT
  const LOCKS = LOCK_BITS
  const LOCKED_SHIFT = LOCK_SHIFT
  const LOCKING = LOCK
  const PROMISED = ACCOUNTED

  /** A word of attributes. Ceilings and locks are in their own bits, not yet in the word's. */
  const pack = (protection: number, ceiling: number, lock: number, flags: number) =>
    protection | (ceiling << SHIFT) | (lock << LOCKED_SHIFT) | flags

  /** The attributes after a change, of private memory or of an object, with a chain or without. */
  function changed(attributes: number, object: number, chain: number, change: number) {
    if (change < LOCKING) return protectedBy(attributes, object, chain, change)
    return (attributes & PROTECTION) === GUARD ? attributes : withLock(attributes, change - LOCKING)
  }

  const withLock = (attributes: number, lock: number) => (attributes & ~LOCKS) | (lock << LOCKED_SHIFT)

  function protectedBy(attributes: number, object: number, chain: number, protection: number) {
    const rest = (attributes & ~PROTECTION) | protection
    if (object !== NONE) return rest
    if (LINUX) return accountedAs(attributes, rest, chain)
    return (rest & ~CEILING) | (ceilingAfter((attributes & CEILING) >> SHIFT, protection) << SHIFT)
  }

  /** Private memory that becomes writable is promised; it stays so once it may have pages of its own. */
  function accountedAs(before: number, after: number, chain: number) {
    if ((after & WRITE) === 0) return chain === NONE ? after & ~PROMISED : after
    return (before & WRITE) === 0 ? after | PROMISED : after
  }

  return { pack, changed }
}
