// Walks, tables that come and go, and the order in which an entry changes, at the places where widths go wrong.

import test from 'ava'
import type { Point } from '../../spec/interface.js'
import { EEXIST, ENOMEM, SEGV_ACCERR } from '../answers.js'
import { tinyBoot, x86Boot } from '../boot.js'
import { alone } from '../core.js'
import { tiny, userPages, x86 } from '../geometry.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from '../regions/mapping.js'
import { remapFlags } from '../regions/mremap.js'
import { decode, type Entry } from './entry.js'

const { rw, r, rx } = protectionBits

function levelsOf(machine: Machine, space = 0) {
  const levels: number[] = []
  machine.inspect.tables(space, (_, level) => levels.push(level))
  return levels
}

function entriesOf(machine: Machine, space = 0) {
  const entries: [page: number, frame: number][] = []
  machine.inspect.entries(space, (page, low, high) => {
    const entry = decode(low, high)
    entries.push([page, entry.is === 'present' ? entry.frame : -1])
  })
  return entries
}

const boundaries = {
  '2 MiB': 2 ** 9,
  '1 GiB': 2 ** 18,
  '512 GiB': 2 ** 27,
  '8 TiB, where page numbers leave 31 bits': 2 ** 31,
  '16 TiB, where page numbers leave 32 bits': 2 ** 32,
  'the end of the user half': userPages(x86) - 1,
}

for (const [name, page] of Object.entries(boundaries)) {
  test(`neighbours at ${name} have entries of their own`, t => {
    const machine = createMachine(x86Boot)
    machine.spawn(0)
    const { map, unmap, walk } = machine.pageTables
    const root = machine.inspect.rootOf(0)
    const before = machine.inspect.free()
    t.is(map(root, page - 1, 7, rw), 0)
    t.is(map(root, page, 9, rw), 0)
    t.deepEqual(entriesOf(machine), [
      [page - 1, 7],
      [page, 9],
    ])
    t.not(walk(root, page), walk(root, page - 1))
    // No other page is reached by the same indexes, as it would be if upper bits were lost.
    for (const other of [page - 2 ** 31, page - 2 ** 32, page % 2 ** 27]) {
      if (other >= 0 && other !== page) t.is(unmap(root, other), -1)
    }
    t.is(unmap(root, page), 9)
    t.is(unmap(root, page - 1), 7)
    t.deepEqual(levelsOf(machine), [3])
    t.deepEqual(machine.inspect.free(), before)
  })
}

test('tables exist exactly while they hold an entry, and know how many', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  const { map, unmap } = machine.pageTables
  const root = machine.inspect.rootOf(0)
  for (const page of [0, 1, 8]) map(root, page, page, r)
  const tables: [level: number, isRoot: boolean, entries: number][] = []
  machine.inspect.tables(0, (_, level, parent, entries) => tables.push([level, parent === -1, entries]))
  t.deepEqual(tables, [
    [1, true, 2],
    [0, false, 2],
    [0, false, 1],
  ])
  unmap(root, 8)
  unmap(root, 0)
  t.deepEqual(levelsOf(machine), [1, 0])
  unmap(root, 1)
  t.deepEqual(levelsOf(machine), [1])
})

test('an entry carries what its region allows', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  const root = machine.inspect.rootOf(0)
  for (const [page, protection] of [r, rw, rx].entries()) machine.pageTables.map(root, page, 1, protection)
  const rights: [writable: boolean, noExecute: boolean][] = []
  machine.inspect.entries(0, (_, low, high) => {
    const entry = decode(low, high)
    if (entry.is === 'present') rights.push([entry.writable, entry.noExecute])
  })
  t.deepEqual(rights, [
    [false, true],
    [true, true],
    [false, false],
  ])
})

test('an entry that points at a table allows everything, and the processor never has to write it', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  const root = machine.inspect.rootOf(0)
  machine.pageTables.map(root, 0, 1, r)
  const [low, high] = [machine.inspect.frameWord(root, 0), machine.inspect.frameWord(root, 1)]
  t.like(decode(low, high), { is: 'present', writable: true, user: true, noExecute: false, accessed: true })
})

