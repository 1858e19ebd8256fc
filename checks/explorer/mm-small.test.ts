// MM-small, whose exact size four established checkers agree on, against the kit, both engines, and a second, plain
// writing-down of its rules in this file: strings in a set, and nothing of the kit.

import test from 'ava'
import { machineOf, PackedEngine, rename } from '../../model/kit/index.js'
import { settingOf, sized } from '../toys/index.js'
import { mmSmall } from '../toys/mm-small.js'
import { type EngineName, explore } from './explore.js'
import { initialState } from './initial.js'
import { walk } from './trace.js'

type Sizes = readonly [process: number, page: number, frame: number, slot: number]
const machine = ([process, page, frame, slot]: Sizes, mutant = -1) =>
  machineOf(
    mmSmall,
    settingOf(mmSmall, 'whole', { ...sized({ process, page, frame, slot }), mutant: mmSmall.mutants[mutant] ?? null }),
  )
const table = (sizes: Sizes, engine: EngineName = 'packed') => {
  const { verdict, states, transitions, unchanged, depth } = explore(machine(sizes), { engine })
  return { verdict, states, transitions, unchanged, depth }
}
const holds = { verdict: 'holds' as const, unchanged: 0 }

const exact = { ...holds, states: 10_432, transitions: 95_180, depth: 14 }
test('bounds 2,2,2,1 have the size that four checkers agree on', t => t.deepEqual(table([2, 2, 2, 1]), exact))

test('bounds A (2,2,4,2) have the size that four checkers agree on', t => {
  t.deepEqual(table([2, 2, 4, 2]), { ...holds, states: 169_324, transitions: 1_920_776, depth: 20 })
})

test('the seeded bug is found in four commands: spawn, mmap rw, write fault, fork', t => {
  const seeded = machine([2, 2, 2, 1], 0)
  const { found } = explore(seeded)
  t.is(found?.claim, 'mm-small/writable-owns-its-frame')
  const steps = walk(seeded, found?.path ?? [])
  t.deepEqual(
    steps.map(s => s.operation),
    ['spawn', 'mmap', 'write fault', 'fork'],
  )
  t.is(steps[1].command.args.prot, 'rw')
})

for (const [i, mutant] of mmSmall.mutants.entries()) {
  test(`the mutant is found: ${mutant.title}`, t => t.is(explore(machine([2, 2, 2, 1], i)).verdict, 'violated'))
}

// The rules once more.

type Entry =
  | { is: 'unmapped' }
  | { is: 'notPresent'; prot: string }
  | { is: 'present'; prot: string; writable: boolean; cow: boolean; frame: number }
  | { is: 'swapped'; prot: string; slot: number }
