// What an access to a page of the user half meets, as one table: the first of the rules in
// spec/faults.md#classification that applies. What the page then needs to become resident is in the tables of
// demand.ts, swap/bring-in.ts and copy-on-write.

import { match, P } from 'ts-pattern'
import { type Access, accesses, words } from '../../spec/interface.js'
import { decision, disabled, fault, impossible, need, oneOf, type Then } from '../kit/index.js'
import { type M, type Page, type Process, regionKind, type Space, spaceOf } from '../state.js'
import { answerBelowStack } from './growth.js'
import { isWritable } from './rights.js'

export const reach = oneOf(...words.reach)

export const accessDecision = decision(
  'access',
  'faults.md#classification',
  {
    region: regionKind,
    access: oneOf(...accesses),
    entry: oneOf('absent', 'zero', 'read-only', 'writable', 'swapped'),
  },
  x =>
    match(x)
      .with({ region: P.union('unmapped', 'guard'), entry: P.not('absent') }, () => impossible)
      .with({ region: P.union('none', 'r', 'x', 'rx'), entry: 'writable' }, () => impossible)
      .with({ region: 'unmapped' }, () => 'no mapping' as const)
      .with({ region: P.union('guard', 'none') }, () => 'not allowed' as const)
      .with({ access: 'store', region: P.union('r', 'x', 'rx') }, () => 'not allowed' as const)
      .with({ access: 'fetch', region: P.union('r', 'w', 'rw') }, () => 'not allowed' as const)
      .with({ entry: P.union('absent', 'swapped') }, () => 'make resident' as const)
      .with({ access: 'store', entry: P.union('zero', 'read-only') }, () => 'make resident' as const)
      .with({ entry: P.union('zero', 'read-only', 'writable') }, () => 'resident' as const)
      .exhaustive(),
)

/** An entry, as the table sees it. */
export function entryAt(m: M, space: Space, page: Page) {
  const { entry } = m.spaces[space].pages[page]
  if (entry.is !== 'present') return entry.is
  return isWritable(entry.rights) ? 'writable' : 'read-only'
}
function met(m: M, my: Accessing, access: Access) {
  const space = need(spaceOf(m, my.process))
  const { region, detached } = m.spaces[space].pages[my.page]
  // What munmap is still taking away is nobody's any more.
  const entry = detached && region === 'unmapped' ? 'absent' : entryAt(m, space, my.page)
  return accessDecision({ region, access, entry })
}

export interface Accessing {
  readonly process: Process
  readonly page: Page
  readonly reach: (typeof words.reach)[number]
  at: Page | null
  access: Access
}

/** The first step of an access: it ends here, or goes on as with a resident page, or makes it resident. */
export const lookUp =
  <const R extends string>(access: Access, resident: Then<R>) =>
  (m: M, my: Accessing) => {
    if (spaceOf(m, my.process) === null || (my.reach !== 'user' && my.page !== 0)) return disabled
    if (my.reach === 'noncanonical') return fault('SIGSEGV MAPERR')
    if (my.reach === 'kernel') return fault('SIGSEGV ACCERR')
    my.at = my.page
    my.access = access
    switch (met(m, my, access)) {
      case 'no mapping':
        return answerBelowStack(m, my)
      case 'not allowed':
        return fault('SIGSEGV ACCERR')
      case 'resident':
        return resident
      case 'make resident':
        return undefined
    }
  }