test('mapping what is mapped is refused, and unmapping what is not answers that nothing was there', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  const root = machine.inspect.rootOf(0)
  machine.pageTables.map(root, 3, 5, r)
  t.is(machine.pageTables.map(root, 3, 6, r), EEXIST)
  t.is(machine.pageTables.unmap(root, 4), -1)
  t.is(machine.pageTables.unmap(root, 30), -1)
  t.deepEqual(entriesOf(machine), [[3, 5]])
})

test('mapping without a frame for a table leaves none of the tables it had made', t => {
  for (const spare of [0, 1, 2]) {
    const machine = createMachine({ ...x86Boot, frames: 1 + spare })
    machine.spawn(0)
    const before = machine.inspect.free()
    t.is(machine.pageTables.map(machine.inspect.rootOf(0), 2 ** 34, 0, r), ENOMEM)
    t.deepEqual(machine.inspect.free(), before)
    t.deepEqual(levelsOf(machine), [3])
  }
})

test('a walker on another CPU never sees half an entry', t => {
  const seen: string[] = []
  let look = (_: Point) => {}
  const machine = createMachine(tinyBoot, { ...alone, preempt: point => look(point) })
  machine.spawn(0)
  const root = machine.inspect.rootOf(0)
  machine.pageTables.map(root, 1, 1, rx)
  look = point => {
    if (!point.startsWith('page-tables')) return
    seen.push(point)
    machine.inspect.entries(0, (page, low, high) => {
      if (page === 2) seen.push(decode(low, high).is, high === 0 ? 'no high word' : 'high word')
    })
  }
  machine.pageTables.map(root, 2, 2, rw)
  t.deepEqual(seen, ['page-tables.publish', 'absent', 'high word'])
  seen.length = 0
  machine.pageTables.unmap(root, 2)
  t.deepEqual(seen, ['page-tables.clear', 'present', 'high word'])
  t.deepEqual(entriesOf(machine), [[1, 1]])
})

test('what is told of a page says whose it is: from an entry back to its page and its space', t => {
  const machine = createMachine(x86Boot)
  const pages = [0, 511, 2 ** 27 + 5, 2 ** 31 + 1, userPages(x86) - 1]
  for (const process of [0, 1]) {
    machine.spawn(process)
    for (const page of pages) {
      machine.mmap(process, page * 4096, 4096, rw, mapFlags.fixed)
      t.is(machine.store(process, page * 4096, page), 0)
    }
  }
  // Eviction finds the entry by its frame; if it led elsewhere, the wrong page would be lost.
  for (const process of [0, 1]) for (const page of pages) t.is(machine.swapOut(process, page * 4096), 0)
  for (const process of [0, 1]) for (const page of pages) t.is(machine.load(process, page * 4096), page % 2 ** 32)
})

for (const boot of [tinyBoot, x86Boot]) {
  test(`the kernel is in the upper half of every space, and no process gets in: ${boot.geometry.name}`, t => {
    const machine = createMachine({ ...boot, kernelHalf: true })
    for (const process of [0, 1]) machine.spawn(process)
    const half = machine.layout.pageWords / 2
    const upper = [0, 1].map(process =>
      Array.from({ length: half }, (_, at) => machine.inspect.frameWord(machine.inspect.rootOf(process), half + at)),
    )
    t.deepEqual(upper[0], upper[1])
    t.not(upper[0][0], 0)
    const bytes = userPages(boot.geometry) * 2 ** boot.geometry.pageShift
    for (let page = 0; page < 3; page++) {
      const entry = machine.pageTables.walk(machine.inspect.rootOf(0), userPages(boot.geometry) + page)
      const [low, high] = new Int32Array(machine.memory, entry * 4, 2)
      t.like(decode(low, high), { is: 'present', user: false, writable: page === 2, noExecute: page !== 0 })
      const address = 2 ** 64 - bytes + page * 2 ** boot.geometry.pageShift
      t.deepEqual([machine.load(0, address), machine.store(0, address, 1)], [SEGV_ACCERR, SEGV_ACCERR])
    }
    machine.exit(0)
    machine.exit(1)
    t.is(machine.inspect.free().frames, boot.frames)
  })
}

