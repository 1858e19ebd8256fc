// Loads and stores: what may be touched, what is found there, and that a failed access leaves no trace.

import test from 'ava'
import { EINVAL, ENOMEM, ESRCH, SEGV_ACCERR, SEGV_MAPERR } from '../answers.js'
import { type BootInfo, tinyBoot, x86Boot } from '../boot.js'
import { userPages } from '../geometry.js'
import { createMachine, type Machine } from '../machine.js'
import { decode, type Entry } from '../page-tables/entry.js'
import { protectionBits } from '../protection/protection.js'

const { none, r, rw, rx } = protectionBits

function entryOf(machine: Machine, wanted: number) {
  let found: Entry = { is: 'absent' }
  machine.inspect.entries(0, (page, low, high) => {
    if (page === wanted) found = decode(low, high)
  })
  return found
}

function started(boot: BootInfo = tinyBoot) {
  const machine = createMachine(boot)
  machine.spawn(0)
  return machine
}

test('each protection allows what its letters say', t => {
  const machine = started()
  const regions = [none, r, rw, rx]
  for (const [page, protection] of regions.entries()) machine.mmap(0, page * 64, 64, protection)
  const answers = regions.map((_, page) => [machine.load(0, page * 64), machine.store(0, page * 64, 1)])
  t.deepEqual(answers, [
    [SEGV_ACCERR, SEGV_ACCERR],
    [0, SEGV_ACCERR],
    [0, 0],
    [0, SEGV_ACCERR],
  ])
})

test('an address that no region covers, inside or outside the user half, is MAPERR', t => {
  const machine = started(x86Boot)
  const end = userPages(x86Boot.geometry) * 4096
  machine.mmap(0, 4096, 4096, rw)
  machine.store(0, 4096, 1)
  for (const address of [0, 8192, end - 4096, end, end * 2 + 4096, 2 ** 60, -4096, Number.POSITIVE_INFINITY]) {
    t.is(machine.load(0, address), SEGV_MAPERR, `load of ${address}`)
    t.is(machine.store(0, address, 1), SEGV_MAPERR, `store to ${address}`)
  }
})

test('an address between words and a process that is not alive are refused', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw)
  t.is(machine.load(0, 2), EINVAL)
  t.is(machine.store(0, 1, 1), EINVAL)
  t.is(machine.load(1, 0), ESRCH)
  t.is(machine.store(-1, 0, 1), ESRCH)
})

test('fresh memory reads as zero although its frame held something before', t => {
  // Four frames are a root, a table and two pages: the page of the last loop can only get the frame of the first.
  const machine = started({ ...tinyBoot, frames: 4 })
  machine.mmap(0, 0, 3 * 64, rw)
  for (let at = 0; at < 64; at += 4) machine.store(0, at, 0xffff_ffff)
  machine.store(0, 128, 1)
  machine.munmap(0, 0, 64)
  for (let at = 64; at < 128; at += 4) t.is(machine.load(0, at), 0)
})

test('words are unsigned, keep all 32 bits, and lie next to each other', t => {
  const machine = started(x86Boot)
  const last = userPages(x86Boot.geometry) * 4096 - 4096
  machine.mmap(0, last, 4096, rw)
  machine.store(0, last + 4092, 0xdead_beef)
  machine.store(0, last, 2 ** 31)
  t.is(machine.load(0, last + 4092), 0xdead_beef)
  t.is(machine.load(0, last), 2 ** 31)
  t.is(machine.load(0, last + 4), 0)
})

test('the processor marks a page accessed on a load and dirty only on a store', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw)
  machine.load(0, 0)
  t.like(entryOf(machine, 0), { is: 'present', accessed: true, dirty: false, writable: true, noExecute: true })
  machine.store(0, 0, 1)
  t.like(entryOf(machine, 0), { is: 'present', accessed: true, dirty: true })
})

test('code can be executed and not written', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rx)
  machine.load(0, 0)
  t.like(entryOf(machine, 0), { is: 'present', user: true, writable: false, noExecute: false })
})

/** The words of a machine without what free frames hold, which may change. */
function meaningful(machine: Machine) {
  const words = new Int32Array(machine.snapshot())
  const { ram, pageWords, poolFrames } = machine.layout
  for (let frame = 0; frame < poolFrames; frame++) {
    if (!machine.inspect.isFrameTaken(frame)) words.fill(0, ram + frame * pageWords, ram + (frame + 1) * pageWords)
  }
  return words
}

for (const boot of [tinyBoot, x86Boot]) {
  const { levels, name, pageShift } = boot.geometry
  test(`an access that finds too few frames leaves every word as it was, with the ${name} geometry`, t => {
    for (let spare = 0; spare < levels; spare++) {
      const machine = started({ ...boot, frames: 1 + levels + spare })
      const [near, far] = [0, userPages(boot.geometry) * 2 ** pageShift - 2 ** pageShift]
      machine.mmap(0, near, 2 ** pageShift, rw)
      machine.mmap(0, far, 2 ** pageShift, rw)
      t.is(machine.store(0, near, 7), 0)
      const before = meaningful(machine)
      t.is(machine.store(0, far, 7), ENOMEM)
      t.is(machine.load(0, far), ENOMEM)
      t.deepEqual(meaningful(machine), before)
      t.is(machine.load(0, near), 7)
    }
  })
}

test('page tables can run out while there are frames for pages, and the reverse', t => {
  const machine = started({ ...tinyBoot, frames: 2, tables: { kind: 'separate', frames: 2 } })
  machine.mmap(0, 0, 32 * 64, rw)
  t.is(machine.store(0, 0, 1), 0)
  const before = meaningful(machine)
  t.is(machine.store(0, 8 * 64, 1), ENOMEM)
  t.deepEqual(meaningful(machine), before)
  t.deepEqual(machine.inspect.free(), { frames: 1, tables: 0, slots: 4 })
  t.is(machine.store(0, 64, 1), 0)
  t.is(machine.store(0, 128, 1), ENOMEM)
  t.is(machine.store(0, 0, 1), 0)
})
