// What an access to a page meets, as one table, and the steps that make a page resident: a frame, its content, the
// entry. A page that was never touched reads as zeros; a swapped one as what it held. Rules: spec/faults.md.

import { match, P } from 'ts-pattern'
import { type Access, accesses } from '../../spec/interface.js'
import { takeFrame } from '../frames/frames.js'
import { decision, disabled, fault, go, impossible, need, oneOf } from '../kit/index.js'
import { countTables, tablesFor, tablesOwned } from '../page-tables/page-tables.js'
import { Content, Entry, type Frame, type M, type Placed, regionKind, spaceOf } from '../state.js'
import { putSlot } from '../swap/swap.js'

/** The first rule that applies decides, in the order of spec/faults.md#classification. */
export const accessDecision = decision(
  'access',
  'faults.md#classification',
  { region: regionKind, access: oneOf(...accesses), entry: oneOf('absent', 'present', 'swapped') },
  x =>
    match(x)
      .with({ region: P.union('unmapped', 'none'), entry: P.union('present', 'swapped') }, () => impossible)
      .with({ region: 'unmapped' }, () => 'no mapping' as const)
      .with({ region: 'none' }, () => 'not allowed' as const)
      .with({ region: P.union('r', 'rx'), access: 'store' }, () => 'not allowed' as const)
      .with({ entry: 'present' }, () => 'resident' as const)
      .with({ entry: 'absent' }, () => 'demand zero' as const)
      .with({ entry: 'swapped' }, () => 'swap in' as const)
      .exhaustive(),
)

export const pageOf = (m: M, { process, page }: Placed) => m.spaces[need(spaceOf(m, process))].pages[page]

/** The first step of an access: it ends here, or goes to the step of a resident page, or on to make it resident. */
export const lookUp =
  <const R extends string>(access: Access, resident: R) =>
  (m: M, my: Placed) => {
    if (spaceOf(m, my.process) === null) return disabled
    const { region, entry } = pageOf(m, my)
    switch (accessDecision({ region, access, entry: entry.is })) {
      case 'no mapping':
        return fault('SIGSEGV MAPERR')
      case 'not allowed':
        return fault('SIGSEGV ACCERR')
      case 'resident':
        return go(resident)
      case 'demand zero':
      case 'swap in':
        return undefined
    }
  }

/** Steps that make a page resident. They stand in load, store and swapIn, so that no two faults can differ. */
export const residentSteps = <T extends Placed & { frame: Frame | null }>() => ({
  tables: tablesFor<T>(),
  frame: takeFrame<T>(),
  fill: (m: M, my: T): void => {
    const { entry } = pageOf(m, my)
    m.frames[need(my.frame)].content = entry.is === 'swapped' ? m.slots[entry.slot].content : Content.zero
  },
  install: (m: M, my: T): void => {
    const space = need(spaceOf(m, my.process))
    const it = m.spaces[space].pages[my.page]
    const { entry } = it
    if (entry.is === 'absent') countTables(m, space, tablesOwned(m, space, my.page))
    if (entry.is === 'swapped') putSlot(m, entry.slot)
    it.entry = Entry.present({ frame: need(my.frame), writable: it.region === 'rw', executable: it.region === 'rx' })
    my.frame = null
  },
})
