// Random lockstep: reproducible by its seed, lively, and able to tell a short story about what it finds.

import test from 'ava'
import { machineClaims } from '../claims/index.js'
import { Workshop } from '../mutants/workshop.js'
import { placed } from '../mutants/written-machine/text.js'
import { bindScope, loadScope } from '../scope/index.js'
import { drain } from './drain.js'
import { random } from './random.js'
import { lockstepRandom, shipped } from './run.js'

const bound = (scope: string, ...sets: string[]) => bindScope(loadScope(scope), sets)
const run = (seed: number, commands = 1500) => {
  const { seconds: _, cpuSeconds: __, ...rest } = drain(lockstepRandom(bound('random'), { seed, commands }))
  return rest
}

test('a seed gives the same commands every time, and another seed gives others', t => {
  t.deepEqual(run(3), run(3))
  t.notDeepEqual(run(3).mix, run(4).mix)
  t.is(run(3).seed, 3)
})

for (const scope of ['random', 'random-counted']) {
  for (const [geometry, commands, ...sets] of [
    ['tiny', 4000],
    ['real', 800, 'geometry=x86', 'window=straddle-2'],
    ['real', 800, 'geometry=x86', 'window=top'],
  ] as const) {
    test(`${scope}: at the ${geometry} geometry both sides agree ${sets.join(' ')}, and half of the commands change the state`, t => {
      const result = drain(lockstepRandom(bound(scope, ...sets), { seed: 1, commands }))
      t.like(result, { verdict: 'agree', ok: true })
      t.true(result.compared >= commands)
      t.true(result.changing * 2 >= result.compared)
      // Rare commands may be missing from a short run.
      t.true(result.mix.length * 4 >= bound(scope).machine.operations.length * 3)
    })
  }
}

const mistakes = [
  {
    title: 'a page is not written to its slot',
    file: 'swap/evict.js',
    find: 'write(slot, frame);\n        rename(frame, slot);',
    replace: 'rename(frame, slot);',
  },
  {
    title: 'a cut region loses its rest',
    file: 'regions/regions.js',
    find: 'add(space, end, nodeEnd, offsetAt(node, end), attributesOf(node), objectOf(node), chainOf(node));',
    replace: ';',
  },
  {
    title: 'a swept table keeps its last entry',
    file: 'page-tables/sweep.js',
    find: 'count * 2',
    replace: 'count * 2 - 2',
  },
]

for (const mistake of mistakes) {
  test(`${mistake.title}: what fails is shrunk to at most 8 commands, and told the same way twice`, async t => {
    const workshop = new Workshop()
    t.teardown(() => workshop.close())
    const build = await workshop.load(placed({ kills: '', ...mistake }).edit)
    const { machine } = bound('faults')
    const find = () => drain(random(machine, { build, claims: machineClaims, seed: 1, commands: 20_000, length: 200 }))
    const { told, compared } = find()
    const length = told?.commands.length ?? 0
    t.true(length > 0 && length <= 8, `${length} commands`)
    t.true(compared < 20_000)
    t.truthy(told?.parting)
    const again = find().told
    t.deepEqual(again?.commands, told?.commands)
    t.deepEqual(again?.parting, told?.parting)
  })
}

test('a run can be cut short between sequences', t => {
  const work = random(bound('random').machine, { build: shipped, claims: [], seed: 1, commands: 1e9, length: 50 })
  t.deepEqual(work.next().value, { compared: 0, states: 0 })
  const { value } = work.next(null)
  t.true(value !== undefined && value.compared > 0)
  t.like(work.next('time').value, { cut: 'time', told: null, compared: value?.compared })
})

test('a scope in which nothing can begin ends, and is not taken for a success', t => {
  const scope = { ...loadScope('random'), operations: { load: {}, exit: {} } }
  const result = drain(lockstepRandom(bindScope(scope), { seed: 1, commands: 100 }))
  t.like(result, { ok: false, compared: 0, disagreement: { about: 'mix' } })
})

test('a run that mostly bounces off is not taken for a success', t => {
  const scope = { ...loadScope('random'), operations: { spawn: {}, load: {} } }
  const result = drain(lockstepRandom(bindScope(scope), { seed: 1, commands: 200 }))
  t.like(result, { ok: false, verdict: 'disagree', disagreement: { about: 'mix' } })
  t.true(result.compared >= 200)
})
