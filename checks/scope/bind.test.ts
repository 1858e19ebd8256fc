// What the command line sets beside a scope's file, and which mutant it names.

import test from 'ava'
import { UserError } from '../errors.js'
import { mmSmall } from '../toys/mm-small.js'
import { bindScope, loadScope, mutantOf, slugOf } from './index.js'

const refusal = (act: () => unknown): UserError => {
  try {
    act()
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

test('bounds and switches come from what is usual, then from the file, then from what is set', t => {
  const bound = bindScope(loadScope('page-tables'), ['frames=5', 'geometry=x86', 'frames=6'])
  t.like(bound.setting.bounds, {
    sizes: { frame: 6, page: 3, region: 8 },
    switches: { geometry: 'x86', tables: 'counted' },
  })
  t.true(bound.bounds.includes('frames=6') && bound.bounds.includes('window=straddle-1'))
  t.false(bound.asWritten)
  t.true(bindScope(loadScope('page-tables')).asWritten)
})

const sets: readonly (readonly [set: string, code: string, says: RegExp, nearest?: string])[] = [
  ['frames=65', 'bound-out-of-range', /takes 1 to 64/],
  ['frames=0', 'bound-out-of-range', /takes 1 to 64/],
  ['frames=-1', 'bound-not-a-number', /a number from 1 to 64, not '-1'/],
  ['frames=2.5', 'bound-not-a-number', /not '2.5'/],
  ['frames=two', 'bound-not-a-number', /not 'two'/],
  ['frames=', 'bound-not-a-number', /not ''/],
  ['frames', 'bad-set', /not name=value/],
  ['frame=2', 'unknown-bound', /no bound or switch/, 'frames'],
  ['constructor=2', 'unknown-bound', /no bound or switch/],
  ['downgrade=on', 'contradiction', /one CPU takes none/],
  ['nodes=2', 'contradiction', /there are no CPUs/],
  ['regionLocks=on', 'contradiction', /regionLocks=on locks regions by their nodes/],
  ['rounds=2', 'contradiction', /rounds are for nodes/],
  ['granularity=fused', 'contradiction', /where other CPUs run in between, and there are none/],
  ['tables=seperate', 'unknown-value-of-tables', /unknown value of tables/, 'separate'],
]

for (const [set, code, says, nearest] of sets) {
  test(`--set ${set} is refused with what would be right`, t => {
    const error = refusal(() => bindScope(loadScope('frames'), [set]))
    t.is(error.code, code)
    t.regex(error.message, says)
    t.is(error.nearest, nearest)
    t.is(error.place, `--set ${set}`)
  })
}

test('a lock is not shared while tables are counted', t => {
  const error = refusal(() => bindScope(loadScope('smp-counted'), ['downgrade=on']))
  t.is(error.code, 'contradiction')
  t.regex(error.message, /tables=counted/)
})

test('no CPUs are refused where steps of others come in between', t => {
  const error = refusal(() => bindScope(loadScope('smp-munmap'), ['cpus=0']))
  t.is(error.code, 'contradiction')
  t.is(error.next, 'set cpus=2, or granularity=whole')
})

const clashes: readonly (readonly [scope: string, set: string, says: RegExp, next: string])[] = [
  ['frames', 'tables=framed', /tables=framed shows nothing to one CPU alone/, 'set cpus=2, or tables=counted'],
  ['smp-tables', 'geometry=x86', /it has 4 levels, and tables that are frames have two/, 'set geometry=tiny'],
  ['smp-tables', 'directory=2', /in 1 of the tables/, 'set directory=1'],
  ['smp-tables', 'downgrade=on', /lets others in while tables are taken down/, 'set downgrade=off, or tables=plenty'],
  ['smp-tables', 'nodes=2', /others have entries in the same table/, 'set nodes=0, or tables=plenty'],
  ['smp-tables', 'asids=2', /no scope has asids and tables that are frames/, 'set asids=0, or tables=plenty'],
  ['smp-tables', 'pins=1', /walked in two steps/, 'set pins=0'],
  ['frames', 'directory=1', /directory is for tables that are frames/, 'set tables=framed'],
  ['frames', 'walks=1', /walks is for tables that are frames/, 'set tables=framed'],
  ['frames', 'walkers=on', /walkers is for tables that are frames/, 'set tables=framed'],
]
for (const [scope, set, says, next] of clashes) {
  test(`${set} is refused where it means nothing: ${scope}`, t => {
    const error = refusal(() => bindScope(loadScope(scope), [set]))
    t.is(error.code, 'contradiction')
    t.regex(error.message, says)
    t.is(error.next, next)
    t.is(error.place, `--set ${set}`)
  })
}
test('an operation that knows tables only where they are no frames is refused where it stands', t => {
  const scope = loadScope('smp-tables')
  const error = refusal(() => bindScope({ ...scope, operations: { ...scope.operations, mremap: {} } }))
  t.regex(error.message, /mremap makes and moves tables only where they are no frames/)
})

test('arguments that do not exist at the bounds set by hand are refused where they stand in the file', t => {
  const error = refusal(() => bindScope(loadScope('tiny-counted'), ['pages=1']))
  t.is(error.code, 'bad-argument')
  t.regex(error.message, /count cannot be 2; expected 0, 1 \(with --set pages=1\)/)
  t.regex(error.place ?? '', /tiny-counted\.yaml:\d+:\d+/)
})

test('a mutant goes by its title, its slug, or the start of its slug', t => {
  for (const name of ['fork leaves the writable bit', 'fork-leaves-the-writable-bit', 'fork']) {
    t.is(mutantOf(mmSmall, name), mmSmall.mutants[0])
  }
})

test('a mutant that is misspelt is answered with the one that was probably meant', t => {
  t.is(refusal(() => mutantOf(mmSmall, 'frok')).nearest, 'fork-leaves-the-writable-bit')
  t.is(refusal(() => mutantOf(mmSmall, '')).code, 'unknown-mutant')
})

test('the start of two slugs names neither', t => {
  const [first] = mmSmall.mutants
  const twins = { ...mmSmall, mutants: [first, { ...first, title: 'fork leaves nothing' }] }
  const error = refusal(() => mutantOf(twins, 'fork-leaves'))
  t.is(error.code, 'ambiguous-mutant')
  t.regex(error.next ?? '', /fork-leaves-the-writable-bit, fork-leaves-nothing/)
})

test('a mutant of an operation that the scope leaves out is refused, because it would prove nothing', t => {
  const scope = { ...loadScope('mm-small'), operations: { spawn: {}, mmap: {} } }
  t.is(refusal(() => bindScope(scope, [], 'fork')).code, 'idle-mutant')
})

test('every mutant of a system has a slug of its own', t => {
  const slugs = mmSmall.mutants.map(mutant => slugOf(mutant.title))
  t.is(new Set(slugs).size, slugs.length)
})
