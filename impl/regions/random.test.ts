// The regions side against a naive list of pages: whatever is mapped, changed, moved, locked and removed, the machine
// answers what the list says, and the tree holds the maximal runs of equal pages, with all counters right.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import * as answers from '../answers.js'
import { type BootInfo, tinyBoot, x86Boot } from '../boot.js'
import { pageBytes, tiny, userPages } from '../geometry.js'
import { lockFlags } from '../locking/locking.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from './mapping.js'
import { remapFlags } from './mremap.js'

const { EACCES, EAGAIN, EBUSY, EEXIST, EFAULT, EINVAL, ENOMEM, EPERM, OK } = answers
const { none, r, rw, rx, rwx, guard } = protectionBits
const cow = protectionBits['rw+cow']
const PAGES = 12
const LIMIT = 4
const GAP = 2
const OBJECT_PAGES = 4
const OBJECTS = 3
const UNLIMITED = 2 ** 31 - 1

interface Page {
  readonly protection: number
  readonly ceiling: number
  readonly lock: number
  readonly grows: boolean
  readonly object: object | null
  readonly offset: number
}
type Pages = readonly (Page | null)[]
interface Space {
  pages: Pages
  memlock: number
  as: number
  future: number
  mayExceed: boolean
}

function continues(left: Page | null | undefined, right: Page | null) {
  if (!left || !right) return false
  const { protection, ceiling, lock, grows, object } = left
  const same = [right.protection, right.ceiling, right.lock, right.grows, right.object]
  return (
    [protection, ceiling, lock, grows, object].every((value, k) => value === same[k]) &&
    (object === null || right.offset === left.offset + 1)
  )
}
const startsOf = (pages: Pages) => [...pages.keys()].filter(at => pages[at] && !continues(pages[at - 1], pages[at]))
const mappedIn = (pages: Pages) => pages.filter(page => page !== null)
const objectsOf = (pages: Pages) => new Set(mappedIn(pages).flatMap(page => (page.object ? [page.object] : [])))

function covered(pages: Pages, first: number, count: number, of: (at: number) => Page | null): Pages {
  return pages.map((page, at) => (at >= first && at < first + count ? of(at - first) : page))
}

/** The highest place, where what a stack keeps free counts as mapped. */
function highest(pages: Pages, count: number) {
  const free = pages.map(
    (page, at) =>
      !page &&
      ![...Array(GAP).keys()].some(k => {
        const above = pages[at + k + 1]
        return above?.grows === true && !continues(pages[at + k], above)
      }),
  )
  for (let at = PAGES - count; at >= 0; at--) if (free.slice(at, at + count).every(Boolean)) return at
  return -1
}

function fits(space: Space, after: Pages, first: number) {
  if (startsOf(after).length > LIMIT) return ENOMEM
  space.pages = after
  return first
}
const lockedCount = (space: Space) => mappedIn(space.pages).filter(page => page.lock !== 0).length
const overLocked = (space: Space, all: number) => all > space.memlock && !space.mayExceed

interface Operation {
  readonly name: string
  readonly page: number
  readonly count: number
  readonly old: number
  readonly to: number
  readonly request: number
  readonly shared: boolean
  readonly grows: boolean
  readonly locked: boolean
  readonly placement: number
  readonly moving: number
  readonly flags: number
}

const ceilingAfter = (ceiling: number, request: number) =>
  ceiling & ((request & 2) !== 0 ? ~4 : ~0) & ((request & 4) !== 0 ? ~2 : ~0)

function mmap(space: Space, it: Operation) {
  if (it.count === 0 || it.request >= 8 || (it.shared && it.grows)) return EINVAL
  if ((it.request & 6) === 6) return EACCES
  let first = it.page
  const isFree = (at: number) => at + it.count <= PAGES && space.pages.slice(at, at + it.count).every(page => !page)
  const isExact = it.placement === mapFlags.fixed || it.placement === mapFlags.noreplace
  if (isExact) {
    if (first + it.count > PAGES) return ENOMEM
    if (it.placement === mapFlags.noreplace && !isFree(first)) return EEXIST
  } else if (it.placement === -1 || !isFree(first)) first = highest(space.pages, it.count)
  if (first < 0) return ENOMEM
  if (it.locked && space.memlock === 0 && !space.mayExceed) return EPERM
  const lock = it.locked ? 1 : space.future
  if (lock !== 0 && overLocked(space, lockedCount(space) + it.count)) return EAGAIN
  const emptied = covered(space.pages, first, it.count, () => null)
  if (mappedIn(emptied).length + it.count > space.as) return ENOMEM
  if (it.shared && (it.count > OBJECT_PAGES || objectsOf(space.pages).size >= OBJECTS)) return ENOMEM
  const object = it.shared ? {} : null
  const ceiling = it.shared ? ((it.request & 4) !== 0 ? rx : rw) : ceilingAfter(7, it.request)
  const page = (at: number): Page => ({
    protection: it.request,
    ceiling,
    lock,
    grows: it.grows,
    object,
    offset: it.shared ? at : 0,
  })
  return fits(space, covered(space.pages, first, it.count, page), first)
}

