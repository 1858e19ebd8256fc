// Impossible boot values are refused with a sentence that names the value; possible ones give a layout without overlap.

import test from 'ava'
import { type BootInfo, tinyBoot, validate, x86Boot } from './boot.js'
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
  ['more memory than an engine can hold', { frames: 2 ** 30, geometry: x86 }, /this machine needs \d+ bytes/],
]

for (const [what, values, message] of refusals) {
  test(`a machine with ${what} is refused`, t => {
    t.throws(() => createMachine({ ...tinyBoot, ...values }), { instanceOf: RangeError, message })
  })
}

test('a machine without slots and one with a single frame can be built', t => {
  t.notThrows(() => validate({ ...tinyBoot, slots: 0 }))
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
    const { pageWords, poolFrames, tableFrames, allFrames, orders, nodeCount, ...positions } = layoutOf(boot)
    const starts = Object.values(positions)
    t.deepEqual(
      starts,
      starts.toSorted((a, b) => a - b),
    )
    t.is(positions.ram % pageWords, 0)
    t.is(positions.nodes % 2, 0)
    t.is(positions.slots - positions.ram, allFrames * pageWords)
    t.is(allFrames, poolFrames + tableFrames)
    t.true(2 ** (orders - 1) <= poolFrames)
    t.true(nodeCount > boot.spaces * boot.regionLimit)
  }
})
