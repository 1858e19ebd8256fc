// Swapping: content survives the trip, frames and slots change hands, and nothing is lost when there is no room.

import test from 'ava'
import type { Point } from '../../spec/interface.js'
import { EINVAL, ENOMEM, ENOSPC, ESRCH } from '../answers.js'
import { type BootInfo, tinyBoot, x86Boot } from '../boot.js'
import { createCpus } from '../concurrency/cpus.js'
import { alone, createCore } from '../core.js'
import { createMachine } from '../machine.js'
import { decode } from '../page-tables/entry.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from '../regions/mapping.js'
import { createArea } from './area.js'

const { r, rw } = protectionBits

function started(boot: BootInfo = tinyBoot) {
  const machine = createMachine(boot)
  machine.spawn(0)
  machine.mmap(0, 0, 4 * 2 ** boot.geometry.pageShift, rw)
  return machine
}

for (const boot of [tinyBoot, x86Boot]) {
  test(`every word of a page comes back from swap, with the ${boot.geometry.name} geometry`, t => {
    const machine = started(boot)
    const bytes = 2 ** boot.geometry.pageShift
    for (let at = bytes; at < 2 * bytes; at += 4) machine.store(0, at, at * 3)
    const resident = machine.inspect.free()
    t.is(machine.swapOut(0, bytes + 8), 0)
    t.deepEqual(machine.inspect.free(), {
      frames: resident.frames + 1,
      tables: resident.tables + 1,
      slots: boot.slots - 1,
    })
    t.true(machine.inspect.isSlotTaken(0))
    t.is(machine.inspect.slotReferencesOf(0), 1)
    t.is(machine.inspect.slotWord(0, 1), (bytes + 4) * 3)
    // Something else uses the frame in the meantime.
    machine.store(0, 0, 1)
    t.is(machine.swapIn(0, bytes), 0)
    t.is(machine.inspect.free().slots, boot.slots)
    for (let at = bytes; at < 2 * bytes; at += 4) t.is(machine.load(0, at), at * 3)
  })
}

test('a swapped entry keeps its table and says which slot', t => {
  const machine = started()
  machine.store(0, 0, 1)
  machine.store(0, 64, 2)
  machine.swapOut(0, 0)
  machine.swapOut(0, 64)
  const entries: unknown[] = []
  machine.inspect.entries(0, (page, low, high) => entries.push([page, decode(low, high)]))
  t.deepEqual(entries, [
    [0, { is: 'swapped', slot: 0 }],
    [1, { is: 'swapped', slot: 1 }],
  ])
})

test('a page is hidden from the processor before its content is copied', t => {
  const seen: string[] = []
  let look = (_: Point) => {}
  const machine = createMachine(tinyBoot, { ...alone, preempt: point => look(point) })
  machine.spawn(0)
  machine.mmap(0, 0, 64, rw)
  machine.store(0, 0, 1)
  look = point => {
    machine.inspect.entries(0, (_, low, high) => seen.push(`${point}: ${decode(low, high).is}`))
  }
  machine.swapOut(0, 0)
  t.deepEqual(seen, [
    'page-tables.clear: present',
    'swap.write: absent',
    'page-tables.publish: absent',
    'frames.free: swapped',
  ])
})

test('touching a swapped page brings it in, with the rights of its region', t => {
  const machine = started()
  machine.mmap(0, 0, 64, r, mapFlags.fixed)
  machine.load(0, 0)
  machine.swapOut(0, 0)
  t.is(machine.load(0, 0), 0)
  machine.inspect.entries(0, (_, low, high) => t.like(decode(low, high), { is: 'present', writable: false }))
  t.is(machine.inspect.free().slots, 4)
})

test('without a slot the page stays where it is', t => {
  const machine = started({ ...tinyBoot, slots: 1 })
  machine.store(0, 0, 5)
  machine.store(0, 64, 6)
  t.is(machine.swapOut(0, 0), 0)
  const before = machine.snapshot()
  t.is(machine.swapOut(0, 64), ENOSPC)
  t.deepEqual(machine.snapshot(), before)
})

test('without a frame the page stays in its slot', t => {
  const machine = started({ ...tinyBoot, frames: 3 })
  machine.store(0, 0, 5)
  machine.swapOut(0, 0)
  machine.store(0, 64, 6)
  const before = machine.snapshot()
  t.is(machine.swapIn(0, 0), ENOMEM)
  t.is(machine.load(0, 0), ENOMEM)
  t.deepEqual(machine.snapshot(), before)
})

test('only a resident page can be swapped out, only a swapped one in', t => {
  const machine = started()
  t.is(machine.swapOut(0, 0), EINVAL)
  t.is(machine.swapIn(0, 0), EINVAL)
  machine.store(0, 0, 1)
  t.is(machine.swapOut(0, 64), EINVAL)
  t.is(machine.swapIn(0, 0), EINVAL)
  machine.swapOut(0, 0)
  t.is(machine.swapOut(0, 0), EINVAL)
  for (const address of [-64, 2 ** 40]) {
    t.is(machine.swapOut(0, address), EINVAL)
    t.is(machine.swapIn(0, address), EINVAL)
  }
  t.is(machine.swapOut(1, 0), ESRCH)
  t.is(machine.swapIn(1, 0), ESRCH)
})

test('unmapping a swapped page frees its slot', t => {
  const machine = started()
  machine.store(0, 0, 1)
  machine.swapOut(0, 0)
  machine.munmap(0, 0, 64)
  t.deepEqual(machine.inspect.free(), { frames: 15, tables: 15, slots: 4 })
})

test('a slot is free once it is given back, and cannot be given back twice', t => {
  const core = createCore(tinyBoot, alone)
  const area = createArea(core, createCpus(core))
  area.format()
  const slot = area.take()
  t.true(area.isTaken(slot))
  area.put(slot)
  t.false(area.isTaken(slot))
  t.throws(() => area.put(slot), { message: /slot 0 is free already/ })
})
