// The swap cache, swap areas, and pages that several have when they go to a slot and come back.

import test from 'ava'
import { EBUSY, EINVAL, ENOENT, ENOMEM, ENOSPC } from '../answers.js'
import { type BootInfo, tinyBoot } from '../boot.js'
import { createMachine, type Machine } from '../machine.js'
import { decode, type Entry } from '../page-tables/entry.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from '../regions/mapping.js'

const { rw } = protectionBits
const { fixed, shared } = mapFlags

function started(more: Partial<BootInfo> = {}) {
  const machine = createMachine({ ...tinyBoot, processes: 3, spaces: 3, frames: 24, swapCache: true, ...more })
  machine.spawn(0)
  machine.mmap(0, 0, 6 * 64, rw, fixed)
  return machine
}

function entryOf(machine: Machine, process: number, wanted: number): Entry {
  const found: Entry[] = []
  machine.inspect.entries(machine.inspect.spaceOf(process), (page, low, high) => {
    if (page === wanted) found.push(decode(low, high))
  })
  return found[0] ?? { is: 'absent' }
}

/** One page that two processes share, in slot 0. */
function swappedTogether(more: Partial<BootInfo> = {}) {
  const machine = started(more)
  machine.store(0, 0, 7)
  machine.fork(0, 1)
  machine.swapOut(1, 0)
  return machine
}

test('a frame is evicted for all who have it', t => {
  const machine = swappedTogether()
  for (const process of [0, 1]) t.deepEqual(entryOf(machine, process, 0), { is: 'swapped', slot: 0 })
  t.is(machine.inspect.slotReferencesOf(0), 2)
  const entries: number[] = []
  machine.inspect.mapsOfSlot(0, entry => entries.push(entry))
  t.is(entries.length, 2)
})

test('who brings a page back shares it with those who do so later, through the cache', t => {
  const machine = swappedTogether()
  t.is(machine.load(0, 0), 7)
  const frame = machine.inspect.cachedFrameOf(0)
  t.like(entryOf(machine, 0, 0), { is: 'present', frame, writable: false })
  t.is(machine.inspect.referencesOf(frame), 2)
  t.is(machine.inspect.slotReferencesOf(0), 2)
  t.is(machine.load(1, 0), 7)
  t.like(entryOf(machine, 1, 0), { is: 'present', frame, writable: false })
  t.is(machine.inspect.referencesOf(frame), 3)
  // A clean copy: only the cache holds the slot.
  t.is(machine.inspect.slotReferencesOf(0), 1)
  t.is(machine.swapOut(0, 0), 0)
  t.is(machine.inspect.slotReferencesOf(0), 2)
  t.is(machine.inspect.cachedFrameOf(0), -1)
})

test('the cache lets go when a frame that it knows is written by its only page', t => {
  const machine = started()
  machine.store(0, 0, 7)
  machine.swapOut(0, 0)
  machine.load(0, 0)
  t.is(machine.inspect.free().slots, 3)
  const { frames } = machine.inspect.free()
  t.is(machine.store(0, 0, 8), 0)
  t.deepEqual(machine.inspect.free(), { frames, tables: frames, slots: 4 })
})

test('the cache lets go when nobody else has the frame', t => {
  const machine = swappedTogether()
  machine.load(0, 0)
  machine.munmap(0, 0, 64)
  t.is(machine.inspect.cachedFrameOf(0), -1)
  t.is(machine.inspect.slotReferencesOf(0), 1)
  t.is(machine.load(1, 0), 7)
})

test('a store to a page in a slot takes a frame of its own, and the cache does not change', t => {
  const machine = swappedTogether()
  machine.load(0, 0)
  const frame = machine.inspect.cachedFrameOf(0)
  t.is(machine.store(1, 0, 8), 0)
  t.is(machine.inspect.cachedFrameOf(0), frame)
  t.is(machine.inspect.slotReferencesOf(0), 1)
  t.is(machine.load(0, 0), 7)
  t.is(machine.load(1, 0), 8)
})

test('a slot that is only a copy is taken when no other is left', t => {
  const machine = started({ slots: 1 })
  machine.store(0, 0, 7)
  machine.swapOut(0, 0)
  machine.load(0, 0)
  machine.store(0, 64, 8)
  t.is(machine.swapOut(0, 64), 0)
  t.deepEqual(entryOf(machine, 0, 1), { is: 'swapped', slot: 0 })
  t.is(machine.load(0, 0), 7)
  t.is(machine.swapOut(0, 0), ENOSPC)
})

test('a page of an object leaves all its entries, and comes back where the next one asks', t => {
  const machine = started()
  machine.mmap(0, 512, 64, rw, fixed | shared)
  machine.store(0, 512, 7)
  machine.fork(0, 1)
  const { frames } = machine.inspect.free()
  t.is(machine.swapOut(0, 512), 0)
  for (const process of [0, 1]) t.deepEqual(entryOf(machine, process, 8), { is: 'absent' })
  // The frame, and the two bottom tables that held nothing else.
  t.is(machine.inspect.free().frames, frames + 3)
  t.is(machine.inspect.slotReferencesOf(0), 1)
  t.is(machine.load(1, 512), 7)
  t.is(machine.store(0, 512, 9), 0)
  t.is(machine.load(1, 512), 9)
  t.is(machine.inspect.free().slots, 4)
})

