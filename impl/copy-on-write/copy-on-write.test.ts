// Fork and the first write after it: who shares, who copies, who takes over, and that a fork which finds too little
// leaves both sides as if it had never been asked.

import test from 'ava'
import { ENOMEM } from '../answers.js'
import { type BootInfo, tinyBoot } from '../boot.js'
import { createMachine, type Machine } from '../machine.js'
import { decode, type Entry } from '../page-tables/entry.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from '../regions/mapping.js'

const { none, r, rw } = protectionBits
const { fixed, shared } = mapFlags
const roomy: BootInfo = { ...tinyBoot, processes: 3, spaces: 3, frames: 32 }

function started(more: Partial<BootInfo> = {}) {
  const machine = createMachine({ ...roomy, ...more })
  machine.spawn(0)
  machine.mmap(0, 0, 12 * 64, rw, fixed)
  return machine
}

function entryOf(machine: Machine, process: number, wanted: number): Entry {
  const found: Entry[] = []
  machine.inspect.entries(machine.inspect.spaceOf(process), (page, low, high) => {
    if (page === wanted) found.push(decode(low, high))
  })
  return found[0] ?? { is: 'absent' }
}

function frameOf(machine: Machine, process: number, page: number) {
  const entry = entryOf(machine, process, page)
  return entry.is === 'present' || entry.is === 'kept' ? entry.frame : -1
}

/** The words of a machine without what free frames hold and who links to whom first. */
function meaningful({ layout, inspect, snapshot }: Machine) {
  const words = new Int32Array(snapshot())
  for (let frame = 0; frame < layout.poolFrames; frame++) {
    if (inspect.isFrameTaken(frame)) continue
    words.fill(0, layout.ram + frame * layout.pageWords, layout.ram + (frame + 1) * layout.pageWords)
  }
  return words
}

test('after a fork both sides share each frame, and neither may write it', t => {
  const machine = started()
  machine.store(0, 0, 7)
  t.is(machine.fork(0, 1), 0)
  const frame = frameOf(machine, 0, 0)
  t.is(frameOf(machine, 1, 0), frame)
  t.is(machine.inspect.referencesOf(frame), 2)
  for (const process of [0, 1]) t.like(entryOf(machine, process, 0), { is: 'present', writable: false })
  t.is(machine.load(1, 0), 7)
})

test('the first to write copies, and the last takes the frame over', t => {
  const machine = started()
  machine.store(0, 0, 7)
  machine.store(0, 4, 8)
  machine.fork(0, 1)
  const frame = frameOf(machine, 0, 0)
  t.is(machine.store(1, 0, 9), 0)
  t.not(frameOf(machine, 1, 0), frame)
  t.is(machine.load(1, 4), 8)
  t.is(machine.load(0, 0), 7)
  const { frames } = machine.inspect.free()
  t.is(machine.store(0, 0, 6), 0)
  t.is(frameOf(machine, 0, 0), frame)
  t.is(machine.inspect.free().frames, frames)
  t.is(machine.load(1, 0), 9)
})

test('a copy that finds no frame leaves both sides sharing', t => {
  const machine = started({ frames: 5 })
  machine.store(0, 0, 7)
  machine.fork(0, 1)
  t.is(machine.inspect.free().frames, 0)
  const before = machine.snapshot()
  t.is(machine.store(1, 0, 9), ENOMEM)
  t.deepEqual(machine.snapshot(), before)
  machine.exit(0)
  t.is(machine.store(1, 0, 9), 0)
})

test('a fork that runs out at any table leaves every word as it was', t => {
  // Pages in three tables of the bottom level: the child needs four tables.
  for (let spare = 0; spare < 4; spare++) {
    const machine = createMachine({ ...roomy, frames: 7 + spare })
    machine.spawn(0)
    machine.mmap(0, 0, 24 * 64, rw, fixed)
    for (const page of [0, 9, 17]) t.is(machine.store(0, page * 64, page + 1), 0)
    t.is(machine.inspect.free().frames, spare)
    const before = meaningful(machine)
    t.is(machine.fork(0, 1), ENOMEM)
    t.deepEqual(meaningful(machine), before, `with ${spare} frames to spare`)
    t.is(machine.store(0, 0, 5), 0)
  }
})

test('a fork that would count past the limit of references leaves every count as it was', t => {
  const machine = started({ sharers: 2 })
  for (const page of [0, 1, 9]) machine.store(0, page * 64, 1)
  machine.swapOut(0, 64)
  t.is(machine.fork(0, 1), 0)
  machine.store(1, 0, 2)
  machine.store(0, 0, 1)
  const before = meaningful(machine)
  t.is(machine.fork(0, 2), ENOMEM)
  t.deepEqual(meaningful(machine), before)
})

test('pages that only hold zeros are shared without being counted, and written apart', t => {
  const machine = started({ zeroFrame: true })
  const { frames } = machine.inspect.free()
  t.is(machine.load(0, 0), 0)
  // One table, no frame.
  t.is(machine.inspect.free().frames, frames - 1)
  t.like(entryOf(machine, 0, 0), { is: 'present', zero: true, frame: machine.layout.zeroFrame, writable: false })
  machine.fork(0, 1)
  t.like(entryOf(machine, 1, 0), { zero: true })
  t.is(machine.store(1, 0, 3), 0)
  t.like(entryOf(machine, 1, 0), { is: 'present', zero: false, writable: true })
  t.is(machine.load(0, 0), 0)
  t.is(machine.load(1, 0), 3)
  t.is(machine.load(1, 4), 0)
})

test('a page in swap is shared in its slot, and each side brings back its own', t => {
  const machine = started()
  machine.store(0, 0, 7)
  machine.swapOut(0, 0)
  machine.fork(0, 1)
  t.is(machine.inspect.slotReferencesOf(0), 2)
  t.is(machine.store(1, 0, 8), 0)
  t.is(machine.inspect.slotReferencesOf(0), 1)
  t.is(machine.load(0, 0), 7)
  t.is(machine.inspect.free().slots, roomy.slots)
})

test('a frame that nobody may access now is shared too, and stays out of reach', t => {
  const machine = started()
  machine.store(0, 0, 7)
  machine.mprotect(0, 0, 64, none)
  t.like(entryOf(machine, 0, 0), { is: 'kept', zero: false })
  machine.fork(0, 1)
  t.is(machine.inspect.referencesOf(frameOf(machine, 1, 0)), 2)
  machine.mprotect(1, 0, 64, rw)
  t.like(entryOf(machine, 1, 0), { is: 'present', writable: false })
  t.is(machine.store(1, 0, 8), 0)
  machine.mprotect(0, 0, 64, r)
  t.is(machine.load(0, 0), 7)
})

test('shared memory stays writable on both sides and is never copied', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw, fixed | shared)
  machine.store(0, 0, 7)
  machine.fork(0, 1)
  t.is(machine.store(1, 0, 8), 0)
  t.is(machine.load(0, 0), 8)
  t.is(machine.inspect.referencesOf(frameOf(machine, 0, 0)), 3)
})

test('what a child copied is found from the frame, entry by entry', t => {
  const machine = started()
  machine.store(0, 0, 7)
  machine.fork(0, 1)
  machine.fork(1, 2)
  const frame = frameOf(machine, 0, 0)
  const entries: number[] = []
  machine.inspect.mapsOf(frame, entry => entries.push(entry))
  const expected = [0, 1, 2].map(process => machine.pageTables.walk(machine.inspect.rootOf(process), 0))
  t.deepEqual(entries.toSorted(), expected.toSorted())
  machine.exit(1)
  t.is(machine.inspect.referencesOf(frame), 2)
})
