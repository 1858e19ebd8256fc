// The machine as a whole: random commands against a map of what each process should read, and after each of them an
// audit that accounts for every frame and slot. Snapshots, and hooks that interrupt.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { type Point, points } from '../spec/interface.js'
import {
  alone,
  type BootInfo,
  createMachine,
  decode,
  ENOMEM,
  frameUse,
  type Machine,
  mapFlags,
  pageBytes,
  protectionBits,
  tinyBoot,
  x86Boot,
} from './index.js'

const { r, rw } = protectionBits
const WINDOW = 11

/** Every frame is in use by exactly one page or table, or free; every slot by one entry, or free. */
function audit(machine: Machine) {
  const { boot, inspect } = machine
  const held = new Map<number, number>()
  const slots = new Set<number>()
  const hold = (frame: number, use: number) => {
    assert.ok(!held.has(frame), `frame ${frame} is used twice`)
    held.set(frame, use)
  }
  for (let process = 0; process < boot.processes; process++) {
    const space = inspect.spaceOf(process)
    if (space < 0) continue
    inspect.tables(space, (frame, _level, parent, entries) => {
      hold(frame, frameUse.table)
      assert.equal(entries, entriesInUse(machine, frame))
      assert.ok(entries > 0 || parent < 0, 'an empty table')
    })
    inspect.entries(space, (_, low, high) => {
      const entry = decode(low, high)
      if (entry.is === 'present') hold(entry.frame, frameUse.page)
      else if (entry.is === 'swapped') assert.ok(!slots.has(entry.slot) && slots.add(entry.slot))
      else assert.fail('an entry that is neither absent, present nor swapped')
    })
  }
  const first = machine.layout.poolFrames
  for (let frame = 0; frame < first; frame++) {
    assert.equal(inspect.useOf(frame), held.get(frame) ?? frameUse.free)
    assert.equal(inspect.referencesOf(frame), held.has(frame) ? 1 : 0)
    assert.equal(inspect.isFrameTaken(frame), held.has(frame))
  }
  let freeTables = 0
  inspect.freeTables(frame => {
    freeTables++
    assert.ok(!held.has(frame) && inspect.useOf(frame) === frameUse.spare)
  })
  const pooled = [...held.keys()].filter(frame => frame < first).length
  assert.equal(inspect.free().frames, first - pooled)
  if (boot.tables.kind === 'separate') assert.equal(inspect.free().tables, freeTables)
  for (let slot = 0; slot < boot.slots; slot++) {
    assert.equal(inspect.isSlotTaken(slot), slots.has(slot))
    assert.equal(inspect.slotReferencesOf(slot), slots.has(slot) ? 1 : 0)
  }
}

function entriesInUse({ layout, inspect }: Machine, table: number) {
  let count = 0
  for (let word = 0; word < layout.pageWords; word += 2) {
    if ((inspect.frameWord(table, word) | inspect.frameWord(table, word + 1)) !== 0) count++
  }
  return count
}

const command = fc.record({
  name: fc.constantFrom('spawn', 'exit', 'mmap', 'mmap', 'munmap', 'load', 'store', 'store', 'store', 'out', 'in'),
  process: fc.nat(1),
  page: fc.nat(WINDOW - 1),
  count: fc.integer({ min: 1, max: 4 }),
  value: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
})
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never

/** Runs one command and keeps `expected`, what each page that was written should read as. */
function run(machine: Machine, base: number, expected: Map<string, number>, one: Command) {
  const bytes = pageBytes(machine.boot.geometry)
  const { name, process, page, value } = one
  const count = Math.min(one.count, WINDOW - page)
  const address = (base + page) * bytes
  const forget = (from: number, to: number) => {
    for (let k = from; k < to; k++) expected.delete(`${process} ${k}`)
  }
  if (name === 'spawn') machine.spawn(process)
  else if (name === 'exit') {
    machine.exit(process)
    forget(0, WINDOW)
  } else if (name === 'mmap') {
    if (machine.mmap(process, address, count * bytes, value % 3 === 0 ? r : rw, mapFlags.fixed) >= 0)
      forget(page, page + count)
  } else if (name === 'munmap') {
    if (machine.munmap(process, address, count * bytes) >= 0) forget(page, page + count)
  } else if (name === 'load') {
    const answer = machine.load(process, address + bytes - 4)
    if (answer >= 0) assert.equal(answer, expected.get(`${process} ${page}`) ?? 0)
    else if (expected.has(`${process} ${page}`)) assert.equal(answer, ENOMEM)
  } else if (name === 'store') {
    if (machine.store(process, address + bytes - 4, value) >= 0) expected.set(`${process} ${page}`, value)
  } else if (name === 'out') machine.swapOut(process, address)
  else machine.swapIn(process, address)
}

