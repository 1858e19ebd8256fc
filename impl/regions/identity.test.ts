// How a live kernel merges: regions keep their identity, and a boundary between two that agree stays until an operation
// looks at it; chains tell memory apart that was written.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { describe, ENOMEM } from '../answers.js'
import { tinyBoot } from '../boot.js'
import { createMachine, type Machine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { shmFlags } from '../shared-memory/segments.js'
import { mapFlags } from './mapping.js'
import { remapFlags } from './mremap.js'

const { none, r, rw, rwx } = protectionBits
const { fixed, noreserve, shared } = mapFlags
const there = remapFlags.maymove | remapFlags.fixed

function started() {
  const machine = createMachine({ ...tinyBoot, profile: 'linux', frames: 32 })
  machine.spawn(0)
  return machine
}
function regionsOf(machine: Machine, space = 0) {
  const found: unknown[][] = []
  machine.inspect.regions(space, (start, end, _, { chain, offset }) => found.push([start, end, offset, chain]))
  return found
}

test('mappings side by side are one region while nobody wrote, and chains join them or keep them apart', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw, fixed)
  machine.mmap(0, 64, 64, rw, fixed)
  t.deepEqual(regionsOf(machine), [[0, 2, 0, -1]])
  machine.store(0, 0, 1)
  t.deepEqual(regionsOf(machine), [[0, 2, 0, 0]])
  machine.mmap(0, 128, 64, rw, fixed)
  t.deepEqual(regionsOf(machine), [[0, 3, 0, 0]])
  machine.mmap(0, 4 * 64, 64, rw, fixed)
  machine.store(0, 4 * 64, 1)
  machine.mmap(0, 3 * 64, 64, rw, fixed)
  t.deepEqual(regionsOf(machine), [
    [0, 4, 0, 0],
    [4, 5, 4, 1],
  ])
})

test('a neighbour that differs in protection only lends its chain', t => {
  const machine = started()
  machine.mmap(0, 0, 2 * 64, rw, fixed)
  machine.mprotect(0, 0, 64, rwx)
  machine.store(0, 64, 1)
  machine.store(0, 0, 1)
  t.deepEqual(regionsOf(machine), [
    [0, 1, 0, 0],
    [1, 2, 1, 0],
  ])
  machine.mprotect(0, 0, 64, rw)
  t.deepEqual(regionsOf(machine), [[0, 2, 0, 0]])
})

test('memory that was promised and memory that was not are regions apart', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw, fixed)
  machine.mmap(0, 64, 64, rw, fixed | noreserve)
  t.is(machine.inspect.regionCountOf(0), 2)
  machine.mprotect(0, 0, 64, r)
  machine.mprotect(0, 64, 64, r)
  t.is(machine.inspect.regionCountOf(0), 1)
})

test('memory that was written keeps its origin when it moves, and does not merge where it does not belong', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw, fixed)
  machine.mmap(0, 8 * 64, 64, rw, fixed)
  t.is(machine.mremap(0, 0, 64, 64, there, 9 * 64), 9 * 64)
  t.deepEqual(regionsOf(machine), [[8, 10, 8, -1]])
  machine.mmap(0, 0, 64, rw, fixed)
  machine.store(0, 0, 1)
  machine.mremap(0, 0, 64, 64, there, 10 * 64)
  t.deepEqual(regionsOf(machine), [
    [8, 10, 8, -1],
    [10, 11, 0, 0],
  ])
})

test('a child inherits regions one by one, each with a chain of its own', t => {
  const machine = started()
  machine.mmap(0, 0, 64, rw, fixed)
  machine.store(0, 0, 1)
  machine.mmap(0, 128, 64, rw, fixed)
  machine.fork(0, 1)
  t.deepEqual(regionsOf(machine, 1), [
    [0, 1, 0, 1],
    [2, 3, 2, -1],
  ])
  machine.mmap(1, 64, 64, rw, fixed)
  t.deepEqual(regionsOf(machine, 1), [
    [0, 1, 0, 1],
    [1, 3, 1, -1],
  ])
  machine.exit(0)
  machine.exit(1)
  for (const chain of [0, 1]) t.is(machine.inspect.chainReferencesOf(chain), 0)
})

