// mremap in all its variants: refusals in order, growing in place, shrinking, moving with content, leaving the source
// mapped, and mapping shared memory a second time.

import test from 'ava'
import { EAGAIN, EFAULT, EINVAL, ENOMEM, SEGV_MAPERR } from '../answers.js'
import { type BootInfo, tinyBoot, unlimited } from '../boot.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from './mapping.js'
import { remapFlags } from './mremap.js'

const { r, rw } = protectionBits
const { fixed, shared, locked } = mapFlags
const { maymove, dontunmap } = remapFlags
const there = maymove | remapFlags.fixed

function started(boot: Partial<BootInfo> = {}) {
  const machine = createMachine({ ...tinyBoot, ...boot })
  machine.spawn(0)
  return machine
}
/** mremap in pages. */
const remap = (machine: Machine, page: number, old: number, count: number, flags = 0, to = 0) => {
  const answer = machine.mremap(0, page * 64, old * 64, count * 64, flags, to * 64)
  return answer < 0 ? answer : answer / 64
}

function regionsOf(machine: Machine) {
  const found: number[][] = []
  machine.inspect.regions(0, (start, end, protection) => found.push([start, end, protection]))
  return found
}

test('refusals come in the order of the specification', t => {
  const machine = started({ regionLimit: 3, objectPages: 3 })
  machine.mmap(0, 0, 2 * 64, rw, fixed)
  machine.mmap(0, 2 * 64, 2 * 64, r, fixed)
  machine.mmap(0, 8 * 64, 2 * 64, rw, fixed | shared)
  t.is(machine.mremap(0, 1, 64, 64), EINVAL)
  t.is(machine.mremap(0, 0, 64, 64, there, 1), EINVAL)
  t.is(remap(machine, 20, 1, 0), EINVAL)
  t.is(remap(machine, 20, 1, 1, remapFlags.fixed), EINVAL)
  t.is(remap(machine, 20, 1, 1, dontunmap), EINVAL)
  t.is(remap(machine, 20, 1, 2, maymove | dontunmap), EINVAL)
  t.is(remap(machine, 20, 1, 2, there, 31), EINVAL)
  t.is(remap(machine, 20, 2, 2, there, 21), EINVAL)
  t.is(remap(machine, 31, 2, 1), EINVAL)
  t.is(remap(machine, 20, 1, 1), EFAULT)
  t.is(remap(machine, 0, 0, 1, maymove), EINVAL)
  t.is(remap(machine, 8, 0, 1), EINVAL)
  t.is(remap(machine, 8, 0, 3, maymove), EINVAL)
  t.is(remap(machine, 0, 3, 3), EFAULT)
  t.is(remap(machine, 0, 3, 4, maymove), EFAULT)
  t.is(remap(machine, 8, 2, 3, maymove), EINVAL)
  machine.dropcap(0, 2)
  machine.mlock(0, 0, 64)
  machine.rlimit(0, 0, 1)
  machine.rlimit(0, 1, 6)
  t.is(remap(machine, 2, 2, 3), ENOMEM)
  machine.rlimit(0, 1, unlimited)
  t.is(remap(machine, 1, 1, 2), ENOMEM)
  t.is(remap(machine, 2, 1, 1, there, 20), ENOMEM)
  t.is(remap(machine, 2, 2, 2, there, 20), 20)
})

test('a locked region grows up to the limit on locked pages, and its new pages are resident', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw, fixed | locked)
  machine.dropcap(0, 2)
  machine.rlimit(0, 0, 3)
  t.is(remap(machine, 0, 1, 4), EAGAIN)
  t.is(remap(machine, 0, 1, 3), 0)
  t.is(machine.inspect.lockedOf(0), 3)
  t.is(machine.mincore(0, 0, 3 * 64), 0b1111)
})

test('a region grows in place over free pages, and becomes one with what it reaches', t => {
  const machine = started()
  machine.mmap(0, 0, 2 * 64, rw, fixed)
  machine.mmap(0, 4 * 64, 64, rw, fixed)
  t.is(remap(machine, 1, 1, 3), 1)
  t.deepEqual(regionsOf(machine), [[0, 5, rw]])
  t.is(remap(machine, 0, 1, 2), ENOMEM)
})

test('shrinking unmaps the tail, holes and all', t => {
  const machine = started()
  machine.mmap(0, 0, 2 * 64, rw, fixed)
  machine.mmap(0, 3 * 64, 2 * 64, r, fixed)
  t.is(remap(machine, 0, 4, 1), 0)
  t.deepEqual(regionsOf(machine), [
    [0, 1, rw],
    [4, 5, r],
  ])
})

