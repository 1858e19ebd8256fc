import test from 'ava'
import fc from 'fast-check'
import { ids, machineOf, type ObjectId, type Page, type State, state, viewOf } from '../index.js'
import { blankSetting, blankSystem } from '../kit/blank.js'
import {
  type Attributes,
  agree,
  copyOf,
  isMapped,
  regionAt,
  regionsOf,
  type Sketch,
  sketchOf,
  unmapped,
} from './attributes.js'
import { merged } from './identity.js'
import { become, growDown } from './regions.js'

const pages = 6
const sizes = {
  process: 1,
  space: 1,
  page: pages,
  frame: 1,
  region: pages,
  object: 2,
  part: pages,
  chain: 3,
  user: 1,
  cpu: 0,
}

/** A fresh state, with two segments that nobody has attached. */
function fresh(profile: 'textbook' | 'linux') {
  const setting = blankSetting('whole', sizes)
  const switches = { profile, window: 'top', locking: 'on', stacks: 'on' }
  const machine = machineOf(
    { ...blankSystem, name: 'regions', state, operations: [] },
    { ...setting, bounds: { sizes, switches } },
  )
  const m = viewOf(machine.layout, { bytes: new Uint8Array(machine.bytes) }) as State
  for (const o of m.objects) o.kind = 'segment'
  return { m, space: ids(m.spaces)[0] }
}

/** A page as some operation might leave it; what it does not say is as in pages that are not mapped. */
const somePage = fc.record({
  region: fc.constantFrom('unmapped' as const, 'r' as const, 'rw' as const),
  lock: fc.constantFrom('none' as const, 'locked' as const),
  object: fc.constantFrom(null, 0 as ObjectId, 1 as ObjectId),
  offset: fc.integer({ min: 0, max: pages - 1 }),
})
const somePages = fc.array(somePage, { minLength: pages, maxLength: pages })
type Some = Pick<Attributes, 'region' | 'lock' | 'object' | 'offset'>
const drawn = (of: readonly Some[], numbered: boolean): Sketch =>
  of.map(({ region, lock, object, offset }) =>
    region === 'unmapped'
      ? copyOf(unmapped)
      : { ...unmapped, region, lock, object, offset: object === null && !numbered ? 0 : offset },
  )

for (const profile of ['textbook', 'linux'] as const) {
  test(`what a space counts is what its pages show: ${profile}`, t => {
    fc.assert(
      fc.property(fc.array(somePages, { minLength: 1, maxLength: 4 }), sketches => {
        const { m, space } = fresh(profile)
        for (const sketch of sketches) become(m, space, drawn(sketch, m.limits.linux))
        const now = sketchOf(m, space)
        const starts = regionsOf(m, now)
        t.is(m.spaces[space].regions, starts.length)
        t.is(m.spaces[space].mapped, now.filter(isMapped).length)
        t.is(m.spaces[space].locked, now.filter(it => it.lock === 'locked').length)
        for (const o of ids(m.objects)) {
          t.is(m.objects[o].attachments, starts.filter(v => now[v].object === o).length)
        }
      }),
    )
  })

  test(`regions cover the mapped pages, each once: ${profile}`, t => {
    fc.assert(
      fc.property(somePages, some => {
        const { m } = fresh(profile)
        const sketch = drawn(some, m.limits.linux)
        const covered = regionsOf(m, sketch).flatMap(v => {
          const { page, count } = regionAt(m, sketch, v)
          return Array.from({ length: count }, (_, i) => page + i)
        })
        t.deepEqual(
          covered,
          sketch.flatMap((it, v) => (isMapped(it) ? [v] : [])),
        )
      }),
    )
  })
}

test('a boundary stays when both sides come to agree, until it is looked at', t => {
  const { m, space } = fresh('linux')
  const page = (v: number, lock: 'none' | 'locked') => ({ ...unmapped, region: 'rw' as const, offset: v, lock })
  become(
    m,
    space,
    [0, 1, 2, 3, 4, 5].map(v => page(v, v < 3 ? 'locked' : 'none')),
  )
  const unlocked = sketchOf(m, space).map(it => ({ ...it, lock: 'none' as const }))
  become(m, space, unlocked)
  t.deepEqual(regionsOf(m, sketchOf(m, space)), [0, 3])
  t.true(m.spaces[space].pages[3 as Page].seam)
  become(m, space, merged(m, sketchOf(m, space), { page: 3 as Page, count: 1 }))
  t.deepEqual(regionsOf(m, sketchOf(m, space)), [0])
})

test('a seam stands only between pages that agree', t => {
  fc.assert(
    fc.property(fc.array(somePages, { minLength: 1, maxLength: 4 }), sketches => {
      const { m, space } = fresh('linux')
      for (const sketch of sketches) become(m, space, drawn(sketch, true))
      const { pages: now } = m.spaces[space]
      for (const v of ids(now)) t.true(!now[v].seam || agree(m, now[(v - 1) as Page], now[v]))
    }),
  )
})

test('a stack that grows stays one region', t => {
  for (const profile of ['textbook', 'linux'] as const) {
    const { m, space } = fresh(profile)
    const stack = { ...unmapped, region: 'rw' as const, grows: true, offset: m.limits.linux ? 4 : 0 }
    become(
      m,
      space,
      [0, 1, 2, 3, 4, 5].map(v => (v === 4 ? stack : copyOf(unmapped))),
    )
    growDown(m, space, 2 as Page, 4 as Page)
    t.deepEqual(regionAt(m, sketchOf(m, space), 3 as Page), { page: 2 as Page, count: 3 })
    t.is(m.spaces[space].regions, 1)
  }
})