function munmap(space: Space, it: Operation) {
  if (it.count === 0 || it.page + it.count > PAGES) return EINVAL
  return Math.min(
    OK,
    fits(
      space,
      covered(space.pages, it.page, it.count, () => null),
      it.page,
    ),
  )
}

function mprotect(space: Space, { page, count, request }: Operation) {
  if (count === 0) return OK
  if (page + count > PAGES) return ENOMEM
  if ((request & 6) === 6) return EACCES
  const range = space.pages.slice(page, page + count)
  const mapped = mappedIn(range)
  if (mapped.length < count) return ENOMEM
  if (request === cow && mapped.some(one => one.object)) return EINVAL
  if (mapped.some(one => (request & 6 & ~one.ceiling) !== 0)) return EACCES
  if (request === guard && mapped.some(one => one.lock !== 0)) return EBUSY
  const protection = request & 15
  const after = mapped.map(one => ({
    ...one,
    protection,
    ceiling: one.object ? one.ceiling : ceilingAfter(one.ceiling, protection),
  }))
  return Math.min(
    OK,
    fits(
      space,
      covered(space.pages, page, count, at => after[at]),
      page,
    ),
  )
}

function mremap(space: Space, { page, old, count, to, moving }: Operation) {
  const [maymove, fixed, keeps] = [remapFlags.maymove, remapFlags.fixed, remapFlags.dontunmap].map(
    f => (moving & f) !== 0,
  )
  if (count === 0 || ((fixed || keeps) && !maymove) || (keeps && old !== count) || page + old > PAGES) return EINVAL
  if (fixed && (to + count > PAGES || (to < page + old && page < to + count))) return EINVAL
  const at = space.pages[page]
  if (!at) return EFAULT
  const mayGrow = at.object === null || at.offset + count <= (sizes.get(at.object) ?? 0)
  const put = (pages: Pages, place: number, of: Page, grown = count) =>
    covered(pages, place, grown, k => ({ ...of, offset: of.object ? of.offset + k : 0 }))
  const more = Math.max(0, count - old)
  const limits = () => {
    if (!mayGrow) return EINVAL
    if (more > 0 && at.lock !== 0 && overLocked(space, lockedCount(space) + more)) return EAGAIN
    const mapped = keeps ? count : more
    return mapped > 0 && mappedIn(space.pages).length + mapped > space.as ? ENOMEM : OK
  }
  if (old === 0) {
    if (!at.object || !maymove) return EINVAL
    const refusal = limits()
    const place = fixed ? to : highest(space.pages, count)
    if (refusal !== OK || place < 0) return refusal !== OK ? refusal : ENOMEM
    return fits(space, put(space.pages, place, at), place)
  }
  if (!fixed && !keeps && count < old) {
    return fits(
      space,
      covered(space.pages, page + count, old - count, () => null),
      page,
    )
  }
  for (let k = 1; k < old; k++) if (!continues(space.pages[page + k - 1], space.pages[page + k])) return EFAULT
  if (!fixed && !keeps && count === old) return page
  const refusal = limits()
  if (refusal !== OK) return refusal
  const end = page + old
  const ends = !continues(space.pages[end - 1], space.pages[end] ?? null)
  const room = page + count <= PAGES && space.pages.slice(end, page + count).every(one => !one)
  if (!fixed && count > old && ends && room) return fits(space, put(space.pages, page, at), page)
  if (!maymove) return ENOMEM
  const place = fixed ? to : highest(space.pages, count)
  if (place < 0) return ENOMEM
  const left = covered(space.pages, place, count, () => null)
  const source = space.pages.slice(page, end).map(one => (keeps && one ? { ...one, lock: 0 } : null))
  return fits(
    space,
    put(
      covered(left, page, old, k => source[k]),
      place,
      at,
    ),
    place,
  )
}

