// The child process in which mapping, flushing and shooting down is measured, on as many simulated CPUs as its argument
// says: shootdown.c makes the same steps in the same random order.

import { createInterface } from 'node:readline'
import { createCpus } from '../../impl/concurrency/cpus.js'
import { alone, createCore } from '../../impl/core.js'
import { createFrames } from '../../impl/frames/frames.js'
import { createMachine, LOAD, protectionBits, x86Boot } from '../../impl/index.js'
import { createPageTables } from '../../impl/page-tables/page-tables.js'
import { createTables } from '../../impl/page-tables/tables.js'
import { createGather } from '../../impl/tlb/gather.js'
import { createHardware } from '../../impl/tlb/hardware.js'

const count = Number(process.argv[2])
const firstPage = Number(process.argv[3])
const boot = { ...x86Boot, cpus: count, translations: 16 }
const machine = createMachine(boot)
machine.spawn(0)
const space = machine.inspect.spaceOf(0)
const root = machine.inspect.rootOf(space)

/** The chapters that a CPU needs for this, over the memory that all share. */
function sideOf(cpu: number) {
  const core = createCore(boot, alone, { memory: machine.memory, cpu })
  const cpus = createCpus(core)
  const frames = createFrames(core, cpus)
  const pageTables = createPageTables(core, createTables(core, frames, createGather(core, cpus, frames)))
  cpus.activate(space)
  return { cpus, pageTables, translate: createHardware(core, cpus.tlb, pageTables).translate }
}
const sides = Array.from({ length: count }, (_, cpu) => sideOf(cpu))
const { cpus, pageTables } = sides[0]
const { map, unmap } = pageTables
const { takeAlone, giveAlone, forgetPageEverywhere } = cpus
map(root, firstPage, 0, protectionBits.rw)

function after(random: number) {
  let next = random
  next ^= next << 13
  next ^= next >>> 17
  return next ^ (next << 5)
}
const mix = (sum: number, value: number) => (Math.imul(sum, 31) + value) | 0

function shootdowns(rounds: number, seed: number) {
  let random = seed
  let sum = 0
  for (let i = 0; i < rounds; i++) {
    random = after(random)
    const page = firstPage + 1 + (random & 255)
    takeAlone(space)
    map(root, page, random >>> 20, protectionBits.rw)
    giveAlone(space)
    for (let cpu = 0; cpu < count; cpu++) sum = mix(sum, sides[cpu].translate(space, page, LOAD))
    takeAlone(space)
    sum = mix(sum, unmap(root, page))
    forgetPageEverywhere(space, page)
    giveAlone(space)
  }
  return sum
}

for await (const line of createInterface({ input: process.stdin })) {
  const [, rounds, seed] = line.split(' ').map(Number)
  const start = process.cpuUsage().user
  const checksum = shootdowns(rounds, seed) >>> 0
  process.stdout.write(`${process.cpuUsage().user - start} ${checksum}\n`)
}