const machines: Record<string, readonly [BootInfo, number]> = {
  'tiny, counted tables': [{ ...tinyBoot, frames: 9, regionLimit: 3, slots: 2 }, 3],
  'tiny, separate tables': [{ ...tinyBoot, frames: 4, tables: { kind: 'separate', frames: 4 } }, 3],
  'x86 across 512 GiB': [{ ...x86Boot, processes: 2, frames: 14, slots: 2, regionLimit: 3 }, 2 ** 27 - 5],
  'x86 at the top': [{ ...x86Boot, processes: 2, frames: 14, slots: 2, regionLimit: 3 }, 2 ** 35 - WINDOW],
}

for (const [name, [boot, base]] of Object.entries(machines)) {
  test(`what was stored is loaded, and every frame is accounted for: ${name}`, t => {
    const machine = createMachine(boot)
    const empty = machine.snapshot()
    t.notThrows(() =>
      fc.assert(
        fc.property(fc.array(command, { minLength: 10, maxLength: 60 }), commands => {
          machine.restore(empty)
          machine.spawn(0)
          machine.mmap(0, base * pageBytes(boot.geometry), WINDOW * pageBytes(boot.geometry), rw, mapFlags.fixed)
          const expected = new Map<string, number>()
          for (const one of commands) {
            run(machine, base, expected, one)
            audit(machine)
          }
        }),
        { numRuns: 60 },
      ),
    )
  })
}

test('a machine that is restored does exactly what it did before', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 512, rw, mapFlags.fixed)
  machine.store(0, 0, 1)
  const early = machine.snapshot()
  const goOn = () => [machine.store(0, 64, 2), machine.swapOut(0, 0), machine.load(0, 0), machine.munmap(0, 64, 64)]
  const answers = goOn()
  const late = machine.snapshot()
  t.notDeepEqual(early, late)
  machine.restore(early)
  t.deepEqual(machine.snapshot(), early)
  t.deepEqual(goOn(), answers)
  t.deepEqual(machine.snapshot(), late)
})

test('a snapshot continues in another machine of the same boot values, and in no other', t => {
  const [one, two] = [createMachine(tinyBoot), createMachine(tinyBoot)]
  one.spawn(0)
  one.mmap(0, 0, 64, rw, mapFlags.fixed)
  one.store(0, 0, 42)
  two.restore(one.snapshot())
  t.is(two.load(0, 0), 42)
  t.throws(() => createMachine(x86Boot).restore(one.snapshot()), { instanceOf: RangeError, message: /has \d+ bytes/ })
})

test('every point where another CPU may interrupt is passed', t => {
  const passed = new Set<Point>()
  const machine = createMachine(tinyBoot, { ...alone, preempt: point => passed.add(point) })
  machine.spawn(0)
  machine.mmap(0, 0, 64, rw, mapFlags.fixed)
  machine.store(0, 0, 1)
  machine.swapOut(0, 0)
  machine.swapIn(0, 0)
  machine.fork(0, 1)
  machine.store(0, 0, 2)
  machine.munmap(0, 0, 64)
  t.deepEqual([...passed].toSorted(), [...points].toSorted())
})

test('the words of a resident page can be read in its frame', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 64, rw, mapFlags.fixed)
  machine.store(0, 8, 0xffff_fff0)
  machine.inspect.entries(0, (_, low, high) => {
    const entry = decode(low, high)
    t.is(entry.is === 'present' ? machine.inspect.frameWord(entry.frame, 2) : -1, 0xffff_fff0)
  })
})
