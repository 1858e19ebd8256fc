// The scopes of the package: figures pinned, every gap listed, and small enough to be searched on every change.

import { readFileSync } from 'node:fs'
import test from 'ava'
import { canonical, type Machine, PackedEngine } from '../../model/kit/index.js'
import type { ScopeResult } from '../../reports/result.js'
import { checkScopes } from '../check.js'
import { explore } from '../explorer/explore.js'
import { initialState } from '../explorer/initial.js'
import { verifyParts } from '../verify.js'
import { allScopes, bindScope, loadScope, type ScopeFile } from './index.js'

/** Small scopes are looked at on every change: together they may not cost more than this. */
const mostTransitions = 1_500_000
/**
 * Where operations are interleaved there are more of them for the same bounds, and every operation stands in some scope. It is
 * more than it was (2.8 million): a search takes half the time it took then, and what one CPU asks about another is asked
 * where somebody notices.
 */
const mostInterleaved = 3_000_000
const mostOfOne = 150_000
/** Medium scopes are there for what takes many states. */
const leastOfMedium = 500_000

const figures = ['verdict', 'states', 'transitions', 'unchanged', 'depth']
/** The programs of a script of the package, in their order. */
function scriptOf(name: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  return String(scripts[name]).split(' && ')
}
const isPinned = ({ expect }: ScopeFile): boolean => figures.every(figure => Object.hasOwn(expect, figure))

/**
 * `npm run check` searches all scopes and holds them to their pins, to their lists of the unreachable, and to what they reach
 * together. Here the smallest ones are, because nobody waits twice for the same search.
 */
const mostSearchedHere = 8_000
const transitionsOf = ({ expect }: ScopeFile): number => Number(expect.transitions) + Number(expect.unchanged)
const wrong = ({ ok, name, verdict, mismatches, coverage }: ScopeResult) =>
  ok ? [] : [{ name, verdict, mismatches, gaps: coverage.gaps, stale: coverage.stale }]

test.serial('the smallest scopes give the figures that their files pin, and list what they cannot reach', async t => {
  const smallest = allScopes('small').filter(scope => transitionsOf(scope) <= mostSearchedHere)
  t.true(smallest.length >= 15)
  t.true(smallest.some(({ bounds }) => Number(bounds.cpus) > 1))
  const run = await checkScopes(
    smallest.map(scope => scope.name),
    { workers: 1 },
  )
  t.deepEqual(run.scopes.flatMap(wrong), [])
})

test.serial(
  'every small scope pins its figures, and `npm run check` searches them all, and asks of each whether orders agree',
  t => {
    t.true(allScopes('small').every(isPinned))
    t.true(scriptOf('check').some(step => step.endsWith('/main.js verify')))
    for (const part of ['check', 'linear'] as const) t.true(verifyParts.includes(part))
  },
)

test.serial('every toy gives the figures that its file pins, violations where they are expected', async t => {
  const run = await checkScopes(
    allScopes('toy').map(scope => scope.name),
    { workers: 1 },
  )
  t.deepEqual(run.scopes.flatMap(wrong), [])
  t.true(run.scopes.some(scope => scope.verdict === 'violated'))
})

test.serial('there are four medium scopes, each with more than half a million states and all its figures pinned', t => {
  const medium = allScopes('medium')
  const slight = medium.filter(scope => !isPinned(scope) || Number(scope.expect.states) <= leastOfMedium)
  t.deepEqual(
    slight.map(scope => scope.name),
    [],
  )
  t.true(medium.length >= 4)
})

test.serial('`npm run check:all` explores every medium scope, and takes random commands of each on both sides', t => {
  const steps = scriptOf('check:all')
  const random = steps.filter(step => step.includes(' random ')).flatMap(step => step.split(' '))
  t.true(steps.some(step => step.endsWith(' check --tag medium')))
  t.deepEqual(
    // Beside other CPUs the implementation is asked by schedules (`mmspec schedules`), not by commands at random.
    allScopes('medium').flatMap(({ name, bounds }) => (random.includes(name) || Number(bounds.cpus) > 0 ? [] : [name])),
    [],
  )
})

test.serial('one medium scope has several CPUs and more than two million states', t => {
  const interleaved = allScopes('medium').filter(({ bounds }) => Number(bounds.cpus) > 1)
  t.true(interleaved.some(({ expect }) => Number(expect.states) > 2_000_000))
})

test.serial('all small scopes together are small', t => {
  const sum = (interleaved: boolean) =>
    allScopes('small')
      .filter(({ granularity }) => (granularity !== 'whole') === interleaved)
      .reduce((so, { expect }) => so + Number(expect.transitions), 0)
  t.true(allScopes('small').every(({ expect }) => Number(expect.transitions) <= mostOfOne))
  t.true(sum(false) > 0 && sum(false) <= mostTransitions)
  t.true(sum(true) > 0 && sum(true) <= mostInterleaved)
})

/** The canonical forms of all states that are reachable, found by the plainest search there is. */
function orbits(machine: Machine): ReadonlySet<string> {
  machine.open()
  const engine = new PackedEngine(machine)
  const seen = new Map<string, Uint8Array>()
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
  const first = initialState(machine)
  seen.set(text(first), first)
  for (const state of seen.values()) {
    engine.load(state)
    engine.transitions(() => {
      const key = text(engine.bytes)
      if (!seen.has(key)) seen.set(key, engine.bytes.slice())
    })
  }
  const { layout, symmetric } = machine
  return new Set([...seen.values()].map(bytes => text(canonical(layout, bytes, symmetric))))
}

for (const name of ['tiny-separate', 'tiny-counted', 'tiny-limit', 'counted', 'page-tables', 'faults']) {
  test.serial(
    `${name}: taking one representative of each choice reaches the same states, up to names, as taking all`,
    t => {
      const scope = loadScope(name)
      const one = bindScope(scope).machine
      const all = bindScope({ ...scope, choices: 'all' }).machine
      t.is(explore(all, { audit: false }).verdict, explore(one, { audit: false }).verdict)
      t.deepEqual(orbits(one), orbits(all))
    },
  )
}
