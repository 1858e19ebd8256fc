// The frame allocator against a plain set of frames: what is taken is free, what is free can be taken, and the lists,
// the bitmap and the counter always tell the same story.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { EBUSY, EINVAL, ENOMEM, EPERM } from '../answers.js'
import { tinyBoot } from '../boot.js'
import { createCpus } from '../concurrency/cpus.js'
import { alone, createCore } from '../core.js'
import { createInspect } from '../inspect.js'
import { createFrames, frameUse } from './frames.js'

function start(frames: number, tables = 0, reservedFrames = 0) {
  const source = tables > 0 ? ({ kind: 'separate', frames: tables } as const) : ({ kind: 'counted' } as const)
  const core = createCore({ ...tinyBoot, frames, tables: source, slots: 0, reservedFrames }, alone)
  const chapter = createFrames(core, createCpus(core))
  chapter.format()
  return { core, frames: chapter, inspect: createInspect(core) }
}

/** Lists, bitmap and counter name the same free frames; blocks are aligned, inside, and as merged as they can be. */
function checkBooks({ core, inspect }: ReturnType<typeof start>, taken: ReadonlySet<number>) {
  const { poolFrames, orders } = core.layout
  const orderOf = new Map<number, number>()
  const free = new Set<number>()
  inspect.freeBlocks((frame, order) => {
    assert.equal(frame % 2 ** order, 0)
    orderOf.set(frame, order)
    for (let member = frame; member < frame + 2 ** order; member++) {
      assert.ok(!free.has(member) && member < poolFrames)
      free.add(member)
    }
  })
  for (const [frame, order] of orderOf) {
    if (order < orders - 1) assert.notEqual(orderOf.get(frame ^ (1 << order)), order, 'two free buddies')
  }
  for (let frame = 0; frame < poolFrames; frame++) {
    assert.equal(free.has(frame), !taken.has(frame))
    assert.equal(inspect.isFrameTaken(frame), taken.has(frame))
  }
  assert.equal(inspect.free().frames, free.size)
}

const step = fc.record({ gives: fc.boolean(), order: fc.nat(5), pick: fc.nat(1000) })

test('lists, bitmap and counter agree after any blocks are taken and given back', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3, 7, 16, 33, 100), fc.array(step, { maxLength: 50 }), (size, steps) => {
        const machine = start(size)
        const { take, give } = machine.frames.buddy
        const taken = new Set<number>()
        const blocks: { frame: number; order: number }[] = []
        for (const { gives, order, pick } of steps) {
          if (gives && blocks.length > 0) {
            const [block] = blocks.splice(pick % blocks.length, 1)
            give(block.frame, block.order)
            for (let k = 0; k < 2 ** block.order; k++) taken.delete(block.frame + k)
          } else {
            const frame = take(order)
            if (frame < 0) continue
            blocks.push({ frame, order })
            for (let k = 0; k < 2 ** order; k++) {
              assert.ok(!taken.has(frame + k), 'handed out twice')
              taken.add(frame + k)
            }
          }
          checkBooks(machine, taken)
        }
      }),
    ),
  )
})

test('every frame can be taken, and then no more', t => {
  const { frames } = start(37)
  const taken = Array.from({ length: 37 }, () => frames.allocate())
  t.deepEqual(
    taken.toSorted((a, b) => a - b),
    Array.from({ length: 37 }, (_, frame) => frame),
  )
  t.is(frames.allocate(), -1)
  t.is(frames.takePage(), -1)
})

test('taking a frame and giving it back leaves every word as it was', t => {
  const { core, frames } = start(37)
  const held = [frames.allocate(), frames.allocate(), frames.allocate()]
  frames.free(held[1])
  const before = core.words.slice()
  const [first, second] = [frames.allocate(), frames.allocate()]
  t.notDeepEqual(core.words, before)
  frames.free(second)
  frames.free(first)
  t.deepEqual(core.words, before)
})

test('giving a frame back twice throws', t => {
  const { frames } = start(16)
  const frame = frames.allocate()
  frames.free(frame)
  t.throws(() => frames.free(frame), { message: /frame \d+ is free already/ })
})

test('a frame inside a block that is given back must be taken too', t => {
  const { frames } = start(16)
  const block = frames.buddy.take(2)
  frames.free(block + 1)
  t.throws(() => frames.buddy.give(block, 2), { message: /is free already/ })
})

