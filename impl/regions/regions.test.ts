// Regions against a naive list of pages: whatever is mapped and unmapped, the tree holds the maximal runs of equal
// protection in order, counts them right before and after, and stays shallow.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { EACCES, EINVAL, ENOMEM, ESRCH } from '../answers.js'
import { type BootInfo, tinyBoot, x86Boot } from '../boot.js'
import { alone, createCore } from '../core.js'
import { pageBytes, tiny, userPages } from '../geometry.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { createTree } from './tree.js'

const { none, r, rw, rx, rwx } = protectionBits
const LIMIT = 4
const WINDOW = 12

type Run = readonly [start: number, end: number, protection: number]

function runsOf(pages: readonly number[], base: number) {
  const runs: Run[] = []
  for (let page = 0; page < pages.length; ) {
    const start = page
    while (page < pages.length && pages[page] === pages[start]) page++
    if (pages[start] >= 0) runs.push([base + start, base + page, pages[start]])
  }
  return runs
}

function regionsOf(machine: Machine, space = 0) {
  const runs: Run[] = []
  machine.inspect.regions(space, (...run) => runs.push(run))
  return runs
}

const operation = fc.record({
  first: fc.nat(WINDOW - 1),
  count: fc.integer({ min: 1, max: 5 }),
  protection: fc.constantFrom(-1, none, r, rw, rx),
  touches: fc.boolean(),
})

const places: Record<string, readonly [BootInfo, number]> = {
  'the tiny geometry': [{ ...tinyBoot, regionLimit: LIMIT }, 3],
  'the last pages of the tiny user half': [{ ...tinyBoot, regionLimit: LIMIT }, userPages(tiny) - WINDOW],
  'x86 across 2^32 pages': [{ ...x86Boot, frames: 64, regionLimit: LIMIT }, 2 ** 32 - 5],
}

for (const [place, [boot, base]] of Object.entries(places)) {
  test(`regions are the maximal runs of equal protection, in ${place}`, t => {
    const machine = createMachine(boot)
    machine.spawn(0)
    const empty = machine.snapshot()
    const bytes = pageBytes(boot.geometry)
    t.notThrows(() =>
      fc.assert(
        fc.property(fc.array(operation, { maxLength: 25 }), operations => {
          machine.restore(empty)
          let pages = new Array<number>(WINDOW).fill(-1)
          for (const { first, count, protection, touches } of operations) {
            const end = Math.min(WINDOW, first + count)
            const after = pages.map((old, page) => (page >= first && page < end ? protection : old))
            const fits = runsOf(after, base).length <= LIMIT
            const [address, length] = [(base + first) * bytes, (end - first) * bytes]
            const answer =
              protection < 0 ? machine.munmap(0, address, length) : machine.mmap(0, address, length, protection)
            assert.equal(answer, fits ? (protection < 0 ? 0 : address) : ENOMEM)
            if (fits) pages = after
            if (touches) machine.load(0, address)
            assert.deepEqual(regionsOf(machine), runsOf(pages, base))
            assert.equal(machine.inspect.regionCountOf(0), runsOf(pages, base).length)
            machine.inspect.entries(0, page => assert.ok(pages[page - base] >= 0, 'an entry outside all regions'))
          }
        }),
      ),
    )
  })
}

test('what mmap covers is fresh, and what munmap removes is gone, with its frames and tables', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  const free = machine.inspect.free()
  machine.mmap(0, 0, 20 * 64, rw)
  for (let page = 0; page < 12; page++) machine.store(0, page * 64, 9)
  machine.mmap(0, 64, 64, r)
  t.is(machine.load(0, 64), 0)
  t.is(machine.load(0, 128), 9)
  t.is(machine.munmap(0, 0, 32 * 64), 0)
  t.deepEqual(regionsOf(machine), [])
  t.deepEqual(machine.inspect.free(), free)
})

