// Interruption points: what another CPU would find there is judged in the middle of the implementation's operations.

import test from 'ava'
import { createMachine, mapFlags, protectionBits, tinyBoot } from '../../impl/index.js'
import { type Point, points } from '../../spec/interface.js'
import { Workshop } from '../mutants/workshop.js'
import { placed } from '../mutants/written-machine/text.js'
import { bindScope, loadScope } from '../scope/index.js'
import { ChoiceLog } from './driver.js'
import { drain, exhaustive } from './index.js'
import { wrongAt } from './points.js'

/** Runs every point of a short life, and collects what is found wrong. */
function life(edit: (point: Point, words: Int32Array) => void = () => undefined) {
  const log = new ChoiceLog()
  const machine = createMachine(tinyBoot, log)
  const found = new Map<Point, string | null>()
  log.watch = point => {
    edit(point, new Int32Array(machine.memory))
    found.set(point, found.get(point) ?? wrongAt(point, machine))
  }
  machine.spawn(0)
  machine.mmap(0, 0, 256, protectionBits.rw, mapFlags.fixed)
  machine.store(0, 0, 1)
  machine.swapOut(0, 0)
  machine.load(0, 0)
  machine.swapOut(0, 0)
  machine.munmap(0, 0, 64)
  machine.store(0, 128, 1)
  machine.fork(0, 1)
  machine.store(0, 128, 2)
  machine.exit(0)
  return { machine, found }
}

test('every point is passed, and nothing is wrong at any', t => {
  const { found } = life()
  t.deepEqual([...found.keys()].sort(), [...points].sort())
  t.deepEqual(
    [...found.values()].filter(one => one !== null),
    [],
  )
})

const mutants = [
  {
    promise: 'a walker that could meet half an entry is noticed where entries are published',
    file: 'page-tables/tables.js',
    find: 'words[entry] = 0;\n        words[entry + 1] = high;',
    replace: 'words[entry + 1] = high;',
    says: /half-way through (load|store|swapOut|swapIn): page \d+ is in (slot|frame) -?\d+/,
  },
  {
    promise: 'a page that is still mapped while it is written out is noticed where that is done',
    file: 'swap/evict.js',
    find: 'hide(entry);',
    replace: '',
    says: /half-way through swapOut: 1 frames hold pages and 1 are mapped while one is written out/,
  },
]
for (const { promise, says, ...text } of mutants) {
  test(promise, async t => {
    const workshop = new Workshop()
    t.teardown(() => workshop.close())
    const build = await workshop.load(placed({ kills: '', title: promise, ...text }).edit)
    const { machine } = bindScope(loadScope('tiny-limit'))
    const { told } = drain(exhaustive(machine, { build, claims: [], order: 0 }))
    t.is(told?.parting?.about, 'point')
    t.regex(told?.parting?.says ?? '', says)
  })
}

test('an entry that names a frame beyond the pool is noticed where entries are published', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 64, protectionBits.rw, mapFlags.fixed)
  machine.store(0, 0, 1)
  const at = machine.pageTables.walk(machine.inspect.rootOf(0), 0)
  new Int32Array(machine.memory)[at] |= 1 << 20
  t.regex(wrongAt('page-tables.publish', machine) ?? '', /page 0 is in frame \d+/)
  t.is(wrongAt('frames.free', machine), null)
})
