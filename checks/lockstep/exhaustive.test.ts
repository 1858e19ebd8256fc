// Exhaustive lockstep on the scopes that are small enough to run often: how many commands are compared is pinned, and
// the states that the implementation reaches are all that the model allows.

import test from 'ava'
import type { Machine } from '../../model/index.js'
import { machineClaims } from '../claims/index.js'
import { reachable } from '../explorer/reachable.js'
import { Workshop } from '../mutants/workshop.js'
import { placed } from '../mutants/written-machine/text.js'
import { bindScope, loadScope } from '../scope/index.js'
import { classOf, exhaustive, shuffled } from './exhaustive.js'
import { drain } from './index.js'
import { lockstepScope, replayLockstep, shipped, shuffledOrder } from './run.js'

const bound = (scope: string, mutant: string | null = null) => bindScope(loadScope(scope), [], mutant)
const sides = { build: shipped, claims: machineClaims }

const pinned = [
  { scope: 'tiny-limit', compared: 5450, changing: 1736, states: 124, all: true },
  // Its pool of tables never runs out where a table is at hand; the model lets it, and so reaches more.
  { scope: 'tiny-separate', compared: 7722, changing: 3472, states: 211, all: false },
  { scope: 'tiny-counted', compared: 2338, changing: 1158, states: 121, all: true },
]

for (const { scope, all, ...figures } of pinned) {
  for (const order of [0, shuffledOrder]) {
    test(`${scope}, order ${order}: both sides agree, on as many commands and states as pinned`, t => {
      const result = drain(lockstepScope(bound(scope), order))
      t.like(result, { verdict: 'agree', ok: true, driver: 'exhaustive', ...figures })
      t.is(result.disagreement, undefined)
      const mixed = result.mix.reduce((sum, { count }) => sum + count, 0)
      t.is(mixed, figures.compared)
    })
  }

  test(`${scope}: the implementation reaches ${all ? 'every state' : 'some of the states'} that the model allows`, t => {
    const { machine } = bound(scope)
    const classes = new Set([...reachable(machine)].map(state => classOf(machine, state)))
    t.is(classes.size === figures.states, all)
    t.true(classes.size >= figures.states)
  })
}

test('a shuffled order has the same commands in other places, the same ones for a seed', t => {
  const list = Array.from({ length: 50 }, (_, i) => i)
  t.is(shuffled(list, 0), list)
  t.notDeepEqual(shuffled(list, 1), list)
  t.notDeepEqual(shuffled(list, 1), shuffled(list, 2))
  t.deepEqual(shuffled(list, 1), shuffled(list, 1))
  t.deepEqual(
    [...shuffled(list, 1)].sort((a, b) => a - b),
    list,
  )
})

test('a run that is cut short says so, and how far it came', t => {
  const work = exhaustive(bound('tiny-limit').machine, { ...sides, order: 0 })
  t.deepEqual(work.next().value, { compared: 0, states: 1 })
  const { value } = work.next(null)
  t.true(value !== undefined && value.compared > 0)
  const last = work.next('interrupted')
  t.true(last.done)
  t.like(last.value, { cut: 'interrupted', compared: value?.compared, told: null })
  const result = lockstepScope(bound('tiny-limit'), 0)
  result.next()
  t.like(result.next('time').value, { verdict: 'bounded', cut: 'time', ok: false, compared: 0 })
})

/** The machine with one more step for every frame that is taken, so that it chooses what the model does not allow. */
async function lookedAt(machine: Machine, find: string, replace: string, file: string) {
  const workshop = new Workshop()
  try {
    const build = await workshop.load(placed({ kills: '', title: 'here', file, find, replace }).edit)
    return drain(exhaustive(machine, { build, claims: machineClaims, order: 0 })).told
  } finally {
    workshop.close()
  }
}

test('an error of the implementation is told with the shortest commands that lead to it, and what each side said', async t => {
  const { machine } = bound('tiny-limit')
  const told = await lookedAt(machine, 'return ENOSPC;', 'return -12;', 'swap/evict.js')
  t.is(told?.parting?.about, 'outcome')
  t.deepEqual(
    told?.steps.map(step => step.command.name),
    ['spawn', 'mmap', 'load', 'swapOut', 'load', 'swapOut'],
  )
  t.like(told?.steps.at(-1), { model: 'E:ENOSPC', machine: 'E:ENOMEM', diff: { length: 0 } })
})

/** How spawn refuses a process that is alive. */
const alive = 'return EEXIST;\n        const space = takeSpace(process);'

test('a command that is run where it has no meaning is told as the last, with what the implementation answered', async t => {
  const { machine } = bound('tiny-limit')
  const told = await lookedAt(machine, alive, alive.replace('EEXIST', 'OK'), 'processes/processes.js')
  t.deepEqual(
    told?.steps.map(step => step.command.name),
    ['spawn', 'spawn'],
  )
  t.like(told?.parting, { about: 'outcome', model: 'disabled', machine: 'ok' })
  t.like(told?.steps.at(-1), { model: 'disabled', machine: 'ok' })
})

test('what is refused where it has no meaning and changes something all the same is noticed', async t => {
  const { machine } = bound('tiny-limit')
  const replace = alive.replace('EEXIST', 'words[layout.freeFrames]--, EEXIST')
  const told = await lookedAt(machine, alive, replace, 'processes/processes.js')
  t.is(told?.parting?.about, 'frames/free-sets-agree')
})

test('a model that allows states which the implementation never reaches disagrees about that', t => {
  const mutant = 'a fault takes any frame, free or not'
  const result = drain(lockstepScope(bindScope(loadScope('tiny-limit'), ['frames=3'], mutant), 0))
  t.like(result, { verdict: 'disagree', ok: false, disagreement: { about: 'reach', machine: String(result.states) } })
  t.true(Number(result.disagreement?.model) > Number(result.states))
})

test('the first pass holds the implementation to the pinned number of states, and the second holds the pin to the model', t => {
  const scope = loadScope('tiny-limit')
  const wrong = bindScope({ ...scope, expect: { ...scope.expect, classes: 125 } })
  t.like(drain(lockstepScope(wrong, 0)), { verdict: 'disagree', disagreement: { about: 'reach', model: '125' } })
  t.throws(() => drain(lockstepScope(wrong, shuffledOrder)), { message: /has 124 states up to renaming/ })
})

test('the commands of a disagreement run again as its token says, and agree once the mistake is gone', t => {
  const commands = [0, 6, 38]
  const mutant = replayLockstep(bound('tiny-limit', 'a fault makes every page writable'), commands)
  t.like(mutant, { verdict: 'disagree', ok: false, disagreement: { about: 'state' } })
  const healthy = replayLockstep(bound('tiny-limit'), commands)
  t.like(healthy, { verdict: 'agree', ok: true, compared: 3, disagreement: { says: 'both sides agree' } })
  t.true(healthy.disagreement?.steps.every(step => step.model === step.machine))
})
