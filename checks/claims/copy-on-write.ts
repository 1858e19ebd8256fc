// Claims about memory that several processes have until one of them writes. Rules: spec/copy-on-write.md.

import {
  type Event,
  type Frame,
  ids,
  type Page,
  type Process,
  page,
  type Space,
  type State,
  space,
  violated,
  type Witness,
} from '../../model/index.js'
import { claim, pagePath } from './claim.js'
import { argument, callerSpace, hasWrite, isMapped, mappings, sameMemory, succeeded } from './walk.js'

/** Parent and child of a fork that succeeded, by their spaces. */
function family(m: State, event: Event<State>): { readonly parent: Space; readonly child: Space } | null {
  if (!succeeded(event, 'fork')) return null
  const parent = callerSpace(m, event)
  const child = m.processes[argument(event, 'child') as Process].space
  return parent === null || child === null ? null : { parent, child }
}
/** The first page of a child that is not as a fork should leave it. */
function firstWrong(m: State, event: Event<State>, wrong: (parent: Space, child: Space, v: Page) => string | null) {
  const both = family(m, event)
  if (both === null) return true
  for (const v of ids(m.tree)) {
    const why = wrong(both.parent, both.child, v)
    if (why !== null) return violated(`page ${v} ${why}`, pagePath(both.parent, v), pagePath(both.child, v))
  }
  return true
}

const used = (m: State): number => ids(m.frames).filter(f => m.frames[f].references > 0).length

/** Where a private page was before a store, and whether anybody else had its frame. */
function stored(m: State, event: Event<State>) {
  const s = callerSpace(m, event)
  if (s === null || !succeeded(event, 'store')) return null
  const v = argument(event, 'page') as Page
  const { before } = event
  const { entry, object } = before.spaces[s].pages[v]
  if (entry.is !== 'present' || object !== null) return null
  const cached = ids(before.slots).filter(t => before.slots[t].cached === entry.frame).length
  const now = m.spaces[s].pages[v].entry
  const frame = now.is === 'present' ? now.frame : null
  return {
    was: entry.frame,
    is: frame,
    others: before.frames[entry.frame].references - 1 - cached,
    path: pagePath(s, v),
  }
}
const moved = (was: Frame, is: Frame | null, why: string, path: string): Witness =>
  violated(`the page was in frame ${was} and is in ${is === null ? 'none' : `frame ${is}`} after a store: ${why}`, path)

export const copyOnWriteClaims = [
  claim('copy-on-write/writable-is-exclusive', {
    says: 'a private page that can be written has its frame for itself',
    rule: 'copy-on-write.md#exclusive',
    also: ['CW1', 'CW4', 'CW5', 'PT23'],
    over: { space, page },
    holds: (m, at) => {
      const { entry, object } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'present' || object !== null || !hasWrite(entry.rights)) return true
      const { references } = m.frames[entry.frame]
      // Operations under way may hold it as well, until they see that they need not.
      if (references === 1 || (m.limits.concurrent && mappings(m, entry.frame).length === 1)) return true
      return violated(
        `page ${at.page} of space ${at.space} can write to frame ${entry.frame}, which counts ${references} references`,
        `${pagePath(at.space, at.page)}.entry`,
        `frames[${entry.frame}].references`,
      )
    },
  }),
  claim('copy-on-write/copies-what-others-hold', {
    says: 'a store leaves a frame alone that somebody else has too',
    rule: 'copy-on-write.md#break',
    kind: 'return',
    also: ['CW4', 'CW12'],
    holds: (m, _at, event) => {
      const at = stored(m, event)
      return at === null || at.others === 0 || at.is !== at.was || moved(at.was, at.is, 'others have it too', at.path)
    },
  }),
  claim('copy-on-write/no-needless-copy', {
    says: 'a store copies nothing that nobody else has',
    rule: 'copy-on-write.md#break',
    kind: 'return',
    also: ['CW12'],
    holds: (m, _at, event) => {
      const at = stored(m, event)
      return at === null || at.others > 0 || at.is === at.was || moved(at.was, at.is, 'nobody else had it', at.path)
    },
  }),
  claim('copy-on-write/fork-takes-no-frame', {
    says: 'a fork copies no page: no frame is in use that was not before',
    rule: 'copy-on-write.md#fork',
    kind: 'return',
    also: ['CW12'],
    holds: (m, _at, event) => {
      if (!succeeded(event, 'fork')) return true
      const more = used(m) - used(event.before)
      return more <= 0 || violated(`fork takes ${more} frames for pages`)
    },
  }),
  claim('copy-on-write/child-is-like-parent', {
    says: 'a child has the regions of its parent, and none of its locks',
    rule: 'copy-on-write.md#fork',
    kind: 'return',
    also: ['VM14', 'ML5'],
    holds: (m, _at, event) =>
      firstWrong(m, event, (parent, child, v) => {
        const [a, b] = [m.spaces[parent].pages[v], m.spaces[child].pages[v]]
        if (a.region !== b.region || a.ceiling !== b.ceiling || !sameMemory(a, b)) return 'is mapped differently'
        return b.lock === 'none' && m.spaces[child].future === 'none' ? null : 'is locked in the child'
      }),
  }),
  claim('copy-on-write/child-shares-pages', {
    says: 'a child has the pages of its parent, in the same frames and slots',
    rule: 'copy-on-write.md#fork',
    kind: 'return',
    also: ['SW11', 'CW12'],
    holds: (m, _at, event) =>
      firstWrong(m, event, (parent, child, v) => {
        const [a, b] = [m.spaces[parent].pages[v].entry, m.spaces[child].pages[v].entry]
        if (m.limits.linux && b.is === 'absent') return null
        if (a.is === 'present') return b.is === 'present' && a.frame === b.frame ? null : 'is in another frame'
        if (a.is === 'swapped') return b.is === 'swapped' && a.slot === b.slot ? null : 'is in another slot'
        return a.is === b.is ? null : 'is somewhere else'
      }),
  }),
  claim('copy-on-write/child-reads-the-same', {
    says: 'each page of a child reads as its parent’s did',
    rule: 'copy-on-write.md#fork',
    kind: 'return',
    also: ['CW11', 'CW2'],
    holds: (m, _at, event) =>
      firstWrong(m, event, (parent, child, v) =>
        m.ghost.spaces[parent].pages[v].byte === m.ghost.spaces[child].pages[v].byte ? null : 'reads differently',
      ),
  }),
  claim('copy-on-write/written-page-is-found', {
    says: 'where regions have an identity, one that was written to has its chain, or fork would leave it out',
    rule: 'copy-on-write.md#chains',
    also: ['VM16'],
    over: { space, page },
    holds: (m, at) => {
      const it = m.spaces[at.space].pages[at.page]
      if (!m.limits.linux || !isMapped(it) || it.object !== null || it.chain !== null) return true
      const { byte } = m.ghost.spaces[at.space].pages[at.page]
      return (
        byte === 0 ||
        violated(`page ${at.page} of space ${at.space} holds ${byte}, and has no chain`, pagePath(at.space, at.page))
      )
    },
  }),
]
