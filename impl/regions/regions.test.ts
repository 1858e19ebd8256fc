// mmap and munmap at the edges: the order of refusals, the region limit, and that what goes gives back all it held.
// Their everyday behaviour is compared with a naive list of pages in random.test.ts.

import test from 'ava'
import { EACCES, EAGAIN, EEXIST, EINVAL, ENOMEM, EPERM, ESRCH } from '../answers.js'
import { tinyBoot, unlimited, x86Boot } from '../boot.js'
import { userPages } from '../geometry.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from './mapping.js'

const { guard, r, rw, rx, rwx } = protectionBits
const { fixed, growsdown, locked, noreplace, populate, shared } = mapFlags

type Run = readonly [start: number, end: number, protection: number]

function regionsOf(machine: Machine, space = 0) {
  const runs: Run[] = []
  machine.inspect.regions(space, (start, end, protection) => runs.push([start, end, protection]))
  return runs
}

test('what mmap covers is fresh, and what munmap removes is gone, with its frames and tables', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  const free = machine.inspect.free()
  machine.mmap(0, 0, 20 * 64, rw, mapFlags.fixed)
  for (let page = 0; page < 12; page++) machine.store(0, page * 64, 9)
  machine.mmap(0, 64, 64, r, mapFlags.fixed)
  t.is(machine.load(0, 64), 0)
  t.is(machine.load(0, 128), 9)
  t.is(machine.munmap(0, 0, 32 * 64), 0)
  t.deepEqual(regionsOf(machine), [])
  t.deepEqual(machine.inspect.free(), free)
})

test('regions that come and go leave every word as it was', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 128, rw, mapFlags.fixed)
  const before = machine.snapshot()
  machine.mmap(0, 256, 128, rx, mapFlags.fixed)
  machine.munmap(0, 256, 128)
  t.deepEqual(machine.snapshot(), before)
  machine.mmap(0, 64, 64, rw, mapFlags.fixed)
  t.deepEqual(regionsOf(machine), [[0, 2, rw]])
})

test('at the limit, mapping into a region of equal protection still fits', t => {
  const machine = createMachine({ ...tinyBoot, spaces: 1, regionLimit: 1 })
  machine.spawn(0)
  machine.mmap(0, 0, 3 * 64, rw, mapFlags.fixed)
  t.is(machine.mmap(0, 64, 64, rw, mapFlags.fixed), 64)
  t.deepEqual(regionsOf(machine), [[0, 3, rw]])
})

test('unmapping half of the address space takes as long as what is in it', t => {
  const machine = createMachine(x86Boot)
  machine.spawn(0)
  const whole = userPages(x86Boot.geometry) * 4096
  t.is(machine.mmap(0, 0, whole, rw, mapFlags.fixed), 0)
  for (const page of [0, 2 ** 20, 2 ** 31, 2 ** 35 - 1]) t.is(machine.store(0, page * 4096, 1), 0)
  t.is(machine.munmap(0, 0, whole), 0)
  t.is(machine.inspect.free().frames, x86Boot.frames - 1)
})

test('refusals come in the order of the specification', t => {
  const machine = createMachine({ ...tinyBoot, regionLimit: 1, objects: 1, objectPages: 2 })
  t.is(machine.mmap(0, 1, 0, rwx, fixed), ESRCH)
  t.is(machine.munmap(7, 1, 0), ESRCH)
  machine.spawn(0)
  t.is(machine.mmap(0, 1, 64, rw, fixed), EINVAL)
  t.is(machine.mmap(0, -64, 64, rw, fixed), EINVAL)
  t.is(machine.mmap(0, Number.NaN, 64, rw, noreplace), EINVAL)
  t.is(machine.mmap(0, 0, 0, rwx, fixed), EINVAL)
  for (const request of [guard, protectionBits['rw+cow'], 32]) t.is(machine.mmap(0, 0, 64, request, fixed), EINVAL)
  t.is(machine.mmap(0, 0, 64, rwx, shared | growsdown), EINVAL)
  t.is(machine.mmap(0, 0, 64 * 64, rwx, fixed), EACCES)
  t.is(machine.mmap(0, 64, 32 * 64, rw, fixed), ENOMEM)
  t.is(machine.mmap(0, null, 33 * 64, rw), ENOMEM)
  t.is(machine.mmap(0, 0, 64, rw, fixed), 0)
  t.is(machine.mmap(0, 128, 64, rw, fixed), ENOMEM)
  t.is(machine.mmap(0, 0, 64, rw, noreplace), EEXIST)
  machine.dropcap(0, 2)
  machine.rlimit(0, 0, 0)
  machine.rlimit(0, 1, 1)
  t.is(machine.mmap(0, 64, 128, rw, fixed | locked), EPERM)
  machine.rlimit(0, 0, 1)
  t.is(machine.mmap(0, 64, 128, rw, fixed | locked), EAGAIN)
  t.is(machine.mmap(0, 64, 64, rw, fixed), ENOMEM)
  machine.rlimit(0, 1, unlimited)
  t.is(machine.mmap(0, 64, 3 * 64, rw, fixed | shared), ENOMEM)
  t.is(machine.mmap(0, 64, 64, rw, fixed), 64)
  t.is(machine.munmap(0, 1, 64), EINVAL)
  t.is(machine.munmap(0, 0, 0), EINVAL)
  t.is(machine.munmap(0, 64, 32 * 64), EINVAL)
  t.is(machine.munmap(0, 0, 1), 0)
})

