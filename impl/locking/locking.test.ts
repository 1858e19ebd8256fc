// Locks: who may lock how much, that locks do not nest, what is resident afterwards, and what locked pages withstand.

import test from 'ava'
import { EAGAIN, EINVAL, ENOMEM, EPERM, FAILED_EAGAIN, FAILED_ENOMEM, OK } from '../answers.js'
import { type BootInfo, tinyBoot, unlimited } from '../boot.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from '../regions/mapping.js'
import { lockFlags } from './locking.js'

const { guard, none, r, rw } = protectionBits
const { fixed, locked } = mapFlags
const { current, future, onfault } = lockFlags

/** A process without ipc_lock that may lock two pages, with four mapped. */
function started(boot: Partial<BootInfo> = {}) {
  const machine = createMachine({ ...tinyBoot, memlockLimit: 2, ...boot })
  machine.spawn(0)
  machine.dropcap(0, 2)
  machine.mmap(0, 0, 4 * 64, rw, fixed)
  return machine
}

function locksOf(machine: Machine) {
  const found: number[][] = []
  machine.inspect.regions(0, (start, end, _, { lock }) => found.push([start, end, lock]))
  return found
}

test('refusals come in the order of the specification', t => {
  const machine = started({ regionLimit: 2 })
  t.is(machine.mlock2(0, 33 * 64, 0, 2), EINVAL)
  machine.rlimit(0, 0, 0)
  t.is(machine.mlock(0, 33 * 64, 0), EPERM)
  machine.rlimit(0, 0, 2)
  t.is(machine.mlock(0, 33 * 64, 0), OK)
  t.is(machine.mlock(0, 31 * 64, 128), ENOMEM)
  t.is(machine.mlock(0, 0, 3 * 64), ENOMEM)
  t.is(machine.mlock(0, 3 * 64, 128), ENOMEM)
  t.is(machine.mlock(0, 64, 128), ENOMEM)
  t.is(machine.mlock(0, 64, 3 * 64), ENOMEM)
  t.is(machine.mlock(0, 128, 128), OK)
  t.is(machine.munlock(0, 31 * 64, 128), ENOMEM)
  t.is(machine.munlock(0, 3 * 64, 128), ENOMEM)
  t.is(machine.munlock(0, 3 * 64, 64), ENOMEM)
  t.is(machine.munlock(0, 0, 4 * 64), OK)
  t.is(machine.munlock(0, 0, 0), OK)
})

test('pages that are locked already do not count again, and one unlock undoes any number of locks', t => {
  const machine = started()
  for (let times = 0; times < 3; times++) t.is(machine.mlock(0, 0, 128), OK)
  t.is(machine.mlock(0, 64, 128), ENOMEM)
  t.is(machine.inspect.lockedOf(0), 2)
  t.is(machine.munlock(0, 0, 128), OK)
  t.is(machine.inspect.lockedOf(0), 0)
  t.deepEqual(locksOf(machine), [[0, 4, 0]])
})

test('who has ipc_lock may lock beyond the limit', t => {
  const machine = createMachine({ ...tinyBoot, memlockLimit: 0 })
  machine.spawn(0)
  machine.mmap(0, 0, 128, rw, fixed)
  t.is(machine.mlock(0, 0, 128), OK)
})

test('addresses and lengths inside pages lock every page that they touch', t => {
  const machine = started()
  t.is(machine.mlock(0, 63, 2), OK)
  t.deepEqual(locksOf(machine), [
    [0, 2, 1],
    [2, 4, 0],
  ])
  t.is(machine.munlock(0, 1, 64), OK)
  t.is(machine.inspect.lockedOf(0), 0)
})

test('a length below zero is too long, wherever the address lies in its page', t => {
  const machine = started()
  for (const address of [64, 84]) t.is(machine.mlock(0, address, -4), ENOMEM)
  t.is(machine.inspect.lockedOf(0), 0)
})

test('locking makes pages resident and writable, locking on fault does not, and neither lets them be swapped out', t => {
  const machine = started()
  machine.mlock(0, 0, 64)
  machine.mlock2(0, 64, 64, onfault)
  t.is(machine.mincore(0, 0, 128), 0b101)
  machine.store(0, 64, 1)
  for (const page of [0, 1]) t.true(machine.swapOut(0, page * 64) < 0)
  machine.munlock(0, 0, 128)
  for (const page of [0, 1]) t.is(machine.swapOut(0, page * 64), OK)
})

