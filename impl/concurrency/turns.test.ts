// CPUs that take turns, one call each, answer what one CPU alone answers: locks, translations and mail change nothing but
// who waits for whom.

import test from 'ava'
import {
  type BootInfo,
  createMachine,
  describe,
  type Machine,
  mapFlags,
  pageBytes,
  protectionBits,
  remapFlags,
  tiny,
  tinyBoot,
  x86,
  x86Boot,
} from '../index.js'

const { fixed, shared, populate, locked } = mapFlags
const { maymove, fixed: to, dontunmap } = remapFlags
const { none, r, rw, rx, guard } = protectionBits

/** A generator of numbers below a bound, the same for the same seed (Park and Miller). */
function numbers(seed: number) {
  let at = seed
  return (bound: number) => {
    at = (at * 48271) % 2147483647
    return at % bound
  }
}

const PAGES = 6
interface Call {
  readonly name: string
  readonly on: (m: Machine) => number
}
/** One call, chosen by numbers; the same numbers make the same call. */
function callOf(draw: (bound: number) => number, page: (index: number) => number, bytes: number): Call {
  const process = draw(3)
  const at = page(draw(PAGES))
  const length = (1 + draw(3)) * bytes
  const protection = [none, r, rw, rw, rw, rx][draw(6)]
  const flags = fixed | [0, 0, shared, populate, locked][draw(5)]
  const child = draw(3)
  const other = page(draw(PAGES))
  const word = 1 + draw(250)
  const move = word < 120 ? maymove : maymove | to
  const moved = maymove | to | (word < 120 ? dontunmap : 0)
  const load: Call = { name: 'load', on: m => m.load(process, at) }
  const store: Call = { name: 'store', on: m => m.store(process, at, word) }
  const calls: readonly Call[] = [
    { name: 'spawn', on: m => m.spawn(process) },
    { name: 'exit', on: m => (word < 100 ? m.exit(process) : 0) },
    { name: 'fork', on: m => m.fork(process, child) },
    { name: 'mmap', on: m => m.mmap(process, at, length, protection, flags) },
    { name: 'mmap', on: m => m.mmap(process, at, length, rw, flags) },
    { name: 'munmap', on: m => m.munmap(process, at, length) },
    { name: 'mprotect', on: m => m.mprotect(process, at, length, word < 20 ? guard : protection) },
    { name: 'mremap', on: m => m.mremap(process, at, bytes, length, move, word < 120 ? 0 : other) },
    { name: 'mremap', on: m => m.mremap(process, at, bytes, bytes, moved, other) },
    { name: 'mlock', on: m => m.mlock(process, at, length) },
    { name: 'munlock', on: m => m.munlock(process, at, length) },
    { name: 'mincore', on: m => m.mincore(process, at, length) },
    { name: 'swapOut', on: m => m.swapOut(process, at) },
    { name: 'swapIn', on: m => m.swapIn(process, at) },
    { name: 'fetch', on: m => m.fetch(process, at) },
    ...Array.from({ length: 6 }, () => load),
    ...Array.from({ length: 6 }, () => store),
  ]
  return calls[draw(calls.length)]
}

const small = { ...tinyBoot, processes: 3, spaces: 3, frames: 14, translations: 4, stackGap: 0 }
const wide = { ...x86Boot, frames: 48, translations: 4, slots: 8 }
const worlds: readonly { readonly name: string; readonly info: BootInfo; readonly base: number }[] = [
  { name: 'tiny', info: small, base: 5 },
  { name: 'tiny with tables of their own', info: { ...small, tables: { kind: 'separate', frames: 9 } }, base: 5 },
  { name: 'tiny with a frame of zeros', info: { ...small, zeroFrame: true }, base: 5 },
  { name: 'tiny as linux', info: { ...small, profile: 'linux', zeroFrame: true }, base: 5 },
  { name: 'x86', info: wide, base: 2 ** 27 - 3 },
  { name: 'x86 at the top, as linux', info: { ...wide, profile: 'linux' }, base: 2 ** 35 - PAGES },
]

for (const { name, info, base } of worlds) {
  test(`what CPUs answer that take turns, one CPU answers: ${name}`, t => {
    const bytes = pageBytes(info.geometry)
    const page = (index: number) => (base + index) * bytes
    for (let seed = 1; seed <= 12; seed++) {
      const alone = createMachine(info)
      const first = createMachine({ ...info, cpus: 3 })
      const all = [0, 1, 2].map(cpu =>
        cpu === 0 ? first : createMachine({ ...info, cpus: 3 }, undefined, { memory: first.memory, cpu }),
      )
      const draw = numbers(seed * 7919)
      for (let step = 0; step < 400; step++) {
        const call = callOf(draw, page, bytes)
        const cpu = draw(3)
        const expected = call.on(alone)
        const answer = call.on(all[cpu])
        if (answer !== expected)
          t.fail(`seed ${seed}, step ${step}, ${call.name}: ${describe(answer)} ${answer}, not ${expected}`)
      }
      t.deepEqual(first.stats(), alone.stats())
    }
  })
}

test('and where pages are evicted, what is read is what was stored', t => {
  for (const geometry of [tiny, x86]) {
    const info = { ...small, geometry, frames: geometry === tiny ? 12 : 16, slots: 12, reclaim: true }
    const bytes = pageBytes(geometry)
    const alone = createMachine({ ...info, frames: 64, reclaim: false })
    let evicted = 0
    for (let seed = 1; seed <= 20; seed++) {
      const first = createMachine({ ...info, cpus: 2 })
      const all = [first, createMachine({ ...info, cpus: 2 }, undefined, { memory: first.memory, cpu: 1 })]
      const draw = numbers(seed * 104729)
      alone.restore(createMachine(alone.boot).snapshot())
      for (let step = 0; step < 300; step++) {
        const call = callOf(draw, index => (base(geometry) + index) * bytes, bytes)
        const cpu = draw(2)
        const before = all[cpu].snapshot()
        const answer = call.on(all[cpu])
        // Memory that one has and the other has not ends the comparison.
        if (/ENOMEM|EAGAIN/.test(describe(answer))) {
          all[cpu].restore(before)
          continue
        }
        evicted = Math.max(evicted, info.slots - first.stats().slots)
        const expected = call.on(alone)
        const isRead = answer >= 0 && answer <= 250 && expected >= 0
        if (isRead && answer !== expected && !ofResidence.includes(call.name))
          t.fail(`${geometry.name}, seed ${seed}, step ${step}, ${call.name}`)
      }
    }
    t.true(evicted > 0, `nothing is evicted at the geometry ${geometry.name}`)
  }
})
const base = ({ name }: { readonly name: string }) => (name === 'tiny' ? 5 : 2 ** 27 - 3)
/** What these answer tells which pages are resident, which depends on what was evicted. */
const ofResidence: readonly string[] = ['mincore', 'swapOut', 'swapIn']