test('a limit on mapped pages is exact, and what is replaced does not count', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.rlimit(0, 1, 4)
  t.is(machine.mmap(0, 0, 4 * 64, rw, fixed), 0)
  t.is(machine.mmap(0, 256, 64, rw, fixed), ENOMEM)
  t.is(machine.mmap(0, 128, 2 * 64, r, fixed), 128)
  t.is(machine.mmap(0, 192, 2 * 64, r, fixed), ENOMEM)
  machine.munmap(0, 0, 64)
  t.is(machine.mmap(0, 256, 64, rw), 256)
})

test('an address that is a wish is rounded down, and forgotten where something is', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  t.is(machine.mmap(0, 65, 64, rw), 64)
  t.is(machine.mmap(0, 64, 64, r), 31 * 64)
  t.is(machine.mmap(0, 31 * 64 + 5, 128, rx), 29 * 64)
})

test('a mapping that may go anywhere goes to the highest place that is wide enough, but not close below a stack', t => {
  const machine = createMachine({ ...tinyBoot, stackGap: 3, lowestPage: 20 })
  machine.spawn(0)
  machine.mmap(0, 28 * 64, 2 * 64, rw, fixed | growsdown)
  t.is(machine.mmap(0, null, 64, rw) / 64, 31)
  t.is(machine.mmap(0, null, 128, r) / 64, 23)
  t.is(machine.mmap(0, null, 64, rx) / 64, 30)
  t.is(machine.mmap(0, null, 64, r) / 64, 22)
  t.is(machine.mmap(0, null, 3 * 64, r), ENOMEM)
  t.is(machine.mmap(0, null, 2 * 64, r) / 64, 20)
  t.is(machine.mmap(0, 27 * 64, 64, r) / 64, 27)
})

test('two private mappings that touch and agree are one region, two shared ones are two objects', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 64, rw, fixed)
  machine.mmap(0, 128, 64, rw, fixed)
  machine.mmap(0, 64, 64, rw, fixed)
  t.deepEqual(regionsOf(machine), [[0, 3, rw]])
  machine.mmap(0, 256, 64, rw, fixed | shared)
  machine.mmap(0, 320, 64, rw, fixed | shared)
  t.is(machine.inspect.regionCountOf(0), 3)
})

test('populate makes pages resident as far as there is memory, and succeeds even so', t => {
  const machine = createMachine({ ...tinyBoot, frames: 5 })
  machine.spawn(0)
  t.is(machine.mmap(0, 0, 4 * 64, rw, fixed | populate), 0)
  t.is(machine.mincore(0, 0, 4 * 64), 0b1_0111)
})

test('an object goes with its last attachment, and its frames with it', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  const free = machine.inspect.free()
  machine.mmap(0, 0, 3 * 64, rw, fixed | shared)
  machine.store(0, 64, 5)
  machine.munmap(0, 64, 64)
  t.is(machine.inspect.objectAt(0).attachments, 2)
  machine.munmap(0, 0, 64)
  t.is(machine.inspect.objectAt(0).kind, 'anonymous')
  machine.munmap(0, 128, 64)
  t.is(machine.inspect.objectAt(0).kind, 'free')
  t.deepEqual(machine.inspect.free(), free)
})

test('a refused split changes nothing', t => {
  const machine = createMachine({ ...tinyBoot, regionLimit: 1 })
  machine.spawn(0)
  machine.mmap(0, 0, 3 * 64, rw, mapFlags.fixed)
  machine.store(0, 64, 5)
  const before = machine.snapshot()
  t.is(machine.munmap(0, 64, 64), ENOMEM)
  t.is(machine.mmap(0, 64, 64, r, mapFlags.fixed), ENOMEM)
  t.deepEqual(machine.snapshot(), before)
})
