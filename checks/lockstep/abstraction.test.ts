// The abstraction reads the real memory: each field of a known state, and a refusal of what no model state describes.

import test from 'ava'
import { createMachine, type Machine, mapFlags, nodeField, protectionBits, tinyBoot } from '../../impl/index.js'
import { spaceField } from '../../impl/layout.js'
import { Entry, ids, type State, viewOf } from '../../model/index.js'
import { initialState } from '../explorer/initial.js'
import { leavesOf } from '../explorer/trace.js'
import { bindScope, loadScope } from '../scope/index.js'
import { abstractState } from './abstraction.js'
import { ChoiceLog, issue } from './driver.js'
import { placementOf } from './placement.js'
import { shipped } from './run.js'

function stand(scope: string, ...sets: string[]) {
  const { machine } = bindScope(loadScope(scope), sets)
  const placement = placementOf(machine.setting.bounds)
  const implementation = shipped(placement, new ChoiceLog())
  const run = (name: string, args: Readonly<Record<string, unknown>>) => {
    const command = machine.commands.find(
      one => one.name === name && Object.entries(args).every(([key, value]) => one.args[key] === value),
    )
    if (command === undefined) throw new Error(`no command ${name}`)
    return issue(implementation, placement, command, 0)
  }
  const seen = (): ReadonlyMap<string, string> => {
    const bytes = initialState(machine).slice()
    abstractState(implementation, placement, viewOf(machine.layout, { bytes }) as State)
    return new Map(leavesOf(machine, bytes).map(({ path, value }) => [path, value]))
  }
  return { machine, placement, implementation, run, seen }
}
const process0 = { process: 0 }

/** One page stored and swapped out, another loaded, in a process of two. */
function known(scope = 'tiny-counted') {
  const it = stand(scope, 'frames=5', ...(scope === 'tiny-separate' ? ['tableFrames=4'] : []))
  it.run('spawn', process0)
  it.run('mmap', { ...process0, page: 0, count: 2, request: 'rw' })
  it.run('store', { ...process0, page: 0, byte: 1 })
  it.run('swapOut', { ...process0, page: 0 })
  it.run('load', { ...process0, page: 1 })
  return it
}

test('a fresh machine is the first state of the model', t => {
  const { machine, seen } = stand('tiny-counted')
  const first = new Map(leavesOf(machine, initialState(machine)).map(({ path, value }) => [path, value]))
  t.deepEqual(seen(), first)
})

test('processes, regions, entries, tables, frames and slots of a known state are all as they should be', t => {
  const read = known().seen()
  const frame = /frame (\d)/.exec(read.get('spaces[0].pages[1].entry') ?? '')?.[1] ?? ''
  t.is(read.get('spaces[0].pages[0].entry'), 'swapped(slot 0)')
  t.is(read.get('spaces[0].pages[1].entry'), `present(frame ${frame}, rights rw)`)
  t.is(read.get(`frames[${frame}].content`), 'zero')
  t.is(read.get(`frames[${frame}].references`), '1')
  t.is(read.get('slots[0].content'), 'stored(byte 1)')
  t.is(read.get('slots[0].references'), '1')
  t.is(read.get('spaces[0].pages[0].region'), 'rw')
  t.is(read.get('spaces[0].regions'), '1')
  t.is(read.get('spaces[0].users'), '1')
  t.is(read.get('processes[0].space'), '0')
  t.is(read.get('processes[1].space'), 'none')
  t.is(read.get('spaces[0].tables'), '3')
  t.is(read.get('spaces[1].tables'), '0')
})

test('tables are not counted where they are set aside, and those of free frames hold nothing', t => {
  const read = known('tiny-separate').seen()
  t.false(read.has('spaces[0].tables') && read.get('spaces[0].tables') !== '0')
  t.is([...read].filter(([path, value]) => path.startsWith('frames') && value === 'stale').length, 4)
})

test('a region or an entry outside the window, which no command makes, has no abstraction', t => {
  const region = known()
  region.implementation.mmap(0, 0, region.placement.pageBytes, protectionBits.rw, mapFlags.fixed)
  t.throws(region.seen, { name: 'NoAbstraction', message: /a region covers page 0, outside the window/ })
  const entry = known()
  entry.implementation.mmap(0, 0, region.placement.pageBytes, protectionBits.rw, mapFlags.fixed)
  entry.implementation.load(0, 0)
  // A tree without regions, whose counter agrees with the window.
  const { memory, layout } = entry.implementation
  words(entry.implementation)[layout.spaces + spaceField.tree] = 0
  new Float64Array(memory)[(layout.spaces + spaceField.mapped) / 2] = 0
  t.throws(entry.seen, { name: 'NoAbstraction', message: /an entry covers page 0, outside the window/ })
})

const words = ({ memory }: Pick<Machine, 'memory'>) => new Int32Array(memory)

test('protection bits that no region has have no abstraction', t => {
  const { implementation, seen } = known()
  const { layout } = implementation
  const root = words(implementation)[layout.spaces + 1]
  // A guard page that may be read.
  words(implementation)[root + nodeField.attributes] |= 8
  words(implementation)[root + nodeField.attributes] &= ~6
  t.throws(seen, { name: 'NoAbstraction', message: /protection bits 9/ })
})

test('an entry that names a slot or a frame that is not there has no abstraction', t => {
  for (const [page, what] of [
    [0, 'slot'],
    [1, 'frame'],
  ]) {
    const { implementation, placement, seen } = known()
    const { inspect, pageTables } = implementation
    const at = pageTables.walk(inspect.rootOf(inspect.spaceOf(0)), placement.firstPage + Number(page))
    words(implementation)[at] ^= 1 << 17
    t.throws(seen, { name: 'NoAbstraction', message: new RegExp(`names a ${what}, which`) })
  }
})

test('a page whose last word is not what was stored reads as stale, in RAM and in the swap area', t => {
  const { implementation, seen, run } = known()
  const { layout } = implementation
  words(implementation)[layout.slots + layout.pageWords - 1]++
  t.is(seen().get('slots[0].content'), 'stale')
  run('swapIn', { ...process0, page: 0 })
  run('munmap', { ...process0, page: 1, count: 1 })
  const read = seen()
  t.is([...read].filter(([path, value]) => path.endsWith('.content') && value !== 'stale').length, 0)
})

test('a word that no store writes reads as stale', t => {
  for (const word of [-1, 77]) {
    const { implementation, seen } = known()
    words(implementation)[implementation.layout.slots] = word
    t.is(seen().get('slots[0].content'), 'stale')
  }
})

test('a machine that does not take tables from its frames is not read as one that does', t => {
  const { machine, placement } = stand('tiny-counted')
  const other = createMachine({ ...tinyBoot, tables: { kind: 'separate', frames: 4 } })
  other.spawn(0)
  const bytes = initialState(machine).slice()
  const m = viewOf(machine.layout, { bytes }) as State
  t.throws(() => abstractState(other, placement, m), { name: 'NoAbstraction', message: /does not take tables/ })
})

test('what a state held before is written over', t => {
  const { machine, placement, implementation } = stand('tiny-counted')
  const bytes = initialState(machine).slice()
  const m = viewOf(machine.layout, { bytes }) as State
  const [space] = ids(m.spaces)
  const [page] = ids(m.tree)
  const [slot] = ids(m.slots)
  m.spaces[space].regions = 2
  m.spaces[space].pages[page].region = 'rw'
  m.spaces[space].pages[page].entry = Entry.swapped({ slot })
  abstractState(implementation, placement, m)
  t.deepEqual(bytes, initialState(machine))
})