test('a frame that does not exist cannot be given back', t => {
  const { frames } = start(16)
  for (const frame of [-1, 16]) t.throws(() => frames.free(frame), { instanceOf: RangeError })
  t.throws(() => frames.buddy.give(1, 1), { instanceOf: RangeError, message: /no block of order 1 starts at frame 1/ })
})

test("a page's frame is free once it is given back, and cannot be given back twice", t => {
  const { frames, inspect } = start(16)
  const frame = frames.takePage()
  t.is(inspect.useOf(frame), frameUse.page)
  t.is(inspect.referencesOf(frame), 1)
  frames.free(frame)
  t.false(inspect.isFrameTaken(frame))
  t.is(inspect.useOf(frame), frameUse.free)
  t.is(inspect.referencesOf(frame), 0)
  t.throws(() => frames.free(frame), { message: /is free already/ })
})

test('frames set aside for tables come from their own pool and return to it', t => {
  const { frames, inspect } = start(4, 3)
  t.is(inspect.useOf(4), frameUse.spare)
  const tables = [frames.takeTable(), frames.takeTable(), frames.takeTable()]
  t.deepEqual(tables, [4, 5, 6])
  t.is(frames.takeTable(), -1)
  t.deepEqual(inspect.free(), { frames: 4, tables: 0, slots: 0 })
  frames.giveTable(5)
  const free: number[] = []
  inspect.freeTables(frame => free.push(frame))
  t.deepEqual(free, [5])
  t.throws(() => frames.giveTable(5), { message: /frame 5 is given back as a page table but is none/ })
})

test('counted tables come from the pool of pages', t => {
  const { frames, inspect } = start(2)
  const table = frames.takeTable()
  t.is(inspect.useOf(table), frameUse.table)
  t.deepEqual(inspect.free(), { frames: 1, tables: 1, slots: 0 })
  frames.giveTable(table)
  t.is(inspect.free().frames, 2)
})

test('one frame can be taken out of any free block, and no other', t => {
  for (const size of [1, 7, 16, 33]) {
    for (let wanted = 0; wanted < size; wanted++) {
      const machine = start(size)
      t.true(machine.frames.buddy.takeAt(wanted))
      t.notThrows(() => checkBooks(machine, new Set([wanted])))
      t.false(machine.frames.buddy.takeAt(wanted))
      machine.frames.free(wanted)
      t.notThrows(() => checkBooks(machine, new Set()))
    }
  }
})

test('a reserved frame is out of use for good', t => {
  const { frames, inspect } = start(4)
  t.is(frames.reserve(2), 0)
  t.is(frames.reserve(2), EPERM)
  t.is(frames.freeKernel(2), EPERM)
  t.is(inspect.useOf(2), frameUse.reserved)
  t.deepEqual([frames.takePage(), frames.takePage(), frames.takePage(), frames.takePage()].toSorted(), [-1, 0, 1, 3])
  t.is(frames.reserve(0), EBUSY)
  for (const frame of [-1, 0.5, 4, 1e9]) t.is(frames.reserve(frame), EINVAL)
})

test("the kernel's frames are cleared, and every mistake in giving them back has its own error", t => {
  const { core, frames, inspect } = start(2)
  core.words.fill(77, core.layout.ram)
  const frame = frames.allocateKernel()
  for (let word = 0; word < 16; word++) t.is(inspect.frameWord(frame, word), 0)
  const page = frames.takePage()
  t.is(frames.allocateKernel(), ENOMEM)
  t.is(frames.freeKernel(page), EBUSY)
  t.is(frames.freeKernel(frame), 0)
  t.is(frames.freeKernel(frame), EINVAL)
  t.is(frames.freeKernel(99), EINVAL)
})

test('frames set aside for firmware at boot are never handed out', t => {
  const { frames } = start(4, 0, 3)
  t.is(frames.takePage(), 3)
  t.is(frames.takePage(), -1)
  t.is(frames.reserve(0), EPERM)
})

test('a frame is free when its last reference goes', t => {
  const { frames, inspect } = start(2)
  const frame = frames.takePage()
  frames.get(frame)
  frames.put(frame)
  t.is(inspect.referencesOf(frame), 1)
  frames.put(frame)
  t.false(inspect.isFrameTaken(frame))
  t.throws(() => frames.put(frame), { message: /is free already/ })
})
