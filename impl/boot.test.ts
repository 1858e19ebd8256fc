// Impossible boot values are refused with a sentence that names the value; possible ones give a layout without overlap.

import test from 'ava'
import { type BootInfo, settings, tinyBoot, x86Boot } from './boot.js'
import { pageBytes, tiny, userPages, x86 } from './geometry.js'
import { layoutOf } from './layout.js'
import { createMachine } from './machine.js'

const refusals: readonly (readonly [string, Partial<BootInfo>, RegExp])[] = [
  ['no process', { processes: 0 }, /processes must be a whole number of at least 1, not 0/],
  ['half a space', { spaces: 1.5 }, /spaces .* not 1.5/],
  ['no frame', { frames: 0 }, /frames/],
  ['an empty table pool', { tables: { kind: 'separate', frames: 0 } }, /tables.frames/],
  ['fewer than no slots', { slots: -1 }, /slots/],
  ['no region', { regionLimit: 0 }, /regionLimit/],
  ['a page of one entry', { geometry: { name: 'dot', pageShift: 3, levels: 2 } }, /pageShift of geometry dot/],
  ['no level', { geometry: { name: 'flat', pageShift: 6, levels: 0 } }, /levels of geometry flat/],
  ['six levels of 9 bits', { geometry: { name: 'deep', pageShift: 12, levels: 6 } }, /6 levels of 9 index bits/],
  ['two levels of 25 bits', { geometry: { name: 'wide', pageShift: 28, levels: 2 } }, /2 levels of 25 index bits/],
  ['no room for references', { sharers: 0 }, /sharers/],
  ['a gap of less than nothing', { stackGap: -1 }, /stackGap/],
  ['more objects than an id can name', { objects: 4097 }, /objects must be at most 4096, not 4097/],
  ['a limit that is no word', { memlockLimit: 2 ** 31 }, /memlockLimit must be at most 2147483647/],
  ['more reserved frames than frames', { reservedFrames: 17 }, /reservedFrames is 17, but there are only 16 frames/],
  [
    'segments larger than objects',
    { objectPages: 2, segments: { most: 1, pages: 9, largest: 3, sequences: 2 } },
    /segments.largest is 3, but an object has 2 pages at most/,
  ],
  [
    'a file with holes in use',
    { areas: [{ device: 'holes', slots: 1, header: true, on: true, priority: 0 }] },
    /area 0 cannot be on/,
  ],
  [
    'an area in use that was never formatted',
    { areas: [{ device: 'partition', slots: 1, header: false, on: true, priority: 0 }] },
    /area 0 cannot be on/,
  ],
  ['more memory than an engine can hold', { frames: 2 ** 30, geometry: x86 }, /this machine needs \d+ bytes/],
]

for (const [what, values, message] of refusals) {
  test(`a machine with ${what} is refused`, t => {
    t.throws(() => createMachine({ ...tinyBoot, ...values }), { instanceOf: RangeError, message })
  })
}

test('a machine without slots and one with a single frame can be built', t => {
  t.notThrows(() => settings({ ...tinyBoot, slots: 0 }))
  t.is(createMachine({ ...tinyBoot, frames: 1, slots: 0 }).inspect.free().frames, 1)
})

test('the two geometries have the user halves that the specification gives them', t => {
  t.is(userPages(tiny), 32)
  t.is(pageBytes(tiny), 64)
  t.is(userPages(x86), 2 ** 35)
  t.is(pageBytes(x86), 4096)
})

test('nothing in the layout overlaps', t => {
  for (const boot of [tinyBoot, x86Boot, { ...x86Boot, tables: { kind: 'separate', frames: 9 } } as const]) {
    const layout = layoutOf(settings(boot))
    // The words before the first counter are sizes, not places.
    const fields = Object.entries(layout)
    const starts = fields.slice(fields.findIndex(([name]) => name === 'unused')).map(([, at]) => at)
    t.deepEqual(
      starts,
      starts.toSorted((a, b) => a - b),
    )
    t.is(layout.ram % layout.pageWords, 0)
    for (const at of [layout.nodes, layout.spaces]) t.is(at % 2, 0)
    t.is(layout.slots - layout.ram, layout.allFrames * layout.pageWords)
    t.is(layout.zeroFrame, layout.allFrames)
    t.is(layout.kernelImage, layout.allFrames)
    t.true(layout.allFrames >= layout.poolFrames + layout.tableFrames)
    t.true(2 ** (layout.orders - 1) <= layout.poolFrames)
    t.true(layout.nodeCount > boot.spaces * boot.regionLimit)
  }
})

test('what is not said has a value; slots are those of all areas together', t => {
  const area = { device: 'file', slots: 3, header: false, on: false, priority: 0 } as const
  t.is(settings({ ...tinyBoot, areas: [area, area] }).slots, 6)
  t.like(settings(tinyBoot), { profile: 'textbook', stackGap: 1, slots: 4, zeroFrame: false })
  t.deepEqual(settings(tinyBoot).areas, [{ device: 'partition', slots: 4, header: true, on: true, priority: 0 }])
  t.like(settings({ ...tinyBoot, profile: 'linux' }), { stackGap: 256, stackLimit: 2048 })
})
