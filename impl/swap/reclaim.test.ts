// Direct reclaim: which page goes when no frame is free, which must stay, and what is left when that was not enough.

import test from 'ava'
import { EBUSY, ENOMEM, FAILED_ENOMEM } from '../answers.js'
import { type BootInfo, tinyBoot } from '../boot.js'
import { alone } from '../core.js'
import { createMachine, type Machine } from '../machine.js'
import { decode } from '../page-tables/entry.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from '../regions/mapping.js'

const { rw } = protectionBits
const { fixed, shared } = mapFlags

/** A root, a table and three pages. */
function full(more: Partial<BootInfo> = {}) {
  const machine = createMachine({ ...tinyBoot, frames: 5, slots: 8, reclaim: true, ...more })
  machine.spawn(0)
  machine.mmap(0, 0, 8 * 64, rw, fixed)
  for (const page of [0, 1, 2]) machine.store(0, page * 64, page + 1)
  return machine
}

function swappedPages({ inspect }: Machine) {
  const pages: number[] = []
  inspect.entries(0, (page, low, high) => {
    if (decode(low, high).is === 'swapped') pages.push(page)
  })
  return pages
}

test('where no frame is free a page makes room, and everything can still be read', t => {
  const machine = full()
  for (let page = 3; page < 8; page++) t.is(machine.store(0, page * 64, page + 1), 0)
  t.is(swappedPages(machine).length, 5)
  for (let page = 0; page < 8; page++) t.is(machine.load(0, page * 64), page + 1)
})

test('a page that was used since the last look is spared, the one that was not goes', t => {
  const machine = full()
  // All bits are set at first: one round clears them and evicts the oldest.
  machine.store(0, 3 * 64, 4)
  t.deepEqual(swappedPages(machine), [0])
  machine.load(0, 64)
  machine.store(0, 4 * 64, 5)
  t.deepEqual(swappedPages(machine), [0, 2])
})

test('locked pages stay, and without any other nothing can be had', t => {
  const machine = full()
  t.is(machine.mlock(0, 0, 2 * 64), 0)
  t.is(machine.swapOut(0, 0), EBUSY)
  t.is(machine.store(0, 3 * 64, 4), 0)
  t.deepEqual(swappedPages(machine), [2])
  t.is(machine.mlock(0, 3 * 64, 64), 0)
  t.is(machine.store(0, 4 * 64, 5), ENOMEM)
  t.deepEqual(swappedPages(machine), [2])
})

test('a segment that is held stays, even where nobody has it mapped', t => {
  const machine = createMachine({ ...tinyBoot, frames: 4, slots: 8, reclaim: true })
  machine.spawn(0)
  const id = machine.shmget(0, 0, 64, 0, 0o600)
  machine.shmat(0, id, 0)
  machine.store(0, 0, 7)
  machine.shmlock(0, id)
  t.is(machine.swapOut(0, 0), EBUSY)
  machine.shmdt(0, 0)
  machine.mmap(0, 0, 128, rw, fixed)
  machine.store(0, 0, 1)
  t.is(machine.store(0, 64, 2), 0)
  t.deepEqual(swappedPages(machine), [0])
  machine.mlock(0, 64, 64)
  t.is(machine.load(0, 0), ENOMEM)
  machine.shmunlock(0, id)
  t.is(machine.load(0, 0), 1)
  machine.shmat(0, id, 512)
  machine.munmap(0, 0, 64)
})

test('without a slot nothing can go', t => {
  const machine = full({ slots: 1 })
  t.is(machine.store(0, 3 * 64, 4), 0)
  t.is(machine.store(0, 4 * 64, 5), ENOMEM)
})

test('what was evicted in vain stays evicted, and the answer says so', t => {
  // Page 8 needs a table and a frame; one slot makes room for one of them.
  const machine = full({ slots: 1 })
  machine.mmap(0, 512, 64, rw, fixed)
  t.is(machine.store(0, 512, 9), FAILED_ENOMEM)
  t.is(swappedPages(machine).length, 1)
  t.is(machine.inspect.free().frames, 1)
})

test('making room never takes the table that waits for the page', t => {
  // Page 8's table holds only the page of an object, which is what must go to make room for page 9.
  const machine = createMachine({ ...tinyBoot, frames: 4, slots: 8, reclaim: true })
  machine.spawn(0)
  machine.mmap(0, 8 * 64, 64, rw, fixed | shared)
  machine.mmap(0, 9 * 64, 64, rw, fixed)
  machine.mmap(0, 10 * 64, 64, rw, fixed | shared)
  machine.store(0, 8 * 64, 1)
  machine.store(0, 10 * 64, 3)
  t.is(machine.inspect.free().frames, 0)
  t.is(machine.store(0, 9 * 64, 2), 0)
  t.deepEqual(
    [8, 9, 10].map(page => machine.load(0, page * 64)),
    [1, 2, 3],
  )
})

test('a page is not evicted to make room for its own copy', t => {
  const machine = createMachine({ ...tinyBoot, frames: 6, slots: 8, reclaim: true })
  machine.spawn(0)
  machine.mmap(0, 0, 128, rw, fixed)
  machine.store(0, 0, 1)
  machine.fork(0, 1)
  machine.store(0, 64, 2)
  t.is(machine.inspect.free().frames, 0)
  t.is(machine.store(1, 0, 3), 0)
  t.deepEqual(swappedPages(machine), [1])
  t.is(machine.load(0, 0), 1)
})

test('every victim is reported before the slot and the frame that follow from it', t => {
  const seen: string[] = []
  const machine = createMachine(
    { ...tinyBoot, frames: 3, slots: 2, reclaim: true },
    { ...alone, chose: (kind, member) => seen.push(`${kind} ${member < 0 ? 'none' : 'some'}`) },
  )
  machine.spawn(0)
  machine.mmap(0, 0, 128, rw, fixed)
  machine.store(0, 0, 1)
  seen.length = 0
  machine.store(0, 64, 2)
  t.deepEqual(seen, ['victim some', 'slot some', 'frame some'])
})

test("the lists of the replacement policy hold exactly the pages' frames", t => {
  const machine = full()
  for (let page = 3; page < 8; page++) machine.store(0, page * 64, 1)
  const listed: number[] = []
  for (const active of [false, true]) machine.inspect.lru(active, frame => listed.push(frame))
  const pages = [0, 1, 2, 3, 4].filter(frame => machine.inspect.useOf(frame) === 1)
  t.deepEqual(listed.toSorted(), pages)
  machine.exit(0)
  machine.inspect.lru(false, () => t.fail())
  machine.inspect.lru(true, () => t.fail())
})
