// mprotect: what it refuses and in which order, what it does to pages that are there, and how a live kernel differs.

import test from 'ava'
import { EACCES, EBUSY, EINVAL, ENOMEM, FAILED, OK, SEGV_ACCERR } from '../answers.js'
import { type BootInfo, tinyBoot } from '../boot.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { shmFlags } from '../shared-memory/segments.js'
import { mapFlags } from './mapping.js'

const { guard, none, r, rw, rwx, rx } = protectionBits
const cow = protectionBits['rw+cow']
const { fixed, shared } = mapFlags

function started(boot: Partial<BootInfo> = {}) {
  const machine = createMachine({ ...tinyBoot, ...boot })
  machine.spawn(0)
  machine.mmap(0, 0, 4 * 64, rw, fixed)
  return machine
}

function regionsOf(machine: Machine) {
  const found: number[][] = []
  machine.inspect.regions(0, (start, end, protection) => found.push([start, end, protection]))
  return found
}

test('refusals come in the order of the specification', t => {
  const machine = started({ regionLimit: 2 })
  machine.mmap(0, 6 * 64, 64, rw, fixed | shared)
  t.is(machine.mprotect(0, 1, 0, 32), EINVAL)
  t.is(machine.mprotect(0, 0, 64, 32), EINVAL)
  t.is(machine.mprotect(0, 0, 0, rwx), OK)
  t.is(machine.mprotect(0, 0, 33 * 64, rwx), ENOMEM)
  t.is(machine.mprotect(0, 0, 7 * 64, rwx), EACCES)
  t.is(machine.mprotect(0, 3 * 64, 4 * 64, cow), ENOMEM)
  machine.munmap(0, 0, 3 * 64)
  machine.mmap(0, 4 * 64, 2 * 64, rw, fixed)
  t.is(machine.mprotect(0, 3 * 64, 4 * 64, cow), EINVAL)
  t.is(machine.mprotect(0, 3 * 64, 4 * 64, rx), EACCES)
  machine.mlock(0, 5 * 64, 64)
  t.is(machine.mlock(0, 3 * 64, 4 * 64), 0)
  t.is(machine.mprotect(0, 3 * 64, 64, guard), EBUSY)
  t.is(machine.mprotect(0, 3 * 64, 64, r), ENOMEM)
  t.is(machine.munlock(0, 3 * 64, 4 * 64), OK)
  t.is(machine.mprotect(0, 3 * 64, 3 * 64, r), OK)
})

test('the middle of a region becomes another and back, and the region is one again', t => {
  const machine = started()
  t.is(machine.mprotect(0, 64, 128, none), OK)
  t.deepEqual(regionsOf(machine), [
    [0, 1, rw],
    [1, 3, none],
    [3, 4, rw],
  ])
  t.is(machine.mprotect(0, 64, 128, rw), OK)
  t.deepEqual(regionsOf(machine), [[0, 4, rw]])
})

test('changing the gap between two regions that agree makes one of three', t => {
  const machine = started({ regionLimit: 4 })
  machine.mprotect(0, 0, 64, r)
  machine.mprotect(0, 128, 64, r)
  t.is(machine.inspect.regionCountOf(0), 4)
  t.is(machine.mprotect(0, 64, 64, r), OK)
  t.deepEqual(regionsOf(machine), [
    [0, 3, r],
    [3, 4, rw],
  ])
})

test('memory that was writable never becomes executable, nor the other way round, until it is mapped anew', t => {
  const machine = started()
  t.is(machine.mprotect(0, 0, 64, rx), EACCES)
  machine.mprotect(0, 0, 64, r)
  t.is(machine.mprotect(0, 0, 64, rx), EACCES)
  machine.mmap(0, 0, 64, r, fixed)
  t.is(machine.mprotect(0, 0, 64, rx), OK)
  t.is(machine.mprotect(0, 0, 64, rw), EACCES)
})

test('a page keeps its content while nobody may touch it, and loses it as a guard', t => {
  const machine = started()
  machine.store(0, 0, 7)
  machine.store(0, 64, 8)
  machine.mprotect(0, 0, 64, none)
  machine.mprotect(0, 64, 64, guard)
  t.deepEqual([machine.load(0, 0), machine.load(0, 64)], [SEGV_ACCERR, SEGV_ACCERR])
  machine.mprotect(0, 0, 128, rw)
  t.deepEqual([machine.load(0, 0), machine.load(0, 64)], [7, 0])
})

test('a region limit is exact for splits in three', t => {
  const machine = started({ regionLimit: 2 })
  t.is(machine.mprotect(0, 64, 64, r), ENOMEM)
  t.is(machine.mprotect(0, 0, 64, r), OK)
  t.is(machine.mprotect(0, 128, 64, none), ENOMEM)
  t.is(machine.mprotect(0, 64, 64, r), OK)
})

test('a live kernel changes what lies before a hole or a ceiling, and says that it failed', t => {
  const machine = started({ profile: 'linux' })
  machine.mmap(0, 5 * 64, 64, rw, fixed)
  t.is(machine.mprotect(0, 2 * 64, 4 * 64, r), FAILED + ENOMEM)
  t.deepEqual(regionsOf(machine), [
    [0, 2, rw],
    [2, 4, r],
    [5, 6, rw],
  ])
  t.is(machine.mprotect(0, 4 * 64, 2 * 64, r), ENOMEM)
  t.is(machine.mprotect(0, 0, 64, rwx), OK)
  t.is(machine.mprotect(0, 0, 64, guard), EINVAL)
  const id = machine.shmget(0, 0, 64, shmFlags.creat, 0o600)
  machine.shmat(0, id, 6 * 64, shmFlags.rdonly)
  t.is(machine.mprotect(0, 6 * 64, 64, rw), EACCES)
  t.is(machine.mprotect(0, 5 * 64, 128, rw), FAILED + EACCES)
  t.is(machine.mprotect(0, 6 * 64, 64, rx), OK)
})