function relock(space: Space, first: number, count: number, lock: number) {
  if (count === 0) return OK
  if (first + count > PAGES) return ENOMEM
  const range = space.pages.slice(first, first + count)
  const already = mappedIn(range).filter(page => page.lock !== 0).length
  if (lock !== 0 && overLocked(space, lockedCount(space) + count - already)) return ENOMEM
  if (mappedIn(range).length < count) return ENOMEM
  const change = (at: number) => {
    const page = range[at]
    return page && page.protection !== guard ? { ...page, lock } : (page ?? null)
  }
  return Math.min(OK, fits(space, covered(space.pages, first, count, change), first))
}

function mlock(space: Space, it: Operation) {
  if (space.memlock === 0 && !space.mayExceed) return EPERM
  return relock(space, it.page, it.count, it.locked ? 1 : 2)
}

function mlockall(space: Space, flags: number) {
  const current = (flags & lockFlags.current) !== 0
  const lock = (flags & lockFlags.onfault) !== 0 ? 2 : 1
  if ((flags & (lockFlags.current | lockFlags.future)) === 0) return EINVAL
  if (space.memlock === 0 && !space.mayExceed) return EPERM
  if (current && overLocked(space, mappedIn(space.pages).filter(page => page.protection !== guard).length))
    return ENOMEM
  space.future = (flags & lockFlags.future) !== 0 ? lock : 0
  if (current) space.pages = space.pages.map(page => (page && page.protection !== guard ? { ...page, lock } : page))
  return OK
}

/** Sizes of the naive objects: as many pages as were mapped first. */
const sizes = new Map<object, number>()

function naive(space: Space, it: Operation): number {
  const before = objectsOf(space.pages)
  const answer = run(space, it)
  for (const object of objectsOf(space.pages)) if (!before.has(object)) sizes.set(object, it.count)
  return answer
}

function run(space: Space, it: Operation): number {
  if (it.name === 'mmap') return mmap(space, it)
  if (it.name === 'munmap') return munmap(space, it)
  if (it.name === 'mprotect') return mprotect(space, it)
  if (it.name === 'mremap') return mremap(space, it)
  if (it.name === 'mlock') return mlock(space, it)
  if (it.name === 'munlock') return relock(space, it.page, it.count, 0)
  if (it.name === 'mlockall') return mlockall(space, it.flags)
  if (it.name === 'munlockall') {
    space.future = 0
    space.pages = space.pages.map(page => page && { ...page, lock: 0 })
    return OK
  }
  if (it.name === 'memlock') space.memlock = it.count === 6 ? UNLIMITED : it.count
  else space.as = it.count * 2 >= PAGES ? UNLIMITED : it.count * 2
  return OK
}

function real(machine: Machine, base: number, it: Operation): number {
  const bytes = pageBytes(machine.boot.geometry)
  const [at, length] = [(base + it.page) * bytes, it.count * bytes]
  const pageOf = (answer: number) => (answer < 0 ? answer : answer / bytes - base)
  if (it.name === 'mmap') {
    const flags =
      (it.shared ? mapFlags.shared : 0) |
      (it.grows ? mapFlags.growsdown : 0) |
      (it.locked ? mapFlags.locked : 0) |
      Math.max(0, it.placement)
    return pageOf(machine.mmap(0, it.placement === -1 ? null : at, length, it.request, flags))
  }
  if (it.name === 'munmap') return machine.munmap(0, at, length)
  if (it.name === 'mprotect') return machine.mprotect(0, at, length, it.request)
  if (it.name === 'mremap')
    return pageOf(machine.mremap(0, at, it.old * bytes, length, it.moving, (base + it.to) * bytes))
  if (it.name === 'mlock')
    return it.locked ? machine.mlock(0, at, length) : machine.mlock2(0, at, length, lockFlags.onfault)
  if (it.name === 'munlock') return machine.munlock(0, at, length)
  if (it.name === 'mlockall') return machine.mlockall(0, it.flags)
  if (it.name === 'munlockall') return machine.munlockall(0)
  if (it.name === 'memlock') return machine.rlimit(0, 0, it.count === 6 ? UNLIMITED : it.count)
  return machine.rlimit(0, 1, it.count * 2 >= PAGES ? UNLIMITED : it.count * 2)
}

