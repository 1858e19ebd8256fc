// The page of a counterexample holds all of a state, of every chapter, and stays small however long the trace is.

import test from 'ava'
import { type Machine, PackedEngine, show } from '../model/kit/index.js'
import { type Shot, shotsOf } from '../reports/html/states.js'
import { canDraw, picture, renderCounterexample } from '../reports/index.js'
import { initialState } from './explorer/initial.js'
import { leavesOf, walk } from './explorer/trace.js'
import { toldTrace } from './result.js'
import { bindScope, loadScope } from './scope/index.js'

/** Between them they have every part that the state of the memory system can have. */
const covering = [
  'smp-pin-shared',
  'random-linux',
  'smp-one-tag',
  'smp-region-locks',
  'smp-tables',
  'smp-areas',
  'smp-file-both',
  'smp-remembered',
  'kernel-frames',
  'smp-kernel-half',
  'counted',
]
const shapeOf = (path: string): string => path.replace(/\d+/g, '')

/** Where nothing is, nothing is drawn: what a part is in, is in use. */
const inUse: { readonly [shape: string]: string } = {
  'spaces[].users': '1',
  'spaces[].pages[].region': 'rw',
  'spaces[].nodes[].use': 'live',
  'objects[].kind': 'segment',
  'objects[].size': '2',
  'frames[].references': '1',
}

/** For each shape of a leaf, the first that there is, with all that it may hold. */
function variants(machine: Machine): readonly (readonly [path: string, values: readonly string[]])[] {
  const found = new Map<string, readonly [string, readonly string[]]>()
  for (const { path, domain } of machine.layout.cells) {
    const values = domain.values.map(value => show(value, domain.spec))
    if (!found.has(shapeOf(path)))
      found.set(shapeOf(path), [path, [...new Set([...values.slice(0, 6), ...values.slice(-6)])]])
  }
  return [...found.values()]
}

test('nothing of a state is invisible: whatever a leaf holds, the picture is another one', t => {
  const shapes = new Set<string>()
  for (const name of covering) {
    const { machine } = bindScope(loadScope(name))
    const leaves = new Map(
      leavesOf(machine, initialState(machine)).map(({ path, value }) => [path, inUse[shapeOf(path)] ?? value]),
    )
    // `none` is what an optional leaf may hold, and where it holds 0 that is a member.
    const optional = new Set(
      machine.layout.cells.flatMap(({ path, domain }) =>
        domain.values.some(value => show(value, domain.spec) === 'none') ? [path.replace(/\[\d+\]/g, '[]')] : [],
      ),
    )
    const drawn = (path: string, value: string) => {
      const shot: Shot = {
        leaves: new Map([...leaves, [path, value]]),
        changed: new Set(),
        before: new Map(),
        optional,
      }
      return picture(shot, [], 'p').toString()
    }
    for (const [path, values] of variants(machine)) {
      if (shapes.has(shapeOf(path))) continue
      shapes.add(shapeOf(path))
      const pictures = new Set(values.map(value => drawn(path, value)))
      t.is(pictures.size, values.length, `${name}: ${path} of ${values.join(', ')}`)
    }
  }
  t.true(shapes.size > 100)
})

/** Transitions taken as a fixed sequence of numbers says. */
function wandering(machine: Machine, length: number): readonly number[] {
  const engine = new PackedEngine(machine)
  const ordinals: number[] = []
  let state = initialState(machine)
  for (let seed = 7; ordinals.length < length; seed = (seed * 48_271) % 2_147_483_647) {
    const next: Uint8Array[] = []
    engine.load(state)
    engine.transitions(() => next.push(engine.bytes.slice()))
    const ordinal = seed % next.length
    ordinals.push(ordinal)
    state = next[ordinal]
  }
  return ordinals
}

for (const name of ['smp-tags', 'smp-region-fork', 'smp-refusals-linux']) {
  test.serial(`fifty steps of ${name} are less than 300 kB, with all that the page tells`, t => {
    const bound = bindScope(loadScope(name))
    const { machine, scope, bounds } = bound
    machine.open()
    const trace = toldTrace(bound, walk(machine, wandering(machine, 50)))
    t.true(shotsOf(trace).every(canDraw))
    const claim = { id: 'x/y', says: 'x', rule: '', verdict: 'violated', trace } as const
    const page = renderCounterexample({
      scope: { name: scope.name, bounds, granularity: scope.granularity, states: 0, depth: 50 },
      claim,
      version: '0',
    })
    const bytes = Buffer.byteLength(page)
    t.log(`${bytes} bytes`)
    t.true(bytes < 300_000, `${bytes} bytes`)
  })
}