test('a move takes content, slots and nothing else along, and replaces what was there', t => {
  const machine = started()
  machine.mmap(0, 0, 3 * 64, rw, fixed)
  machine.mmap(0, 16 * 64, 4 * 64, r, fixed)
  for (const page of [0, 1]) machine.store(0, page * 64, 5 + page)
  machine.swapOut(0, 64)
  t.is(remap(machine, 0, 3, 4, there, 15), 15)
  t.deepEqual(
    [15, 16, 17, 18].map(page => machine.load(0, page * 64)),
    [5, 6, 0, 0],
  )
  t.is(machine.load(0, 0), SEGV_MAPERR)
  t.deepEqual(regionsOf(machine), [
    [15, 19, rw],
    [19, 20, r],
  ])
  machine.munmap(0, 0, 32 * 64)
  t.deepEqual(machine.stats(), { frames: 15, tables: 15, slots: 4 })
})

test('a move that shrinks drops the tail', t => {
  const machine = started()
  machine.mmap(0, 0, 3 * 64, rw, fixed)
  machine.store(0, 128, 9)
  t.is(remap(machine, 0, 3, 1, there, 8), 8)
  t.is(machine.mmap(0, 128, 64, rw, fixed), 128)
  t.is(machine.load(0, 128), 0)
  t.is(machine.inspect.mappedOf(0), 2)
})

test('a move may leave its source mapped: private pages are fresh there, and nothing is locked', t => {
  const machine = started()
  machine.mmap(0, 0, 2 * 64, rw, fixed | locked)
  machine.store(0, 0, 3)
  t.is(remap(machine, 0, 2, 2, maymove | dontunmap), 30)
  t.deepEqual([machine.load(0, 0), machine.load(0, 30 * 64)], [0, 3])
  t.is(machine.inspect.lockedOf(0), 2)
  t.is(machine.inspect.mappedOf(0), 4)
})

test('shared memory that leaves its source mapped is the same memory at both places', t => {
  const machine = started()
  machine.mmap(0, 0, 2 * 64, rw, fixed | shared)
  machine.store(0, 64, 3)
  t.is(remap(machine, 0, 2, 2, there | dontunmap, 8), 8)
  machine.store(0, 9 * 64, 4)
  t.is(machine.load(0, 64), 4)
  t.is(machine.inspect.objectAt(0).attachments, 2)
})

test('length 0 maps shared memory once more, from the same page of it on, even over itself', t => {
  const machine = started()
  machine.mmap(0, 0, 3 * 64, rw, fixed | shared)
  machine.store(0, 128, 3)
  t.is(remap(machine, 1, 0, 2, maymove), 30)
  t.is(machine.load(0, 31 * 64), 3)
  t.is(remap(machine, 1, 0, 2, there, 1), 1)
  t.deepEqual(regionsOf(machine), [
    [0, 3, rw],
    [30, 32, rw],
  ])
  machine.munmap(0, 30 * 64, 128)
  t.is(remap(machine, 0, 3, 3, there, 12), 12)
  t.is(machine.load(0, 14 * 64), 3)
})

test('a move without memory for tables changes nothing', t => {
  const machine = started({ frames: 4 })
  machine.mmap(0, 0, 2 * 64, rw, fixed)
  machine.store(0, 0, 1)
  machine.store(0, 64, 2)
  const before = machine.snapshot()
  t.is(remap(machine, 0, 2, 2, there, 20), ENOMEM)
  t.deepEqual(machine.snapshot().slice(0, machine.layout.ram), before.slice(0, machine.layout.ram))
  t.deepEqual([machine.load(0, 0), machine.load(0, 64)], [1, 2])
})

test('a live kernel moves several regions and the holes between them at once', t => {
  const machine = started({ profile: 'linux' })
  machine.mmap(0, 0, 2 * 64, rw, fixed)
  machine.mmap(0, 3 * 64, 64, r, fixed)
  machine.store(0, 64, 7)
  t.is(remap(machine, 2, 2, 2, there, 20), EFAULT)
  t.is(remap(machine, 1, 3, 3, there, 20), 20)
  t.deepEqual(regionsOf(machine), [
    [0, 1, rw],
    [20, 21, rw],
    [22, 23, r],
  ])
  t.is(machine.load(0, 20 * 64), 7)
  t.is(remap(machine, 20, 3, 3, there, 23), 23)
  t.is(machine.inspect.regionCountOf(0), 3)
  t.is(machine.load(0, 23 * 64), 7)
})
