// What a scope means that does not say: operations, arguments, first state and what can be interchanged.

import test from 'ava'
import {
  Content,
  Entry,
  ids,
  isForSeveral,
  type Machine,
  operations,
  Part,
  type State,
  viewOf,
} from '../../model/index.js'
import { commands, ofSeveralCpus, words } from '../../spec/interface.js'
import { initialState } from '../explorer/initial.js'
import { bindScope, loadScope, type ScopeFile } from '../scope/index.js'
import { offered, usual } from './offered.js'
import { symmetric } from './start.js'

const tiny = loadScope('tiny-limit')
const bound = (more: Partial<ScopeFile>, ...sets: string[]): Machine => {
  const { operations: _, ...rest } = tiny
  return bindScope({ ...rest, ...more }, sets).machine
}
const first = (machine: Machine) => viewOf(machine.layout, { bytes: initialState(machine) }) as State
const valuesOf = (machine: Machine, name: string, argument: string) => [
  ...new Set(machine.commands.filter(command => command.name === name).map(command => command.args[argument])),
]
const boundsOf = (...sets: string[]) => bound({}, ...sets).setting.bounds

test('an argument that a scope does not name takes every value of a number, and the plain form of a word', t => {
  const machine = bound({ operations: { mmap: {}, mremap: {}, load: {} } }, 'pages=2')
  t.deepEqual(valuesOf(machine, 'mmap', 'page'), [0, 1])
  t.deepEqual(valuesOf(machine, 'mmap', 'count'), [0, 1, 2])
  t.deepEqual(valuesOf(machine, 'mmap', 'request'), ['none', 'r', 'rw', 'rx', 'rwx'])
  for (const kind of ['sharing', 'placement', 'filling', 'growth', 'reserve', 'skew'] as const) {
    t.deepEqual(valuesOf(machine, 'mmap', kind), [words[kind][0]], kind)
  }
  t.deepEqual(valuesOf(machine, 'mremap', 'to'), [0])
  t.deepEqual(valuesOf(machine, 'mremap', 'moving'), ['none'])
  t.deepEqual(valuesOf(machine, 'load', 'reach'), ['user'])
})

test('a scope may ask for all values of an argument, or for some', t => {
  const machine = bound({ operations: { mmap: { placement: 'all', request: ['rw'], page: [1] } } }, 'pages=2')
  t.deepEqual(valuesOf(machine, 'mmap', 'placement'), [...words.placement])
  t.deepEqual(valuesOf(machine, 'mmap', 'request'), ['rw'])
  t.deepEqual(valuesOf(machine, 'mmap', 'page'), [1])
  t.throws(() => bound({ operations: { mmap: { plaice: 'all' } } }), { message: /mmap has no argument plaice/ })
})

test('a scope that names no operations has those that its bounds give something to do', t => {
  const plain = offered(boundsOf())
  for (const name of ['mlock', 'mlockall', 'rlimit', 'shmget', 'swapon', 'allocate', 'setuid', 'dropcap'] as const) {
    t.false(plain.includes(name), name)
  }
  t.true(['spawn', 'fork', 'mprotect', 'mremap', 'fetch', 'swapOut'].every(name => plain.some(it => it === name)))
  t.true(offered(boundsOf('locking=on')).includes('mlock2'))
  t.true(offered(boundsOf('swapping=on')).includes('swapoff'))
  t.true(offered(boundsOf('kernel=on')).includes('free'))
  t.true(offered(boundsOf('users=2')).includes('setuid'))
  t.false(offered(boundsOf('objects=1', 'parts=1')).includes('shmget'))
  const all = ['objects=1', 'parts=1', 'segments=1', 'locking=on', 'swapping=on', 'kernel=on', 'users=2']
  const ofOneCpu = Object.keys(commands).filter(name => !ofSeveralCpus.some(one => one === name))
  t.deepEqual([...offered(boundsOf(...all))].sort(), ofOneCpu.sort())
})

test('every operation is written for several CPUs', t => {
  t.deepEqual(
    operations.filter(operation => !isForSeveral(operation)).map(({ name }) => name),
    [],
  )
})

test('every word kind of a command has usual values, or all of them are few', t => {
  for (const [name, { fields }] of Object.entries(commands)) {
    for (const [field, kind] of Object.entries(fields)) {
      const values = usual(name, field)
      const all: readonly unknown[] = Object.hasOwn(words, kind) ? words[kind as keyof typeof words] : (values ?? [])
      for (const value of values ?? []) if (Object.hasOwn(words, kind)) t.true(all.includes(value), `${name} ${field}`)
      if (values === null) t.true(all.length <= 10, `${name} ${field}`)
    }
  }
  t.is(usual('no such operation', 'page'), null)
  t.is(usual('spawn', 'no such argument'), null)
})

