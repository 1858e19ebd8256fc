// Starting and ending processes: what each takes, and that ending gives back all of it.

import test from 'ava'
import type { Choice } from '../../spec/interface.js'
import { EAGAIN, EEXIST, EINVAL, ENOMEM, ESRCH } from '../answers.js'
import { tinyBoot, x86Boot } from '../boot.js'
import { alone } from '../core.js'
import { userPages } from '../geometry.js'
import { createMachine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from '../regions/mapping.js'

const { r, rw } = protectionBits

test('a process takes a space and a root table', t => {
  const machine = createMachine(tinyBoot)
  t.is(machine.inspect.spaceOf(0), -1)
  t.is(machine.inspect.rootOf(0), -1)
  t.is(machine.spawn(1), 0)
  t.is(machine.inspect.spaceOf(1), 0)
  t.is(machine.inspect.free().frames, 15)
  t.is(machine.spawn(0), 0)
  t.is(machine.inspect.spaceOf(0), 1)
})

test('starting a process fails for want of a space, then of a frame, and changes nothing', t => {
  const machine = createMachine({ ...tinyBoot, processes: 3, spaces: 2, frames: 1 })
  t.is(machine.spawn(0), 0)
  const before = machine.snapshot()
  t.is(machine.spawn(1), ENOMEM)
  t.is(machine.spawn(0), EEXIST)
  for (const process of [-1, 3, Number.NaN]) t.is(machine.spawn(process), ESRCH)
  t.deepEqual(machine.snapshot(), before)
  const crowded = createMachine({ ...tinyBoot, spaces: 1 })
  crowded.spawn(0)
  t.is(crowded.spawn(1), EAGAIN)
})

test('a root table is free of what its frame held before', t => {
  const machine = createMachine({ ...tinyBoot, processes: 3, spaces: 3, frames: 3 })
  machine.spawn(0)
  machine.mmap(0, 0, 64, rw, mapFlags.fixed)
  for (let at = 0; at < 64; at += 4) machine.store(0, at, 0xffff_ffff)
  machine.exit(0)
  for (const process of [0, 1, 2]) t.is(machine.spawn(process), 0)
  for (const space of [0, 1, 2]) {
    for (let index = 0; index < 16; index++) t.is(machine.inspect.frameWord(machine.inspect.rootOf(space), index), 0)
  }
})

test('ending a process gives everything back, to the word', t => {
  const boots = [tinyBoot, x86Boot, { ...x86Boot, tables: { kind: 'separate', frames: 20 } }] as const
  for (const boot of boots) {
    const bytes = 2 ** boot.geometry.pageShift
    const machine = createMachine(boot)
    const fresh = machine.inspect.free()
    machine.spawn(0)
    machine.mmap(0, 0, 4 * bytes, rw, mapFlags.fixed)
    machine.mmap(0, 2 * bytes, bytes, r, mapFlags.fixed)
    machine.mmap(0, (userPages(boot.geometry) - 1) * bytes, bytes, rw, mapFlags.fixed)
    for (const page of [0, 1, userPages(boot.geometry) - 1]) t.is(machine.store(0, page * bytes, 1), 0)
    machine.swapOut(0, bytes)
    t.is(machine.exit(0), 0)
    t.deepEqual(machine.inspect.free(), fresh)
    t.is(machine.inspect.spaceOf(0), -1)
    t.is(machine.inspect.rootOf(0), -1)
    t.is(machine.inspect.regionCountOf(0), 0)
    for (let frame = 0; frame < boot.frames; frame++) t.is(machine.inspect.referencesOf(frame), 0)
    t.is(machine.exit(0), ESRCH)
  }
})

test('a user that does not fit a word is none, and nobody becomes another user by it', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  for (const user of [-1, 2 ** 31, 2 ** 32, Number.NaN]) t.is(machine.setuid(0, user), EINVAL)
  t.is(machine.setuid(0, 2 ** 31 - 1), 0)
  t.is(machine.inspect.userOf(0), 2 ** 31 - 1)
})

test('ending one process leaves another alone', t => {
  const machine = createMachine(tinyBoot)
  for (const process of [0, 1]) {
    machine.spawn(process)
    machine.mmap(process, 0, 64, rw, mapFlags.fixed)
    machine.store(process, 0, process + 5)
  }
  machine.exit(0)
  t.is(machine.load(1, 0), 6)
  t.is(machine.load(0, 0), ESRCH)
})

test('every free choice is reported, also that none was left', t => {
  const chosen: [Choice, number][] = []
  const boot = { ...tinyBoot, frames: 3, spaces: 1, slots: 1 }
  const machine = createMachine(boot, { ...alone, chose: (choice, member) => chosen.push([choice, member]) })
  const report = () => chosen.splice(0)
  machine.spawn(0)
  t.deepEqual(report(), [
    ['space', 0],
    ['table', 0],
  ])
  machine.spawn(1)
  t.deepEqual(report(), [['space', -1]])
  machine.mmap(0, 0, 16 * 64, rw, mapFlags.fixed)
  machine.store(0, 0, 1)
  t.deepEqual(report(), [
    ['table', 0],
    ['frame', 1],
  ])
  machine.store(0, 64, 1)
  t.deepEqual(report(), [['frame', -1]])
  machine.store(0, 8 * 64, 1)
  t.deepEqual(report(), [['table', -1]])
  machine.swapOut(0, 0)
  machine.store(0, 64, 1)
  machine.swapOut(0, 64)
  t.deepEqual(report(), [
    ['slot', 0],
    ['frame', 1],
    ['slot', -1],
  ])
})
