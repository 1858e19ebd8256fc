// Claims about protection: writable or executable, never both, at whichever address; and what was given up stays given
// up. A live Linux kernel promises none of the first three, so its profile is left out. Rules: spec/protection.md.

import { type Frame, frame, type ObjectId, object, page, type State, space, violated } from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { hasExecute, hasWrite, isMapped, pagesWhere, rightsOf, succeeded } from './walk.js'

export const writeXorExecute = claim('protection/write-xor-execute', {
  says: 'no page is writable and executable',
  rule: 'protection.md#w-xor-x',
  also: ['I6', 'PT21', 'VM6'],
  over: { space, page },
  holds: (m, at) => {
    if (m.limits.linux) return true
    const it = m.spaces[at.space].pages[at.page]
    for (const word of [it.region, rightsOf(it)])
      if (hasWrite(word) && hasExecute(word))
        return violated(
          `page ${at.page} of space ${at.space} is writable and executable`,
          `${pagePath(at.space, at.page)}.${word === it.region ? 'region' : 'entry'}`,
        )
    return true
  },
})

/** Pages that show a frame with a right. */
const showing = (m: State, f: Frame, right: (word: string) => boolean): string[] =>
  pagesWhere(m, it => it.entry.is === 'present' && it.entry.frame === f && right(it.entry.rights))

export const writeXorExecuteOverAliases = claim('protection/write-xor-execute-over-aliases', {
  says: 'no frame is writable at one address and executable at another',
  rule: 'protection.md#w-xor-x',
  also: ['I7', 'PT21'],
  over: { frame },
  holds: (m, { frame: f }) => {
    if (m.limits.linux) return true
    const written = showing(m, f, hasWrite)
    const run = showing(m, f, hasExecute)
    if (written.length === 0 || run.length === 0) return true
    return violated(`frame ${f} can be written here and executed there`, ...written, ...run)
  },
})

/** Pages that show an object and may ever have a right. */
const mayShow = (m: State, o: ObjectId, right: (word: string) => boolean): string[] =>
  pagesWhere(m, it => it.object === o && right(it.ceiling))

/** Operations that put another mapping where one was. */
const replacing: ReadonlySet<string> = new Set(['mmap', 'mremap', 'munmap', 'shmat', 'shmdt'])

export const protectionClaims = [
  claim('protection/object-write-xor-execute', {
    says: 'no object may become writable in one mapping and executable in another',
    rule: 'protection.md#objects',
    also: ['I7', 'VM6'],
    over: { object },
    holds: (m, { object: o }) => {
      if (m.limits.linux) return true
      const written = mayShow(m, o, hasWrite)
      const run = mayShow(m, o, hasExecute)
      if (written.length === 0 || run.length === 0) return true
      return violated(`object ${o} may be written here and executed there`, ...written, ...run)
    },
  }),
  claim('protection/ceiling-excludes-both', {
    says: 'what is writable may not become executable, and the other way round',
    rule: 'protection.md#ceiling',
    also: ['VM6'],
    over: { space, page },
    holds: (m, at) => {
      if (m.limits.linux) return true
      const { region, ceiling } = m.spaces[at.space].pages[at.page]
      if ((!hasWrite(region) || !hasExecute(ceiling)) && (!hasExecute(region) || !hasWrite(ceiling))) return true
      return violated(
        `page ${at.page} of space ${at.space} is ${region} and may become ${ceiling}`,
        `${pagePath(at.space, at.page)}.ceiling`,
      )
    },
  }),
  claim('protection/within-ceiling', {
    says: 'a region allows no more than it may',
    rule: 'protection.md#ceiling',
    also: ['VM4', 'VM5'],
    over: { space, page },
    holds: (m, at) => {
      const { region, ceiling } = m.spaces[at.space].pages[at.page]
      if ((!hasWrite(region) || hasWrite(ceiling)) && (!hasExecute(region) || hasExecute(ceiling))) return true
      return violated(
        `page ${at.page} of space ${at.space} is ${region}, and at most ${ceiling} is allowed`,
        `${pagePath(at.space, at.page)}.region`,
        `${pagePath(at.space, at.page)}.ceiling`,
      )
    },
  }),
  claim('protection/ceiling-only-shrinks', {
    says: 'what a mapping may become grows less, never more',
    rule: 'protection.md#ceiling',
    kind: 'step',
    also: ['VM5', 'VM6'],
    over: { space, page },
    holds: (m, at, { before, operation }) => {
      if (replacing.has(operation)) return true
      const was = before.spaces[at.space].pages[at.page]
      const is = m.spaces[at.space].pages[at.page]
      if (!isMapped(was) || !isMapped(is)) return true
      if ((hasWrite(was.ceiling) || !hasWrite(is.ceiling)) && (hasExecute(was.ceiling) || !hasExecute(is.ceiling)))
        return true
      return violated(
        `page ${at.page} of space ${at.space} could become ${was.ceiling}, and now ${is.ceiling}`,
        `${pagePath(at.space, at.page)}.ceiling`,
      )
    },
  }),
  claim('protection/asked-and-forbidden', {
    says: 'nobody gets memory that is writable and executable by asking for it',
    rule: 'protection.md#w-xor-x',
    kind: 'return',
    also: ['VM6', 'PT21'],
    holds: (m, _at, event) => {
      if (m.limits.linux || !succeeded(event, 'mmap', 'mprotect')) return true
      const asked = String(event.arguments.request)
      const nothing = event.operation === 'mprotect' && event.arguments.count === 0
      return nothing || !hasWrite(asked) || !hasExecute(asked) || violated(`${event.operation} grants ${asked}`)
    },
  }),
]
