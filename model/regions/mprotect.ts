// mprotect: what a range allows, within what it may become. Entries follow at once, but none gains the right to write:
// the next store faults and finds out whether the frame is its own. The textbook looks at all pages first; Linux walks
// from the left, and leaves changed what it has passed when it fails. Rules: spec/regions.md#mprotect,
// spec/regions.md#guard, spec/profiles.md#mprotect-only-requests, spec/profiles.md#up-to-the-hole.

import type { Errno, Request } from '../../spec/interface.js'
import { leaveKernel, lockToWrite } from '../concurrency/locks.js'
import { lockRegions } from '../concurrency/region-locks.js'
import { isWritable, readOnly, rightsDecision } from '../faults/rights.js'
import { disabled, done, each, fail, need, oneOf, range, refuse, size, step } from '../kit/index.js'
import { ceilingAfter, isWithin } from '../protection/ceiling.js'
import { grantDecision } from '../protection/grant.js'
import { Entry, Flush, type M, operation, type Page, page, process, regionKind, type Space, spaceOf } from '../state.js'
import { isLeaving } from '../swap/mappings.js'
import { count, request, skew } from './arguments.js'
import { draw, inRange, isMapped, pagesOf, type Range, type RegionKind, type Sketch, sketchOf } from './attributes.js'
import { accountedAfter } from './chains.js'
import { type Clearing, clearingLocals, forgetSteps, forgotten, takeAway } from './clearing.js'
import { merged } from './identity.js'
import { isTouched, lacksNodes } from './nodes.js'
import { become, forget, leavesWindow, passesEnd, tooMany } from './regions.js'

export const mprotect = operation('mprotect', {
  rule: 'regions.md#mprotect',
  answers: [refuse('EINVAL'), refuse('ENOMEM'), refuse('EACCES'), refuse('EBUSY'), fail('ENOMEM'), fail('EACCES')],
  args: { process, page, count, request, skew },
  locals: {
    kind: regionKind,
    passed: range(0, b => size(b, 'page')),
    error: oneOf('none', 'ENOMEM', 'EACCES'),
    ...clearingLocals,
  },
}).steps(
  {
    lock: lockToWrite({ allowed: (m, my) => !leavesWindow(m, my) }),
    arguments: (m, my) => {
      if (spaceOf(m, my.process) === null || leavesWindow(m, my)) return disabled
      if (my.skew === 'unaligned') return refuse('EINVAL')
      if (my.count === 0) return done()
      if (passesEnd(m, my)) return refuse('ENOMEM')
      const kind = grantDecision({ request: my.request, linux: m.limits.linux })
      if (kind === 'unknown') return refuse('EINVAL')
      if (kind === 'refuse') return refuse('EACCES')
      my.kind = kind
      my.passed = my.count
    },
    pages: (m, my) => {
      const error = m.limits.linux ? null : objection(m, need(spaceOf(m, my.process)), my, my.request, my.kind)
      if (error !== null) return refuse(error)
    },
    walk: (m, my) => {
      if (!m.limits.linux) return
      const { pages } = m.spaces[need(spaceOf(m, my.process))]
      const stop = pagesOf(m, my).find(v => !isMapped(pages[v]) || !isWithin(pages[v].ceiling, my.kind))
      if (stop === undefined) return
      const error = isMapped(pages[stop]) ? 'EACCES' : 'ENOMEM'
      if (stop === my.page) return refuse(error)
      my.passed = stop - my.page
      my.error = error
    },
    limit: (m, my) => {
      const space = need(spaceOf(m, my.process))
      const after = protectedAs(m, space, passedOf(my), my.kind)
      if (tooMany(m, after) || lacksNodes(m, space, after)) return refuse('ENOMEM')
    },
    ...lockRegions<Protecting & Range & Passing>((m, my, n) => {
      const space = need(spaceOf(m, my.process))
      return isTouched(m, space, n, passedOf(my), protectedAs(m, space, passedOf(my), my.kind))
    }),
    entries: each(page, (m, my, v) => adapt(m, my, need(spaceOf(m, my.process)), v), {
      where: (my, v) => inRange(passedOf(my), v),
    }),
    ...forgetSteps<Clearing & Range & Passing>((m, my, space) =>
      my.stale ? forgotten(m, space, passedOf(my)) : Flush.none,
    ),
    protect: step(
      (m, my) => {
        const space = need(spaceOf(m, my.process))
        become(m, space, protectedAs(m, space, passedOf(my), my.kind))
      },
      (m, my) => {
        if (my.request === 'guard') forget(m, my, passedOf(my))
      },
    ),
    unlock: leaveKernel(),
    answer: (_m, my) => (my.error === 'none' ? done() : fail(my.error)),
  },
  ['unlock'],
)

interface Protecting extends Clearing {
  readonly request: Request
  readonly kind: RegionKind
}

interface Passing {
  readonly passed: number
}

/** The pages that are changed: all, or those that the walk has passed. */
const passedOf = (my: { readonly page: Page; readonly passed: number }): Range => ({ page: my.page, count: my.passed })

/** Why the pages of a range cannot all be given this protection. */
function objection(m: M, space: Space, range: Range, request: Request, kind: RegionKind): Errno | null {
  const pages = pagesOf(m, range).map(v => m.spaces[space].pages[v])
  if (!pages.every(isMapped)) return 'ENOMEM'
  if (request === 'rw+cow' && pages.some(it => it.object !== null)) return 'EINVAL'
  if (!pages.every(it => isWithin(it.ceiling, kind))) return 'EACCES'
  if (kind === 'guard' && pages.some(it => it.lock !== 'none')) return 'EBUSY'
  return null
}

/** What the space will be. */
function protectedAs(m: M, space: Space, range: Range, region: RegionKind): Sketch {
  const sketch = sketchOf(m, space)
  draw(m, sketch, range, (_v, it) => ({
    ...it,
    region,
    ceiling: ceilingAfter(m, it.ceiling, region),
    accounted: accountedAfter(m, it, region),
  }))
  return merged(m, sketch, range)
}

/** Gives an entry the rights that its new region lets it have. A guard page holds nothing. */
function adapt(m: M, my: Protecting, space: Space, v: Page): void {
  const { request, kind: region } = my
  if (region === 'guard') {
    takeAway(m, my, space, v)
    return
  }
  const it = m.spaces[space].pages[v]
  const { entry } = it
  const most = rightsDecision({ region })
  if (entry.is === 'zero') it.entry = Entry.zero({ rights: readOnly(most) })
  if (entry.is === 'present') {
    const writes = isWritable(entry.rights) && request !== 'rw+cow'
    it.entry = Entry.present({ frame: entry.frame, rights: writes ? most : readOnly(most) })
  }
  if (m.limits.concurrent && (it.entry !== entry || isLeaving(m, space, v))) my.stale = true
}
