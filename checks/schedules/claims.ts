// What must hold of the memory of a machine with several CPUs after every step of a schedule, in the middle of whatever
// its operations do. Read from the real words, and cheap, because schedules have many steps.

import { frameUse, type Machine as Implementation } from '../../impl/index.js'
import { cpuField, cpuWords, lockField, spaceLockField, spaceLockWords, translationWords } from '../../impl/layout.js'
import { frameOf, isPresent, WRITABLE } from '../../impl/page-tables/entry.js'

export interface Broken {
  readonly claim: string
  readonly says: string
}
type Claim = () => string | null

/** Claims by id, with what they say. */
export const scheduleClaims = {
  'tlb/no-translation-of-a-free-frame':
    'no CPU keeps a translation to a frame that is free, unless it is to forget it before it comes back',
  'tlb/no-right-beyond-the-entry':
    'while nobody works on entries, no CPU keeps a right that the entry does not give, or another frame',
  'concurrency/lock-words': 'a lock is held by one CPU alone or by as many as there are',
  'concurrency/tables-under-the-lock': 'who has the entries of a space in hand has its lock, in one way or the other',
} as const
export type ScheduleClaim = keyof typeof scheduleClaims

/** Looks at a machine again and again: the first claim that is violated now. */
export function judgeOf(machine: Implementation): () => Broken | null {
  const words = new Int32Array(machine.memory)
  const { layout, boot, pageTables, inspect } = machine
  const { cpus, spaces, translations } = boot
  const { free } = frameUse
  const [TLB, BEHIND, CPUS, LOCKS] = [layout.translations, layout.behind, layout.cpus, layout.spaceLocks]
  const { kind: KIND, stale: STALE } = cpuField
  const locks = Object.keys(lockField).length

  const spaceLock = (space: number) => words[LOCKS + space * spaceLockWords + spaceLockField.space]
  const tableLock = (space: number) => words[LOCKS + space * spaceLockWords + spaceLockField.tables]
  const field = (cpu: number, of: number) => words[CPUS + cpu * cpuWords + of]

  /** The first translation that anybody keeps and may use of which something is wrong. */
  function translationsOf(wrong: (cpu: number, space: number, page: number, kept: number) => string | null) {
    for (let cpu = 0; cpu < cpus; cpu++) {
      for (let i = 0; i < translations; i++) {
        const at = TLB + (cpu * translations + i) * translationWords
        const space = words[at] - 1
        if (space < 0 || words[BEHIND + cpu * spaces + space] !== 0) continue
        const page = words[at + 2] * 2 ** 32 + (words[at + 1] >>> 0)
        const found = wrong(cpu, space, page, words[at + 3])
        if (found !== null) return `CPU ${cpu} translates page ${page} of space ${space} ${found}`
      }
    }
    return null
  }

  const freeFrame = (_cpu: number, _space: number, _page: number, kept: number) =>
    words[layout.use + (kept >> 2)] === free ? `to frame ${kept >> 2}, which is free` : null

  function beyondEntry(_cpu: number, space: number, page: number, kept: number) {
    if (spaceLock(space) !== 0 || tableLock(space) !== 0) return null
    const root = inspect.rootOf(space)
    const entry = root < 0 ? -1 : pageTables.walk(root, page)
    const low = entry < 0 ? 0 : words[entry]
    if (!isPresent(low)) return 'and there is no entry'
    const frame = frameOf(low, words[entry + 1])
    if (frame !== kept >> 2) return `to frame ${kept >> 2}, and its entry names frame ${frame}`
    if ((kept & 1) !== 0 && (low & WRITABLE) === 0) return 'to write, and the entry does not allow it'
    return null
  }

  /** Somebody changes entries, or has changed them and not made everybody forget them yet. */
  function isBeingForgotten() {
    if (words[layout.locks + lockField.maps] !== 0 || words[layout.evicting] !== 0) return true
    for (let cpu = 0; cpu < cpus; cpu++) if (field(cpu, KIND) !== 0 || field(cpu, STALE) !== 0) return true
    return false
  }

  function lockWords() {
    for (let space = 0; space < spaces; space++) {
      const held = spaceLock(space)
      if (held > cpus || held < -cpus) return `the lock of space ${space} is ${held}`
      const inHand = tableLock(space)
      if (inHand < 0 || inHand > cpus) return `the entries of space ${space} are in hand of ${inHand}`
    }
    for (let lock = 0; lock < locks; lock++) {
      const held = words[layout.locks + lock]
      if (held < 0 || held > cpus) return `lock ${lock} is ${held}`
    }
    return null
  }

  function tablesUnderLock() {
    for (let space = 0; space < spaces; space++)
      if (tableLock(space) !== 0 && spaceLock(space) === 0)
        return `entries of space ${space} are in hand without its lock`
    return null
  }

  const claims: { readonly [C in ScheduleClaim]: Claim } = {
    'tlb/no-translation-of-a-free-frame': () => translationsOf(freeFrame),
    'tlb/no-right-beyond-the-entry': () => (isBeingForgotten() ? null : translationsOf(beyondEntry)),
    'concurrency/lock-words': lockWords,
    'concurrency/tables-under-the-lock': tablesUnderLock,
  }
  const all = Object.entries(claims)
  return () => {
    for (let i = 0; i < all.length; i++) {
      const says = all[i][1]()
      if (says !== null) return { claim: all[i][0], says }
    }
    return null
  }
}

/** What must not be left when all scripts are over: locks, mail, and frames in hand. */
export function leftOver(machine: Implementation): Broken | null {
  const words = new Int32Array(machine.memory)
  const { layout, boot } = machine
  const left = (says: string): Broken => ({ claim: 'concurrency/nothing-is-left', says })
  for (const [name, at] of Object.entries(lockField))
    if (words[layout.locks + at] !== 0) return left(`the lock of ${name}`)
  for (let space = 0; space < boot.spaces; space++)
    for (const [name, at] of Object.entries(spaceLockField))
      if (words[layout.spaceLocks + space * spaceLockWords + at] !== 0)
        return left(`the lock of space ${space}, ${name}`)
  for (let cpu = 0; cpu < boot.cpus; cpu++)
    for (const name of ['gathered', 'stale', 'kind'] as const)
      if (words[layout.cpus + cpu * cpuWords + cpuField[name]] !== 0) return left(`CPU ${cpu}, ${name}`)
  for (let slot = 0; slot < boot.slots; slot++)
    if (words[layout.slotBusy + slot] !== 0) return left(`slot ${slot} is busy`)
  return null
}
