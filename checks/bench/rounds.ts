// The rounds by which the implementation is measured: the same operations in the same random order as rounds.c makes,
// so that both sides come to the same checksum. Each round is called often with a few milliseconds of work.

import { type BootInfo, createMachine, mapFlags, protectionBits, userPages, x86Boot } from '../../impl/index.js'

/** Machines keep the books that reclaim needs; the rounds never come to need it. */
export const benchBoot: BootInfo = { ...x86Boot, reclaim: true }

const PAGE = 4096
/** Where Linux starts to map: pages there have numbers above 2^32, as in real life. */
const FIRST_PAGE = 0x7f0000000
const BASE = FIRST_PAGE * PAGE
/** 16 pages of a region and a hole of 4. */
const STRIDE = 20 * PAGE
const DROPPED = BASE + 100 * STRIDE
const SCRATCH = FIRST_PAGE + 2 ** 24
/** A region at the very top, as a stack is: what may go anywhere goes below it. */
const TOP = (userPages(benchBoot.geometry) - 1) * PAGE
const LIVE = 1024
const RESIDENT = 16
const { r, rw } = protectionBits
const { fixed } = mapFlags

/** Runs a number of operations, chosen at random from a seed on, and returns a checksum of all they answered. */
export type Round = (count: number, seed: number) => number

/** The next number of xorshift32 (Marsaglia 2003). */
function after(random: number) {
  let next = random
  next ^= next << 13
  next ^= next >>> 17
  return next ^ (next << 5)
}
const mix = (sum: number, value: number) => (Math.imul(sum, 31) + value) | 0

/** One of the resident pages: of region 0 … 15 the first 16. */
const pageIn = (random: number) => FIRST_PAGE + ((random >>> 4) & 15) * 20 + (random & 15)
const resident = (random: number) => pageIn(random) * PAGE
/** One of the 64 pages of the process that forks. */
const forked = (random: number) => resident(random & 63)

/**
 * A fresh machine with 64 regions, 256 resident pages and 1024 frames in other hands, a second process of 64 resident
 * pages; and what is done with them.
 */
export function createRounds(): { readonly [name: string]: Round } {
  const machine = createMachine(benchBoot)
  const { mmap, munmap, load, store, swapOut, swapIn, fork, exit, layout, inspect } = machine
  const { allocate, free } = machine.frames
  const { walk, map, unmap } = machine.pageTables
  const RAM = layout.ram
  machine.spawn(0)
  const root = inspect.rootOf(inspect.spaceOf(0))
  for (let i = 0; i < 64; i++) mmap(0, BASE + i * STRIDE, RESIDENT * PAGE, rw, fixed)
  for (let i = 0; i < 256; i++) store(0, resident(i), i)
  const live = Int32Array.from({ length: LIVE }, () => allocate())
  map(root, SCRATCH, live[0], rw)
  mmap(0, DROPPED, 65 * PAGE, rw, fixed)
  store(0, DROPPED, 1)
  const placed = new Float64Array(64)
  const lengths = new Int32Array(64)
  mmap(0, TOP, PAGE, r, fixed)
  load(0, TOP)
  machine.spawn(1)
  for (let i = 0; i < 4; i++) mmap(1, BASE + i * STRIDE, RESIDENT * PAGE, rw, fixed)
  for (let i = 0; i < 64; i++) store(1, forked(i), i)

  const generator: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let i = 0; i < count; i++) {
      random = after(random)
      sum = mix(sum, random)
    }
    return sum
  }
  const frames: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let i = 0; i < count; i++) {
      random = after(random)
      const chosen = random & (LIVE - 1)
      free(live[chosen])
      live[chosen] = allocate()
      sum = mix(sum, live[chosen])
    }
    return sum
  }
  const walks: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let i = 0; i < count; i++) {
      random = after(random)
      sum = mix(sum, walk(root, pageIn(random)) - RAM)
    }
    return sum
  }
  const maps: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let i = 0; i < count; i++) {
      random = after(random)
      const page = SCRATCH + 1 + (random & 255)
      map(root, page, random >>> 20, rw)
      sum = mix(sum, unmap(root, page))
    }
    return sum
  }
  const loads: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let i = 0; i < count; i++) {
      random = after(random)
      sum = mix(sum, load(0, resident(random)))
    }
    return sum
  }
  const stores: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let i = 0; i < count; i++) {
      random = after(random)
      sum = mix(sum, store(0, resident(random), i))
    }
    return sum
  }
  const mappings: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let i = 0; i < count; i++) {
      random = after(random)
      const address = BASE + (random & 63) * STRIDE + 17 * PAGE
      sum = mix(sum, mmap(0, address, PAGE, rw, fixed) / PAGE)
      sum = mix(sum, munmap(0, address, PAGE))
    }
    return sum
  }
  /** Each page is stored to, read back somewhere, and dropped together with 63 others. */
  const faults: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let done = 0; done < count; done += 64) {
      random = after(random)
      for (let i = 0; i < 64; i++) {
        const address = DROPPED + (1 + ((random + i * 37) & 63)) * PAGE
        store(0, address + ((random >>> 20) & 0xffc), random)
        sum = mix(sum, load(0, address + ((random >>> 8) & 0xffc)))
      }
      sum = mix(sum, munmap(0, DROPPED + PAGE, 64 * PAGE))
      mmap(0, DROPPED + PAGE, 64 * PAGE, rw, fixed)
    }
    return sum
  }
  const swaps: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let i = 0; i < count; i++) {
      random = after(random)
      const address = resident(random)
      sum = mix(sum, swapOut(0, address))
      sum = mix(sum, swapIn(0, address))
      sum = mix(sum, load(0, address))
    }
    return sum
  }
  /** Anywhere: in the highest hole below the topmost region, where tables are; 64 mappings are there at a time. */
  const touches: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let i = 0; i < count; i++) {
      random = after(random)
      const chosen = random & 63
      if (lengths[chosen] !== 0) sum = mix(sum, munmap(0, placed[chosen], lengths[chosen]))
      lengths[chosen] = (1 + ((random >>> 6) & 3)) * PAGE
      placed[chosen] = mmap(0, null, lengths[chosen], rw, 0)
      sum = mix(sum, store(0, placed[chosen] + ((random >>> 20) & 0xffc), random))
      sum = mix(sum, placed[chosen] / PAGE)
    }
    return sum
  }
  const forks: Round = (count, seed) => {
    let sum = seed
    for (let i = 0; i < count; i++) {
      sum = mix(sum, fork(1, 2))
      sum = mix(sum, exit(2))
    }
    return sum
  }
  /** A child writes to each of its 64 pages, all of which its parent has too; then it ends. */
  const copies: Round = (count, seed) => {
    let random = seed
    let sum = 0
    for (let done = 0; done < count; done += 64) {
      random = after(random)
      fork(1, 2)
      for (let i = 0; i < 64; i++) {
        sum = mix(sum, store(2, forked(random + i * 37) + ((random >>> 20) & 0xffc), random))
      }
      sum = mix(sum, load(2, forked(random >>> 8) + ((random >>> 20) & 0xffc)))
      exit(2)
    }
    return sum
  }
  /** Every word of the frames and of the swap area. */
  const memory: Round = (_, seed) => {
    const words = new Int32Array(machine.memory, RAM * 4)
    let sum = seed
    for (const word of words.subarray(0, layout.slots + benchBoot.slots * layout.pageWords - RAM)) sum = mix(sum, word)
    return sum
  }

  return { generator, frames, walks, maps, loads, stores, mappings, faults, swaps, touches, forks, copies, memory }
}