test('regions that come and go leave every word as it was', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 128, rw)
  const before = machine.snapshot()
  machine.mmap(0, 256, 128, rx)
  machine.munmap(0, 256, 128)
  t.deepEqual(machine.snapshot(), before)
  machine.mmap(0, 64, 64, rw)
  t.deepEqual(regionsOf(machine), [[0, 2, rw]])
})

test('at the limit, mapping into a region of equal protection still fits', t => {
  const machine = createMachine({ ...tinyBoot, spaces: 1, regionLimit: 1 })
  machine.spawn(0)
  machine.mmap(0, 0, 3 * 64, rw)
  t.is(machine.mmap(0, 64, 64, rw), 64)
  t.deepEqual(regionsOf(machine), [[0, 3, rw]])
})

test('unmapping half of the address space takes as long as what is in it', t => {
  const machine = createMachine(x86Boot)
  machine.spawn(0)
  const whole = userPages(x86Boot.geometry) * 4096
  t.is(machine.mmap(0, 0, whole, rw), 0)
  for (const page of [0, 2 ** 20, 2 ** 31, 2 ** 35 - 1]) t.is(machine.store(0, page * 4096, 1), 0)
  t.is(machine.munmap(0, 0, whole), 0)
  t.is(machine.inspect.free().frames, x86Boot.frames - 1)
})

test('refusals come in the order of the specification', t => {
  const machine = createMachine({ ...tinyBoot, regionLimit: 1 })
  t.is(machine.mmap(0, 1, 0, rwx), ESRCH)
  t.is(machine.munmap(7, 1, 0), ESRCH)
  machine.spawn(0)
  t.is(machine.mmap(0, 1, 64, rw), EINVAL)
  t.is(machine.mmap(0, -64, 64, rw), EINVAL)
  t.is(machine.mmap(0, Number.NaN, 64, rw), EINVAL)
  t.is(machine.mmap(0, 0, 0, rwx), EINVAL)
  t.is(machine.mmap(0, 0, 64, 2), EINVAL)
  t.is(machine.mmap(0, 0, 64 * 64, rwx), EACCES)
  t.is(machine.mmap(0, 64, 32 * 64, rw), ENOMEM)
  t.is(machine.mmap(0, 0, 64, rw), 0)
  t.is(machine.mmap(0, 128, 64, rw), ENOMEM)
  t.is(machine.munmap(0, 1, 64), EINVAL)
  t.is(machine.munmap(0, 0, 0), EINVAL)
  t.is(machine.munmap(0, 64, 32 * 64), EINVAL)
  t.is(machine.munmap(0, 0, 1), 0)
})

test('a refused split changes nothing', t => {
  const machine = createMachine({ ...tinyBoot, regionLimit: 1 })
  machine.spawn(0)
  machine.mmap(0, 0, 3 * 64, rw)
  machine.store(0, 64, 5)
  const before = machine.snapshot()
  t.is(machine.munmap(0, 64, 64), ENOMEM)
  t.is(machine.mmap(0, 64, 64, r), ENOMEM)
  t.deepEqual(machine.snapshot(), before)
})

test('a thousand regions in order make a shallow tree', t => {
  const core = createCore({ ...tinyBoot, regionLimit: 1000 }, alone)
  const tree = createTree(core)
  tree.format()
  const root = core.layout.spaces
  for (let page = 0; page < 1000; page++) tree.insert(root, page, page + 1, r)
  const depth = (node: number): number =>
    node === 0 ? 0 : 1 + Math.max(depth(core.words[node + 4]), depth(core.words[node + 5]))
  const deepest = depth(core.words[root])
  t.true(deepest < 40, `depth ${deepest}`)
  for (let page = 0; page < 1000; page++) t.is(tree.startOf(tree.find(root, page)), page)
})

test('running out of nodes, which counting must prevent, throws', t => {
  const core = createCore({ ...tinyBoot, spaces: 1, regionLimit: 1 }, alone)
  const tree = createTree(core)
  tree.format()
  for (let page = 0; page < 2; page++) tree.insert(core.layout.spaces, page, page + 1, r)
  t.throws(() => tree.insert(core.layout.spaces, 2, 3, r), { message: /out of region nodes/ })
})