test('files, and what only several CPUs have, are refused where they mean nothing', t => {
  const refusal = (more: Partial<ScopeFile>, ...sets: string[]) => t.throws(() => bound(more, ...sets))?.message
  const file = ['files=1', 'objects=1', 'parts=1']
  t.is(refusal({}, ...file), 'files=1 is for several CPUs')
  t.regex(refusal({ operations: { poke: {} } }) ?? '', /several CPUs/)
  t.is(refusal({ operations: { writeBack: {} } }, 'cpus=2'), 'writeBack is about a file, and there is none')
  t.is(refusal({ operations: { poke: {} } }, 'cpus=2', 'files=1'), 'files=1 takes one of the objects, with a page')
  t.is(refusal({ operations: { poke: {} } }, 'cpus=2', 'profile=linux', ...file), 'files=1 has no Linux profile')
  t.notThrows(() => bound({ operations: { poke: {}, writeBack: {} } }, 'cpus=2', ...file))
  t.is(refusal({ operations: { reap: {} } }, 'cpus=2'), 'reap is about processes that are killed, and none is')
  t.is(refusal({}, 'reaper=on'), 'reaper=on is about another CPU than the one that ends')
  t.is(refusal({}, 'flushPages=2'), 'flushPages=2 is how much a CPU asks others to forget, and there are none')
  t.is(refusal({}, 'walkerBits=on', 'cpus=2'), 'walkerBits=on notes who writes to a file, and there is none')
  const poked = refusal({ operations: { poke: {} } }, 'cpus=2', 'walkerBits=on', ...file)
  t.is(poked, 'poke does not collect what walkerBits=on notes')
  t.is(refusal({}, 'accessedBits=on'), 'accessedBits=on notes which entries CPUs walk to, and there are none')
  const framed = refusal({ operations: { load: {} } }, 'accessedBits=on', 'cpus=2', 'tables=framed', 'directory=1')
  t.is(framed, 'accessedBits=on notes a walk in the entry of its page, and frames that are tables hold others too')
  const moved = refusal({ operations: { mremap: {} } }, 'accessedBits=on', 'cpus=2')
  t.is(moved, 'mremap does not take along what accessedBits=on notes in an entry')
  const alone = 'batches=on asks several CPUs once for two pages that are evicted to make room'
  t.is(refusal({}, 'batches=on', 'reclaim=on'), alone)
  t.is(refusal({}, 'batches=on', 'cpus=2'), alone)
  t.notThrows(() => bound({ operations: { load: {} } }, 'accessedBits=on', 'batches=on', 'reclaim=on', 'cpus=2'))
})

test('a file starts with a byte, on the disk and not in memory', t => {
  const m = first(bound({ operations: { poke: {} } }, 'cpus=2', 'files=1', 'objects=2', 'parts=2', 'values=2'))
  t.deepEqual(
    [...m.objects].map(({ kind, size }) => [kind, size]),
    [
      ['file', 1],
      ['free', 0],
    ],
  )
  const [page] = m.objects[ids(m.objects)[0]].parts
  t.deepEqual([page.at, page.saved, page.dirty], [Part.absent, Content.stored({ byte: 1 }), false])
})

test('a machine starts with nobody alive and one area in use', t => {
  const m = first(bound({}, 'pages=2'))
  for (const { space } of m.processes) t.is(space, null)
  t.deepEqual(
    [...m.areas].map(it => [it.device, it.on]),
    [['partition', true]],
  )
  for (const space of m.spaces) for (const page of space.pages) t.is(page.entry, Entry.absent)
})

test('areas that come and go start unused, files without a header, and reserved frames are out of use', t => {
  const sets = ['areas=3', 'partitions=1', 'holed=1', 'slots=3', 'swapping=on', 'frames=3', 'reserved=2']
  const m = first(bound({}, ...sets))
  t.deepEqual(
    [...m.areas].map(it => [it.device, it.header, it.on]),
    [
      ['partition', true, false],
      ['file', false, false],
      ['holes', true, false],
    ],
  )
  t.deepEqual(
    [...m.frames].map(it => it.reserved),
    [true, true, false],
  )
})

test('frames that have names and slots of several areas cannot be interchanged', t => {
  t.deepEqual(symmetric(boundsOf()), ['space', 'frame', 'slot', 'chain', 'tag'])
  t.deepEqual(symmetric(boundsOf('areas=2', 'kernel=on')), ['space', 'chain', 'tag'])
})
