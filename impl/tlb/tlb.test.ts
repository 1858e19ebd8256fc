// What a CPU keeps after the tables have changed, and how it is made to forget: two CPUs of one machine in one thread,
// where the hooks of one look at, or act for, the other.

import test from 'ava'
import type { Point } from '../../spec/interface.js'
import {
  alone,
  createMachine,
  frameUse,
  type Hooks,
  type Machine,
  mapFlags,
  protectionBits,
  SEGV_ACCERR,
  SEGV_MAPERR,
  tinyBoot,
} from '../index.js'
import { translationWords } from '../layout.js'

const info = { ...tinyBoot, processes: 3, spaces: 3, cpus: 2, translations: 4 }
const PAGE = 64
const AT = 4 * PAGE
const { r, rw } = protectionBits

/** Two CPUs that have both stored to two pages of process 0. */
function pair(first: Partial<Hooks> = {}, second: Partial<Hooks> = {}) {
  const a = createMachine(info, { ...alone, ...first })
  const b = createMachine(info, { ...alone, ...second }, { memory: a.memory, cpu: 1 })
  a.spawn(0)
  a.mmap(0, AT, 2 * PAGE, rw, mapFlags.fixed)
  for (const machine of [a, b]) for (const page of [0, 1]) machine.store(0, AT + page * PAGE, 7)
  return { a, b }
}

/** The frames that a CPU could reach through what it keeps. */
function keptBy({ memory, layout }: Machine, cpu: number): readonly number[] {
  const words = new Int32Array(memory)
  const from = layout.translations + cpu * info.translations * translationWords
  return Array.from({ length: info.translations }, (_, i) => from + i * translationWords)
    .filter(at => words[at] !== 0)
    .map(at => words[at + 3] >> 2)
}
const isFree = ({ inspect }: Machine, frame: number) => inspect.useOf(frame) === frameUse.free

test('a translation outlives its entry until the CPU is asked, and its frame stays taken as long', t => {
  const seen: { readonly point: Point; readonly kept: number; readonly free: number }[] = []
  const { a } = pair({
    preempt(point) {
      if (!(point === 'tlb.ask' || point === 'frames.free') || !isWatching) return
      const kept = keptBy(a, 1)
      seen.push({ point, kept: kept.length, free: kept.filter(frame => isFree(a, frame)).length })
    },
  })
  let isWatching = true
  t.is(keptBy(a, 1).length, 2)
  a.munmap(0, AT, 2 * PAGE)
  isWatching = false
  t.deepEqual(seen[0], { point: 'tlb.ask', kept: 2, free: 0 })
  t.true(seen.length > 1)
  for (const { point, kept } of seen.slice(1)) t.is(kept, 0, point)
})

test('munmap waits until the other CPU has answered, and gives nothing back before', t => {
  const waits: { readonly point: Point; readonly frames: number }[] = []
  const { a, b } = pair({
    pause(_cpu, _word, _seen, point) {
      waits.push({ point, frames: a.stats().frames })
      // The first time it does not look at its mail.
      if (waits.length > 1) b.poll()
    },
  })
  const before = a.stats().frames
  t.is(a.munmap(0, AT, 2 * PAGE), 0)
  t.deepEqual(waits, [
    { point: 'tlb.await', frames: before },
    { point: 'tlb.await', frames: before },
  ])
  t.is(a.stats().frames, before + 3)
  t.is(b.load(0, AT), SEGV_MAPERR)
})

test('a CPU that runs another process is not asked, and forgets when it comes back', t => {
  const { a, b } = pair({
    pause() {
      t.fail('nobody has to answer')
    },
  })
  b.spawn(1)
  t.is(b.load(1, AT), SEGV_MAPERR)
  a.munmap(0, AT, PAGE)
  t.false(b.hasMail())
  // It still keeps both pages, one of which is no more.
  t.is(keptBy(a, 1).length, 2)
  t.is(b.load(0, AT), SEGV_MAPERR)
  t.is(b.load(0, AT + PAGE), 7)
})

test('who has mail says so, and has none when it has answered', t => {
  const { a, b } = pair({
    pause() {
      t.true(b.hasMail())
      b.poll()
      t.false(b.hasMail())
    },
  })
  t.is(a.mprotect(0, AT, PAGE, r), 0)
  t.is(b.store(0, AT, 8), SEGV_ACCERR)
  t.is(b.store(0, AT + PAGE, 8), 0)
})

test('fork makes the other CPU forget that it may write', t => {
  const { a, b } = pair()
  t.is(a.fork(0, 1), 0)
  t.is(b.store(0, AT, 9), 0)
  t.is(a.load(1, AT), 7)
  t.is(a.load(0, AT), 9)
})

test('a page that is copied is nowhere while the others forget the old frame', t => {
  const reached: number[] = []
  const { a, b } = pair({
    pause() {
      reached.push(keptBy(a, 1).length)
      a.inspect.entries(a.inspect.spaceOf(0), page => reached.push(page))
      b.poll()
    },
  })
  a.fork(0, 1)
  b.load(0, AT)
  reached.length = 0
  t.is(a.store(0, AT, 9), 0)
  // One translation, and of the entries only that of the other page.
  t.deepEqual(reached, [1, 5])
  t.is(b.load(0, AT), 9)
})

test('an evicted page is asked for everywhere, and what a CPU stored before it answered is not lost', t => {
  const { a, b } = pair({
    pause() {
      if (b.hasMail()) {
        t.is(new Int32Array(a.memory)[a.layout.slotBusy], 1)
        b.poll()
      }
    },
  })
  t.is(a.swapOut(0, AT), 0)
  t.is(new Int32Array(a.memory)[a.layout.slotBusy], 0)
  t.is(b.load(0, AT), 7)
})

test('exit makes every CPU leave the space before its tables are free', t => {
  const { a, b } = pair()
  t.is(a.exit(0), 0)
  t.is(a.stats().frames, info.frames)
  t.deepEqual(keptBy(a, 1), [])
  t.is(b.load(0, AT), -3)
})
