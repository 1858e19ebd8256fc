// Operations side by side against the orders that they can have: toys whose answer is known, the shipped scopes, and edits
// of the shipped operations that only a comparison with orders notices, or that it notices too.

import test from 'ava'
import { begin } from '../../model/concurrency/cpus.js'
import { isWritten, release } from '../../model/concurrency/locks.js'
import {
  concurrent,
  disabled,
  type Granularity,
  type Mutant,
  mprotect,
  munmap,
  mutant,
  rewritten,
  type System,
  spaceOf,
} from '../../model/index.js'
import { block, machineOf, need, PackedEngine } from '../../model/kit/index.js'
import { explore } from '../explorer/explore.js'
import { all, insertedBefore } from '../museum/edits.js'
import { entries } from '../museum/index.js'
import { scopeOf } from '../museum/run.js'
import { bindScope, loadScope, type ScopeFile } from '../scope/index.js'
import { counter, earlySum, lostUpdate } from '../toys/counter.js'
import { settingOf } from '../toys/index.js'
import { type Linearity, linearity } from './linear.js'
import { checkLinear, linearScopes } from './run.js'
import { type Start, sourcesOf, startsOf } from './starts.js'

type MachineAt = (granularity: Granularity) => Parameters<typeof linearity>[0]['machine']
const enough = 2 ** 30

function asked(at: MachineAt, granularity: Granularity, cut: 'time' | null = null): Linearity {
  const work = linearity({ machine: at(granularity), whole: at('whole'), attempts: at('attempts') }, enough)
  let next = work.next()
  while (next.done !== true) next = work.next(cut)
  return next.value
}
const toy = (system: System, mutant: Mutant | null) => (granularity: Granularity) =>
  machineOf(system, settingOf(system, granularity, { mutant }))
const scope = (file: ScopeFile, mutant: Mutant | null) => (granularity: Granularity) =>
  bindScope({ ...file, granularity }, [], mutant).machine
function startsIn(machine: Parameters<typeof startsOf>[0]): readonly Start[] {
  const search = startsOf(machine)
  let next = search.next()
  while (next.done !== true) next = search.next()
  return next.value
}
const lengthOf = ({ found }: Linearity) => (found === null ? 0 : found.way.length - found.from)
const answersOf = ({ found }: Linearity) => found?.tags.map(tag => tag?.answer?.outcome)

test('a counter under its lock is what some order makes it, and without the lock a sum is lost in eight steps', t => {
  t.is(asked(toy(counter, null), 'full').verdict, 'holds')
  const lost = asked(toy(counter, lostUpdate), 'full')
  t.is(lost.verdict, 'violated')
  t.is(lengthOf(lost), 8)
  t.deepEqual(answersOf(lost), [
    { is: 'ok', value: null },
    { is: 'ok', value: null },
  ])
  t.is(lost.found?.alternatives.length, 1)
})

test('an answer that no order gives is found as well, and only where others run in between', t => {
  const early = asked(toy(counter, earlySum), 'full')
  t.deepEqual(answersOf(early), [
    { is: 'ok', value: null },
    { is: 'ok', value: 3 },
  ])
  t.is(asked(toy(counter, earlySum), 'blocked').verdict, 'holds')
})

test('a run that is cut short says so and claims nothing', t => {
  const { verdict, cut, found } = asked(scope(loadScope('smp-munmap'), null), 'fused', 'time')
  t.deepEqual([verdict, cut, found], ['bounded', 'time', null])
})

test('the starts are enough: hardware comes from them to every state at rest', t => {
  const starts = startsIn(bindScope({ ...loadScope('smp-munmap'), granularity: 'whole' }).machine)
  const reached = new Set(sourcesOf(starts))
  for (const start of reached) for (const to of start.moves) reached.add(starts[to])
  t.is(reached.size, starts.length)
  t.true(sourcesOf(starts).length < starts.length)
})

