// Faults beyond plain memory: stacks that grow, code that is fetched, memory of objects, and guards.

import test from 'ava'
import { ENOMEM, SEGV_ACCERR, SEGV_MAPERR } from '../answers.js'
import { type BootInfo, tinyBoot } from '../boot.js'
import { createMachine } from '../machine.js'
import { resources } from '../processes/processes.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from '../regions/mapping.js'

const { guard, none, r, rw, rx, x } = protectionBits
const { fixed, growsdown, shared } = mapFlags

/** A stack of one page at page 20, with a gap of two pages, that may grow to six. */
function withStack(more: Partial<BootInfo> = {}) {
  const machine = createMachine({ ...tinyBoot, stackGap: 2, stackLimit: 6, ...more })
  machine.spawn(0)
  machine.mmap(0, 20 * 64, 64, rw, fixed | growsdown)
  const regions = () => {
    const seen: [number, number][] = []
    machine.inspect.regions(0, (start, end) => seen.push([start, end]))
    return seen
  }
  return { machine, regions }
}

test('a stack grows down to the page that was touched, and only that one becomes resident', t => {
  const { machine, regions } = withStack()
  t.is(machine.store(0, 17 * 64, 7), 0)
  t.deepEqual(regions(), [[17, 21]])
  t.is(machine.inspect.mappedOf(0), 4)
  const pages: number[] = []
  machine.inspect.entries(0, page => pages.push(page))
  t.deepEqual(pages, [17])
  t.is(machine.load(0, 18 * 64), 0)
})

test('a stack grows to its limit and no further', t => {
  const { machine, regions } = withStack()
  t.is(machine.load(0, 14 * 64), SEGV_MAPERR)
  t.deepEqual(regions(), [[20, 21]])
  t.is(machine.load(0, 15 * 64), 0)
  t.deepEqual(regions(), [[15, 21]])
})

test('a stack keeps its distance from what can be accessed below it, and from nothing else', t => {
  const { machine, regions } = withStack()
  machine.mmap(0, 15 * 64, 64, r, fixed)
  t.is(machine.load(0, 16 * 64), SEGV_MAPERR)
  t.is(machine.load(0, 17 * 64), SEGV_MAPERR)
  t.is(machine.load(0, 18 * 64), 0)
  t.deepEqual(regions(), [
    [15, 16],
    [18, 21],
  ])
  for (const protection of [none, guard]) {
    const other = withStack()
    other.machine.mmap(0, 16 * 64, 64, none, fixed)
    other.machine.mprotect(0, 16 * 64, 64, protection)
    t.is(other.machine.load(0, 17 * 64), 0)
  }
})

test('only an access that the stack allows makes it grow', t => {
  const { machine } = withStack()
  t.is(machine.fetch(0, 19 * 64), SEGV_ACCERR)
  machine.mprotect(0, 20 * 64, 64, r)
  t.is(machine.store(0, 19 * 64, 1), SEGV_ACCERR)
  machine.mprotect(0, 20 * 64, 64, none)
  t.is(machine.load(0, 19 * 64), SEGV_ACCERR)
  t.is(machine.load(0, 21 * 64), SEGV_MAPERR)
})

test('a stack does not grow past what the process may map or lock', t => {
  const { machine } = withStack()
  machine.rlimit(0, resources.as, 2)
  t.is(machine.load(0, 18 * 64), SEGV_MAPERR)
  t.is(machine.load(0, 19 * 64), 0)
  const locked = withStack().machine
  locked.mlock(0, 20 * 64, 64)
  locked.setuid(0, 1)
  locked.rlimit(0, resources.memlock, 2)
  t.is(locked.load(0, 18 * 64), SEGV_MAPERR)
  t.is(locked.load(0, 19 * 64), 0)
  t.is(locked.inspect.lockedOf(0), 2)
})

test('a stack that finds no frame does not grow', t => {
  const { machine, regions } = withStack({ frames: 3 })
  machine.store(0, 20 * 64, 1)
  const before = machine.snapshot()
  t.is(machine.store(0, 19 * 64, 1), ENOMEM)
  t.deepEqual(machine.snapshot(), before)
  t.deepEqual(regions(), [[20, 21]])
})

test('instructions are fetched only where code may be', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  for (const [page, protection] of [r, rw, rx, x].entries()) machine.mmap(0, page * 64, 64, protection, fixed)
  const answers = [0, 1, 2, 3].map(page => [machine.load(0, page * 64), machine.fetch(0, page * 64 + 3)])
  t.deepEqual(answers, [
    [0, SEGV_ACCERR],
    [0, SEGV_ACCERR],
    [0, 0],
    [0, 0],
  ])
})

test('a guard drops what was there and lets nobody in', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 64, rw, fixed)
  machine.store(0, 0, 7)
  machine.mprotect(0, 0, 64, guard)
  t.is(machine.load(0, 0), SEGV_ACCERR)
  t.is(machine.inspect.free().frames, 15)
  machine.mprotect(0, 0, 64, rw)
  t.is(machine.load(0, 0), 0)
})

test('a page of an object has one frame, whoever maps it first', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 64, rw, fixed | shared)
  machine.fork(0, 1)
  t.is(machine.load(1, 0), 0)
  const { frames } = machine.inspect.free()
  t.is(machine.store(0, 0, 7), 0)
  t.is(machine.load(1, 0), 7)
  // The table of the other process, and no frame.
  t.is(machine.inspect.free().frames, frames - 1)
})

test('a page of an object is not mapped once more than references can be counted', t => {
  const machine = createMachine({ ...tinyBoot, sharers: 2 })
  machine.spawn(0)
  machine.mmap(0, 0, 64, rw, fixed | shared)
  machine.fork(0, 1)
  t.is(machine.store(0, 0, 7), 0)
  const { frames } = machine.inspect.free()
  t.is(machine.load(1, 0), ENOMEM)
  t.is(machine.inspect.free().frames, frames)
  machine.munmap(0, 0, 64)
  t.is(machine.load(1, 0), 7)
})
