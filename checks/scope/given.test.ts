// What a scope has done before its exploration begins, and what a scope with several CPUs may name.

import test from 'ava'
import { PackedHost, type State } from '../../model/index.js'
import { UserError } from '../errors.js'
import { initialState } from '../explorer/initial.js'
import { bindScope, loadScope, type ScopeFile } from './index.js'

const scope = loadScope('smp-munmap')
const firstOf = (of: ScopeFile): State => {
  const { machine } = bindScope(of)
  return new PackedHost(machine, initialState(machine)).m as State
}
const refusal = (of: ScopeFile, sets: readonly string[] = []): UserError => {
  try {
    bindScope(of, sets)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

test('the exploration begins where the commands under given end', t => {
  const m = firstOf({ ...scope, given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 write @0 1'] })
  const [space] = m.spaces
  const [page] = space.pages
  const [process] = m.processes
  const [{ pages: remembered }] = m.ghost.spaces
  t.is(Number(process.space), 0)
  t.is(page.region, 'rw')
  t.is(page.entry.is, 'present')
  t.deepEqual(
    [...remembered].map(({ byte }) => byte),
    [1],
  )
  // Nothing is under way.
  t.is(space.writer, null)
  t.false([...m.cpus].some(({ busy }) => busy))
})

test('without given it begins with nothing', t => {
  const m = firstOf({ ...scope, given: [] })
  t.true([...m.processes].every(({ space }) => space === null))
})

const wrong: readonly (readonly [given: string, code: string, says: RegExp])[] = [
  ['P0 munmap @0 1', 'given-fails', /'P0 munmap @0 1' is .*should be ok/],
  ['P0 read @0', 'given-fails', /should be ok/],
  ['P0 spwn', 'bad-given', /spwn/],
  ['P0 spawn -> ok\nP1 spawn -> ok', 'bad-given', /not one command/],
  ['', 'bad-given', /not one command/],
]
for (const [given, code, says] of wrong) {
  test(`given '${given}' is refused where it stands`, t => {
    const error = refusal({ ...scope, given: [given] })
    t.is(error.code, code)
    t.regex(error.message, says)
    t.regex(error.place ?? '', /smp-munmap\.yaml:\d+:\d+/)
  })
}

test('another beginning is another scope to a token', t => {
  const paths = ({ machine }: ReturnType<typeof bindScope>) => machine.setting.start?.map(([path]) => path) ?? []
  t.true(paths(bindScope(scope)).includes('processes[0].space'))
  t.deepEqual(paths(bindScope({ ...scope, given: [] })), [])
})

test('an operation that was written for one CPU is refused where there are several', t => {
  const mixed = { ...scope, operations: { ...scope.operations, mlock: {}, munlock: {} } }
  const error = refusal(mixed)
  t.is(error.code, 'one-cpu')
  t.regex(error.message, /mlock, munlock are not operations of several CPUs/)
  t.regex(error.next ?? '', /munmap/)
  t.notThrows(() => bindScope({ ...mixed, given: [] }, ['cpus=0', 'translations=0']))
})

test('an operation that is written for several CPUs only is refused where one runs alone', t => {
  const error = refusal({ ...scope, operations: { unpin: {} } }, ['cpus=0', 'translations=0', 'pins=1'])
  t.is(error.code, 'needs-cpus')
  t.regex(error.message, /unpin/)
})

test('fewer tags than CPUs, and tags without CPUs, are refused', t => {
  t.regex(refusal(loadScope('smp-switch'), ['asids=1']).message, /too few: each of 2 CPUs/)
  const alone = { ...scope, operations: { load: {} } }
  t.regex(refusal(alone, ['cpus=0', 'translations=0', 'asids=1']).message, /tags for CPUs/)
})

test('a scope with CPUs that names no operations is told which of the usual ones it cannot have', t => {
  const { operations: _, ...rest } = scope
  t.regex(refusal(rest).message, /spawn/)
})