test('in smp-orders each two of seven operations begin side by side, from so many states at rest', t => {
  const file = loadScope('smp-orders')
  const { machine } = bindScope({ ...file, granularity: 'whole' })
  const starts = startsIn(machine)
  const sources = sourcesOf(starts)
  t.deepEqual([starts.length, sources.length], [391, 290])
  const engine = new PackedEngine(machine)
  const met = new Set<string>()
  for (const { state } of sources) {
    engine.load(state)
    const able: [Set<string>, Set<string>] = [new Set(), new Set()]
    engine.transitions((command, signal) => {
      if (command.kind === 'start' && signal.then !== 'stuck') able[command.cpu].add(command.name)
    })
    for (const one of able[0]) for (const other of able[1]) met.add(`${one} ${other}`)
  }
  const names = Object.keys(file.operations ?? {})
  t.is(names.length, 7)
  for (const one of names) for (const other of names) t.true(met.has(`${one} ${other}`), `${one} beside ${other}`)
})

test('what no claim notices, in all that its operations come to, comes to what no order comes to', t => {
  const unlocked = mutant(
    'mprotect lets others in behind its checks',
    mprotect,
    all(
      insertedBefore('entries', 'letIn', (m, my) => release(m, my.cpu)),
      insertedBefore('entries', 'comeBack', (m, my) => {
        const space = need(spaceOf(m, my.process))
        if (isWritten(m, space) || m.spaces[space].readers !== 0) return block
        m.spaces[space].writer = my.cpu
      }),
    ),
  )
  const file = loadScope('smp-orders')
  t.is(asked(scope(file, unlocked), 'fused').verdict, 'violated')
  const { mprotect: protects, munmap: unmaps, store: stores } = file.operations ?? {}
  const narrowed = { ...file, operations: { mprotect: protects, munmap: unmaps, store: stores } } as ScopeFile
  t.is(asked(scope(narrowed, unlocked), 'fused').verdict, 'violated')
  t.is(explore(scope(narrowed, unlocked)('fused')).verdict, 'holds')
})

/** `npm run check` asks all scopes (`mmspec linear`); here the smallest are, because nobody waits twice for the same search. */
const mostAskedHere = 16_000
const isSmallest = (name: string): boolean => Number(loadScope(name).expect.transitions) <= mostAskedHere

test.serial('the smallest scopes are what some order makes them', async t => {
  const smallest = linearScopes('small', 'toy').filter(isSmallest)
  const { scopes, ok } = await checkLinear(smallest, { workers: 2 })
  t.true(ok)
  t.true(scopes.length >= 12)
  const sum = (kind: 'ordered' | 'restarted' | 'spurious') => scopes.reduce((so, { ends }) => so + ends[kind], 0)
  // What is excused must be rare, or nothing is said.
  t.true(sum('ordered') > 5 * (sum('restarted') + sum('spurious')))
})

test.serial('two CPUs that change regions without a lock come to what no order comes to', t => {
  const unlocked = rewritten('munmap takes no lock', munmap, {
    lock: concurrent((m, my) => {
      if (spaceOf(m, my.process) === null) return disabled
      begin(m, my)
    }),
  })
  const operations = { munmap: { count: [1] }, mprotect: { request: ['none'], count: [1] } } as const
  const file = { ...loadScope('smp-mprotect'), operations } as unknown as ScopeFile
  t.is(asked(scope(file, null), 'fused').verdict, 'holds')
  t.is(asked(scope(file, unlocked), 'fused').verdict, 'violated')
})

/** Edits of the museum by which stale memory is read, or a store is lost. */
const noticed = [
  'cleared-too-late',
  'copied-while-written',
  'copy-given-up-too-soon',
  'marked-too-late',
  'no-second-look',
  'owner-through-zero',
]
for (const id of noticed) {
  test.serial(`${id} comes to what no order comes to, and as it is the model does not`, t => {
    const entry = entries.find(it => it.id === id)
    if (entry === undefined) throw new Error(`no entry ${id}`)
    const file = scopeOf(entry, 'fused')
    t.is(asked(scope(file, null), 'fused').verdict, 'holds')
    t.is(asked(scope(file, entry.mutant), 'fused').verdict, 'violated')
  })
}