interface State {
  alive: boolean[]
  entries: Entry[][]
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
const all = (s: State) => s.entries.flat()
const uses = (s: State, frame: number) => all(s).filter(e => e.is === 'present' && e.frame === frame).length
const freeFrame = (s: State, frames: number) => upTo(frames).find(f => uses(s, f) === 0)
const freeSlot = (s: State, slots: number) =>
  upTo(slots).find(n => !all(s).some(e => e.is === 'swapped' && e.slot === n))

/** Every state that one command leads to. */
function successors(text: string, [processes, pages, frames, slots]: Sizes): string[] {
  const found: string[] = []
  const now = (): State => JSON.parse(text)
  const to = (change: (s: State) => void) => {
    const s = now()
    change(s)
    found.push(JSON.stringify(s))
  }
  const s = now()
  const f = freeFrame(s, frames)
  for (const p of upTo(processes)) {
    if (!s.alive.includes(true)) {
      to(n => {
        n.alive[p] = true
      })
    }
    if (!s.alive[p]) continue
    to(n => {
      n.alive[p] = false
      n.entries[p] = n.entries[p].map(() => ({ is: 'unmapped' }))
    })
    for (const child of upTo(processes).filter(c => !s.alive[c])) {
      to(n => {
        n.alive[child] = true
        n.entries[p] = n.entries[p].map(e => (e.is === 'present' ? { ...e, writable: false, cow: true } : e))
        n.entries[child] = structuredClone(n.entries[p])
      })
    }
    for (const v of upTo(pages)) {
      const e = s.entries[p][v]
      const put = (entry: Entry) =>
        to(n => {
          n.entries[p][v] = entry
        })
      const fresh = (prot: string, writable: boolean) => {
        if (f !== undefined) put({ is: 'present', prot, writable, cow: false, frame: f })
      }
      if (e.is === 'unmapped') for (const prot of ['r', 'rw']) put({ is: 'notPresent', prot })
      else put({ is: 'unmapped' })
      if (e.is === 'notPresent' || e.is === 'swapped') fresh(e.prot, false)
      if (e.is === 'unmapped' || e.prot === 'r') continue
      if (e.is !== 'present') fresh('rw', true)
      else if (!e.writable && uses(s, e.frame) > 1) fresh('rw', true)
      else if (!e.writable) put({ is: 'present', prot: 'rw', writable: true, cow: false, frame: e.frame })
    }
  }
  const slot = freeSlot(s, slots)
  for (const frame of upTo(frames)) {
    if (uses(s, frame) === 0 || slot === undefined) continue
    const out = (e: Entry): Entry =>
      e.is === 'present' && e.frame === frame ? { is: 'swapped', prot: e.prot, slot } : e
    to(n => {
      n.entries = n.entries.map(row => row.map(out))
    })
  }
  return found
}

function plainly(sizes: Sizes) {
  const [processes, pages] = sizes
  const none: State = {
    alive: upTo(processes).map(() => false),
    entries: upTo(processes).map(() => upTo(pages).map(() => ({ is: 'unmapped' }))),
  }
  let level = new Set([JSON.stringify(none)])
  const seen = new Set(level)
  let transitions = 0
  let depth = -1
  for (; level.size > 0; depth++) {
    const next = new Set<string>()
    for (const state of level) {
      for (const successor of successors(state, sizes)) {
        transitions++
        if (!seen.has(successor)) next.add(successor)
        seen.add(successor)
      }
    }
    level = next
  }
  return { ...holds, states: seen.size, transitions, depth }
}

const bounds: readonly Sizes[] = [
  [1, 1, 1, 1],
  [1, 3, 2, 1],
  [2, 1, 3, 2],
  [3, 1, 2, 1],
  [2, 2, 1, 1],
  [2, 2, 2, 0],
  [2, 2, 3, 1],
]
for (const sizes of bounds) {
  test(`bounds ${sizes.join()} have the size that the rules have when written down plainly`, t => {
    t.deepEqual(table(sizes), plainly(sizes))
  })
}

// Symmetry.

function reachable(sizes: Sizes): { machine: ReturnType<typeof machine>; states: Map<string, Uint8Array> } {
  const it = machine(sizes)
  const engine = new PackedEngine(it)
  const first = initialState(it)
  const states = new Map([[first.join(), first]])
  for (const state of states.values()) {
    engine.load(state)
    engine.transitions(() => {
      const next = engine.bytes.slice()
      if (!states.has(next.join())) states.set(next.join(), next)
    })
  }
  return { machine: it, states }
}

function permutations(count: number): number[][] {
  if (count === 0) return [[]]
  return permutations(count - 1).flatMap(p => upTo(count).map(at => [...p.slice(0, at), count - 1, ...p.slice(at)]))
}

test('up to the names of processes, pages, frames and slots, bounds 2,2,2,1 have 1,395 states', t => {
  const { machine: it, states } = reachable([2, 2, 2, 1])
  t.is(states.size, 10_432)
  const { sizes } = it.setting.bounds
  const images = (bytes: Uint8Array) =>
    ['process', 'page', 'frame', 'slot'].reduce(
      (some, set) => some.flatMap(b => permutations(sizes[set]).map(to => rename(it.layout, b, set, to))),
      [bytes],
    )
  const left = new Set(states.keys())
  let classes = 0
  for (const [key, bytes] of states) {
    if (!left.has(key)) continue
    classes++
    for (const image of images(bytes)) {
      left.delete(image.join())
    }
  }
  t.is(classes, 1395)
})

// Last, because recipes that have met immer's proxies run slower from then on.
test('bounds 2,2,2,1 have the same size on immer', t => t.deepEqual(table([2, 2, 2, 1], 'immer'), exact))