test('locking brings swapped pages back, and leaves pages that nobody may touch', t => {
  const machine = started()
  machine.store(0, 0, 9)
  machine.swapOut(0, 0)
  machine.mprotect(0, 64, 64, none)
  t.is(machine.mlock(0, 0, 128), OK)
  t.is(machine.mincore(0, 0, 128), 0b101)
  t.is(machine.load(0, 0), 9)
})

test('guard pages are passed over', t => {
  const machine = started()
  machine.mprotect(0, 64, 64, guard)
  machine.rlimit(0, 0, unlimited)
  t.is(machine.mlock(0, 0, 4 * 64), OK)
  t.deepEqual(locksOf(machine), [
    [0, 1, 1],
    [1, 2, 0],
    [2, 4, 1],
  ])
  t.is(machine.inspect.lockedOf(0), 3)
})

test('where a page cannot be made resident, locks and the pages before it stay', t => {
  const machine = started({ frames: 3, memlockLimit: 4 })
  t.is(machine.mlock(0, 0, 128), FAILED_EAGAIN)
  t.is(machine.inspect.lockedOf(0), 2)
  t.is(machine.mincore(0, 0, 128), 0b101)
})

test('mlockall refuses what means nothing, and counts all that can be locked', t => {
  const machine = started()
  for (const flags of [0, onfault, 8, current | 8]) t.is(machine.mlockall(0, flags), EINVAL)
  t.is(machine.mlockall(0, current), ENOMEM)
  machine.mprotect(0, 0, 128, guard)
  t.is(machine.mlockall(0, current), OK)
  t.is(machine.inspect.lockedOf(0), 2)
  machine.rlimit(0, 0, 0)
  t.is(machine.mlockall(0, future), EPERM)
})

test('locking what is to come holds for mappings until it is taken back, and fills them', t => {
  const machine = started()
  t.is(machine.mlockall(0, future), OK)
  t.is(machine.inspect.lockedOf(0), 0)
  t.is(machine.mmap(0, 8 * 64, 3 * 64, rw, fixed), EAGAIN)
  t.is(machine.mmap(0, 8 * 64, 128, rw, fixed), 8 * 64)
  t.is(machine.mincore(0, 8 * 64, 128), 0b111)
  t.is(machine.mlockall(0, future | onfault), OK)
  machine.munmap(0, 8 * 64, 64)
  t.is(machine.mmap(0, 12 * 64, 64, r, fixed), 12 * 64)
  t.is(machine.mincore(0, 12 * 64, 64), 0b10)
  t.is(machine.mlockall(0, current | onfault), ENOMEM)
  t.is(machine.munlockall(0), OK)
  t.deepEqual([machine.inspect.lockedOf(0), machine.inspect.futureOf(0)], [0, 0])
  t.is(machine.mmap(0, 16 * 64, 4 * 64, rw, fixed), 16 * 64)
})

test('a child has no locks, and its regions are one where only locks told them apart', t => {
  const machine = started()
  machine.mlock(0, 64, 64)
  machine.mlockall(0, future)
  t.is(machine.fork(0, 1), OK)
  t.is(machine.inspect.regionCountOf(0), 3)
  t.deepEqual([1].map(machine.inspect.regionCountOf), [1])
  t.deepEqual([machine.inspect.lockedOf(1), machine.inspect.futureOf(1)], [0, 0])
})

test('the counter follows unmapping and replacing', t => {
  const machine = started({ memlockLimit: 4 })
  machine.mlock(0, 0, 4 * 64)
  machine.munmap(0, 64, 64)
  t.is(machine.inspect.lockedOf(0), 3)
  t.is(machine.mmap(0, 0, 128, rw, fixed | locked), EAGAIN)
  t.is(machine.mmap(0, 0, 64, rw, fixed | locked), 0)
  t.is(machine.inspect.lockedOf(0), 3)
})

test('a live kernel locks what lies before a hole, and says that it failed', t => {
  const machine = started({ profile: 'linux', memlockLimit: 9 })
  t.is(machine.mlock(0, 3 * 64, 128), FAILED_ENOMEM)
  t.is(machine.inspect.lockedOf(0), 1)
  t.is(machine.mlock(0, 4 * 64, 128), ENOMEM)
  t.is(machine.munlock(0, 0, 5 * 64), FAILED_ENOMEM)
  t.is(machine.inspect.lockedOf(0), 0)
})