const areas = (...priorities: readonly number[]) => ({
  slots: 2 * priorities.length,
  areas: priorities.map(priority => ({ device: 'partition' as const, slots: 2, header: true, on: true, priority })),
})

test('slots come from the highest priority, and from equals in turn', t => {
  const machine = started({ swapCache: false, ...areas(0, 5, 5) })
  for (let page = 0; page < 6; page++) {
    machine.store(0, page * 64, page)
    t.is(machine.swapOut(0, page * 64), 0)
  }
  const slots: number[] = []
  machine.inspect.entries(0, (_, low, high) => {
    const entry = decode(low, high)
    if (entry.is === 'swapped') slots.push(entry.slot)
  })
  // Areas 1 and 2 take turns, whichever is first; then only area 0 is left.
  t.deepEqual(new Set(slots.slice(0, 2).map(slot => slot >> 1)), new Set([1, 2]))
  t.deepEqual(new Set(slots.slice(2, 4).map(slot => slot >> 1)), new Set([1, 2]))
  t.deepEqual(slots.slice(4), [0, 1])
})

test('stopping an area brings back what is shared as shared, and what is not as writable', t => {
  for (const swapCache of [false, true]) {
    const machine = swappedTogether({ swapCache })
    machine.store(1, 64, 5)
    machine.swapOut(1, 64)
    machine.mmap(0, 512, 64, rw, fixed | shared)
    machine.store(0, 512, 3)
    machine.swapOut(0, 512)
    t.is(machine.swapoff(0, 0), 0)
    t.is(machine.inspect.free().slots, 4)
    t.like(machine.inspect.areaAt(0), { on: false, priority: 0 })
    const [parent, child] = [entryOf(machine, 0, 0), entryOf(machine, 1, 0)]
    t.like(parent, { is: 'present', writable: false })
    t.like(child, parent)
    t.like(entryOf(machine, 1, 1), { is: 'present', writable: true })
    t.deepEqual([machine.load(0, 0), machine.load(1, 0), machine.load(1, 64), machine.load(0, 512)], [7, 7, 5, 3])
    t.is(machine.swapOut(0, 0), ENOSPC)
  }
})

test('stopping an area whose page is resident shares the frame of the cache', t => {
  const machine = swappedTogether()
  machine.load(0, 0)
  const frame = machine.inspect.cachedFrameOf(0)
  const { frames } = machine.inspect.free()
  t.is(machine.swapoff(0, 0), 0)
  t.is(machine.inspect.free().frames, frames)
  t.like(entryOf(machine, 1, 0), { is: 'present', frame, writable: false })
  t.is(machine.inspect.referencesOf(frame), 2)
})

test('an area is not stopped without a frame for each of its pages', t => {
  const machine = started({ frames: 4, swapCache: false })
  for (const page of [0, 1]) {
    machine.store(0, page * 64, page + 1)
    machine.swapOut(0, page * 64)
  }
  machine.store(0, 128, 3)
  const before = machine.snapshot()
  t.is(machine.swapoff(0, 0), ENOMEM)
  t.deepEqual(machine.snapshot(), before)
})

test('areas are made, started, stopped and removed, and each mistake has its error', t => {
  const machine = started({
    slots: 3,
    areas: [
      { device: 'partition', slots: 1, header: false, on: false, priority: 0 },
      { device: 'file', slots: 1, header: false, on: false, priority: 0 },
      { device: 'holes', slots: 1, header: true, on: false, priority: 0 },
    ],
  })
  t.deepEqual(
    [0, 1, 2, 3].map(area => machine.swapon(0, area, -1)),
    [EINVAL, ENOENT, EINVAL, EINVAL],
  )
  t.deepEqual(
    [0, 1, 2].map(area => machine.rmswap(0, area)),
    [EINVAL, ENOENT, 0],
  )
  t.deepEqual([machine.mkswap(0, 0), machine.mkswap(0, 1), machine.swapon(0, 0, -1)], [0, 0, 0])
  t.is(machine.swapon(0, 1, -1), 0)
  t.deepEqual(
    [0, 1].map(area => machine.inspect.areaAt(area).priority),
    [-1, -2],
  )
  t.deepEqual([machine.swapon(0, 0, 3), machine.mkswap(0, 1), machine.rmswap(0, 1)], [EBUSY, EBUSY, EBUSY])
  t.is(machine.swapoff(0, 0), 0)
  t.is(machine.inspect.areaAt(1).priority, -1)
  t.is(machine.swapoff(0, 0), EINVAL)
  t.is(machine.swapoff(0, 1), 0)
  t.is(machine.rmswap(0, 1), 0)
})