test('a small table maps as much of the kernel as it has room for, and a machine without a kernel half maps none', t => {
  const cases = [
    { pageShift: 5, levels: 1, mapped: [2, 3] },
    { pageShift: 4, levels: 2, mapped: [0, 1] },
    { pageShift: 6, levels: 1, mapped: [4, 5, 6] },
    { pageShift: 6, levels: 2, mapped: [0, 1, 2] },
  ]
  for (const { pageShift, levels, mapped } of cases) {
    const geometry = { name: 'small', pageShift, levels }
    const { memory, layout } = createMachine({ ...tinyBoot, geometry, slots: 4, kernelHalf: true })
    const words = new Int32Array(memory)
    const bottom = layout.ram + (layout.kernelImage + 3 + levels - 1) * layout.pageWords
    const entries = [...Array(layout.pageWords / 2).keys()]
    t.deepEqual(
      entries.filter(entry => words[bottom + entry * 2] !== 0),
      mapped,
    )
    t.true(words.subarray(layout.slots).every(word => word === 0))
  }
  const { memory, layout } = createMachine({ ...tinyBoot, slots: 64, kernelHalf: false })
  t.true(new Int32Array(memory).subarray(layout.ram).every(word => word === 0))
})

test('page tables can be read as text', t => {
  const machine = createMachine({ ...tinyBoot, kernelHalf: true, zeroFrame: true })
  machine.spawn(0)
  machine.mmap(0, 0, 4 * 64, rw, mapFlags.fixed)
  for (const page of [0, 1]) machine.store(0, page * 64, 1)
  machine.load(0, 128)
  machine.store(0, 192, 1)
  machine.swapOut(0, 192)
  machine.mprotect(0, 128, 64, 0)
  const lines = machine.dumpPageTable(0).trimEnd().split('\n')
  t.regex(lines[0], /^0x0-0x[48]0 {2}frame \d+ rw- user accessed dirty$/)
  t.deepEqual(lines.slice(-5), [
    '0x80-0xc0  zeros ---',
    '0xc0-0x100  slot 0',
    `0xfffffffffffff800-0xfffffffffffff840  frame ${machine.layout.kernelImage} r-x kernel accessed`,
    `0xfffffffffffff840-0xfffffffffffff880  frame ${machine.layout.kernelImage + 1} r-- kernel accessed`,
    `0xfffffffffffff880-0xfffffffffffff8c0  frame ${machine.layout.kernelImage + 2} rw- kernel accessed dirty`,
  ])
})

test('a protection is taken from entries at once, and given back only by the next access', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 64, rw, mapFlags.fixed)
  machine.store(0, 0, 7)
  const entry = () => {
    const seen: Entry[] = []
    machine.inspect.entries(0, (_, low, high) => seen.push(decode(low, high)))
    return seen[0]
  }
  machine.mprotect(0, 0, 64, r)
  t.like(entry(), { is: 'present', writable: false })
  machine.mprotect(0, 0, 64, rw)
  t.like(entry(), { is: 'present', writable: false })
  t.is(machine.store(0, 0, 8), 0)
  t.like(entry(), { is: 'present', writable: true })
  machine.mprotect(0, 0, 64, protectionBits['rw+cow'])
  t.like(entry(), { is: 'present', writable: false })
})

test('a move that runs out at any table leaves every entry where it was', t => {
  // 24 pages in three tables move to where they need four.
  for (let spare = 0; spare <= 4; spare++) {
    const machine = createMachine({ ...tinyBoot, geometry: { ...tiny, levels: 3 }, frames: 29 + spare })
    machine.spawn(0)
    machine.mmap(0, 0, 24 * 64, rw, mapFlags.fixed)
    for (let page = 0; page < 24; page++) t.is(machine.store(0, page * 64, page + 1), 0)
    t.is(machine.inspect.free().frames, spare)
    const before = machine.snapshot()
    const { maymove, fixed } = remapFlags
    const answer = machine.mremap(0, 0, 24 * 64, 24 * 64, maymove | fixed, 36 * 64)
    if (spare < 4) {
      t.is(answer, ENOMEM)
      t.deepEqual(
        new Int32Array(machine.snapshot(), 0, machine.layout.ram),
        new Int32Array(before, 0, machine.layout.ram),
      )
      for (let page = 0; page < 24; page++) t.is(machine.load(0, page * 64), page + 1)
    } else {
      t.is(answer, 36 * 64)
      for (let page = 0; page < 24; page++) t.is(machine.load(0, (36 + page) * 64), page + 1)
      // Four tables are there, three are gone.
      t.is(machine.inspect.free().frames, 3)
    }
  }
})