/** The tree, the counters and the objects are what the naive pages say. */
function audit(machine: Machine, base: number, { pages, future }: Space) {
  const { inspect } = machine
  const starts = startsOf(pages)
  const seen: Page[] = []
  const regions: number[] = []
  const named = new Map<number, object>()
  inspect.regions(0, (start, end, protection, region) => {
    regions.push(start - base)
    for (let page = start; page < end; page++) {
      const naivePage = pages[page - base]
      if (naivePage?.object) named.set(region.object, naivePage.object)
      const object = region.object < 0 ? null : (named.get(region.object) ?? {})
      const { ceiling, lock, grows, offset } = region
      const at = object === null ? 0 : offset + page - start
      seen.push({ protection, ceiling: ceiling | 0, lock, grows, object, offset: at })
    }
  })
  assert.deepEqual(regions, starts)
  assert.deepEqual(seen, mappedIn(pages))
  assert.equal(inspect.regionCountOf(0), starts.length)
  assert.equal(inspect.mappedOf(0), seen.length)
  assert.equal(inspect.lockedOf(0), seen.filter(page => page.lock !== 0).length)
  assert.equal(inspect.futureOf(0), future)
  const attachments = new Map<object, number>()
  for (const at of starts) {
    const object = pages[at]?.object
    if (object) attachments.set(object, (attachments.get(object) ?? 0) + 1)
  }
  for (let object = 0; object < OBJECTS; object++) {
    const { kind, attachments: counted, size } = inspect.objectAt(object)
    const of = named.get(object)
    assert.equal(kind, of ? 'anonymous' : 'free')
    assert.equal(counted, of ? attachments.get(of) : 0)
    assert.equal(size, of ? sizes.get(of) : 0)
  }
}

const names = ['mmap', 'mmap', 'mmap', 'munmap', 'mprotect', 'mprotect', 'mremap', 'mremap', 'mlock', 'munlock']
const rare = ['mlockall', 'munlockall', 'memlock', 'as']
const operation: fc.Arbitrary<Operation> = fc.record({
  name: fc.constantFrom(...names, ...names, ...rare),
  page: fc.nat(PAGES - 1),
  count: fc.nat(6),
  old: fc.nat(4),
  to: fc.nat(PAGES - 1),
  request: fc.constantFrom(none, r, rw, rw, rx, rwx, guard, cow, 2, 4),
  shared: fc.boolean(),
  grows: fc.boolean(),
  locked: fc.boolean(),
  placement: fc.constantFrom(mapFlags.fixed, mapFlags.fixed, mapFlags.noreplace, 0, -1),
  moving: fc.constantFrom(0, 1, 1, 3, 3, 5, 7, 2, 4),
  flags: fc.nat(7),
})

const more = { regionLimit: LIMIT, stackGap: GAP, objects: OBJECTS, objectPages: OBJECT_PAGES } as const
const places: Record<string, readonly [BootInfo, number]> = {
  'the last pages of the tiny user half': [{ ...tinyBoot, ...more, frames: 24 }, userPages(tiny) - PAGES],
  'the last pages of x86': [{ ...x86Boot, ...more, frames: 32, slots: 4 }, userPages(x86Boot.geometry) - PAGES],
}

for (const [place, [boot, base]] of Object.entries(places)) {
  for (const mayExceed of [true, false]) {
    test(`answers and regions are those of a naive list of pages, in ${place}, ${mayExceed ? 'free' : 'not free'} to lock`, t => {
      const machine = createMachine({ ...boot, lowestPage: base })
      machine.spawn(0)
      if (!mayExceed) machine.dropcap(0, 2)
      const empty = machine.snapshot()
      t.notThrows(() =>
        fc.assert(
          fc.property(fc.array(operation, { maxLength: 40, minLength: 10 }), operations => {
            machine.restore(empty)
            sizes.clear()
            const space = { pages: Array(PAGES).fill(null), memlock: UNLIMITED, as: UNLIMITED, future: 0, mayExceed }
            for (const one of operations) {
              const before = Buffer.from(machine.snapshot())
              const answer = real(machine, base, one)
              assert.equal(answer, naive(space, one))
              if (answer < 0) assert.ok(before.equals(Buffer.from(machine.snapshot())), 'a refusal changed something')
              audit(machine, base, space)
            }
          }),
          { numRuns: 150 },
        ),
      )
    })
  }
}