test('regions of a segment keep the boundaries that a change once made', t => {
  const machine = started()
  const id = machine.shmget(0, 0, 3 * 64, shmFlags.creat, 0o600)
  machine.shmat(0, id, 0)
  machine.mprotect(0, 64, 64, none)
  machine.mprotect(0, 64, 64, rw)
  t.is(machine.inspect.regionCountOf(0), 3)
  t.is(machine.inspect.objectAt(0).attachments, 3)
  t.is(machine.shmdt(0, 0), 0)
  t.is(machine.inspect.regionCountOf(0), 0)
})

const step = fc.record({
  name: fc.constantFrom(
    'mmap',
    'mmap',
    'munmap',
    'mprotect',
    'mremap',
    'mremap',
    'lock',
    'unlock',
    'store',
    'store',
    'fork',
  ),
  page: fc.nat(11),
  count: fc.integer({ min: 1, max: 5 }),
  old: fc.integer({ min: 1, max: 5 }),
  to: fc.nat(11),
  request: fc.constantFrom(r, rw, rw, none),
  flags: fc.constantFrom(0, 0, noreserve, shared),
  moving: fc.constantFrom(0, 1, 3, 3, 3, 7, 7, 5),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

function run(machine: Machine, { name, page, count, old, to, request, flags, moving }: Step) {
  const [at, length] = [page * 64, count * 64]
  if (name === 'mmap') return machine.mmap(0, at, length, request, fixed | flags)
  if (name === 'munmap') return machine.munmap(0, at, length)
  if (name === 'mprotect') return machine.mprotect(0, at, length, request)
  // Keeping the length is what moves several regions, and leaves a source mapped.
  const wanted = moving >= 5 || flags === 0 ? old * 64 : length
  if (name === 'mremap') return machine.mremap(0, at, old * 64, wanted, moving, to * 64)
  if (name === 'lock') return machine.mlock2(0, at, length, 1)
  if (name === 'unlock') return machine.munlock(0, at, length)
  if (name === 'store') return machine.store(0, at, 1)
  machine.fork(0, 1)
  machine.exit(0)
  machine.fork(1, 0)
  return machine.exit(1)
}

for (const profile of ['linux', 'textbook'] as const) {
  test(`exactly what would leave one region too many is refused, with the profile ${profile}`, t => {
    const boot = { ...tinyBoot, profile, frames: 48, lowestPage: 20 }
    const [narrow, wide] = [4, 40].map(regionLimit => createMachine({ ...boot, regionLimit }))
    for (const machine of [narrow, wide]) machine.spawn(0)
    const [first, start] = [narrow.snapshot(), wide.snapshot()]
    t.notThrows(() =>
      fc.assert(
        fc.property(fc.array(step, { minLength: 10, maxLength: 50 }), steps => {
          narrow.restore(first)
          wide.restore(start)
          for (const one of steps) {
            const before = wide.snapshot()
            const [answer, free] = [run(narrow, one), run(wide, one)]
            const space = wide.inspect.spaceOf(0)
            const tooMany = wide.inspect.regionCountOf(space) > 4
            assert.equal(describe(answer), tooMany ? describe(ENOMEM) : describe(free))
            if (tooMany) wide.restore(before)
            assert.deepEqual(regionsOf(narrow, narrow.inspect.spaceOf(0)), regionsOf(wide, wide.inspect.spaceOf(0)))
            audit(narrow)
          }
        }),
        { numRuns: 300 },
      ),
    )
  })
}

/** Counters are what is there, chains are held by the regions that have them, and the textbook has no seams. */
function audit(machine: Machine) {
  const { inspect } = machine
  const space = inspect.spaceOf(0)
  const chains = new Map<number, number>()
  const attached = new Map<number, number>()
  let [regions, mapped, locked] = [0, 0, 0]
  let last = 0
  inspect.regions(space, (start, end, _, { lock, chain, object }) => {
    assert.ok(start >= last && end > start)
    last = end
    regions++
    mapped += end - start
    if (lock !== 0) locked += end - start
    chains.set(chain, (chains.get(chain) ?? 0) + 1)
    attached.set(object, (attached.get(object) ?? 0) + 1)
  })
  assert.deepEqual(
    [regions, mapped, locked],
    [inspect.regionCountOf(space), inspect.mappedOf(space), inspect.lockedOf(space)],
  )
  for (let chain = 0; chain < machine.layout.nodeCount; chain++) {
    assert.equal(inspect.chainReferencesOf(chain), chains.get(chain) ?? 0)
  }
  for (let object = 0; object < machine.boot.objects; object++) {
    assert.equal(inspect.objectAt(object).attachments, attached.get(object) ?? 0)
  }
}
