// Walks, tables that come and go, and the order in which an entry changes, at the places where widths go wrong.

import test from 'ava'
import type { Point } from '../../spec/interface.js'
import { EEXIST, ENOMEM } from '../answers.js'
import { tinyBoot, x86Boot } from '../boot.js'
import { alone } from '../core.js'
import { userPages, x86 } from '../geometry.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { decode } from './entry.js'

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
