// Shrinking: what fails at random comes down to about the length that an exhaustive search finds, and still fails in the
// same way; what does not fail is refused.

import test from 'ava'
import { machineClaims } from '../claims/index.js'
import { UserError } from '../errors.js'
import { explore, usual } from '../explorer/explore.js'
import { wander } from '../explorer/wander.js'
import { drain, random } from '../lockstep/index.js'
import { shipped } from '../lockstep/run.js'
import { Workshop } from '../mutants/workshop.js'
import { placed } from '../mutants/written-machine/text.js'
import { replay } from '../replay.js'
import { mutantOf as scheduleMutant } from '../schedules/mutants.js'
import { loadScenario } from '../schedules/scenario.js'
import { scheduleToken } from '../schedules/token.js'
import { bindScope, loadScope } from '../scope/index.js'
import { tokenOf } from '../token/index.js'
import { LockstepSubject } from './lockstep.js'
import { Minimiser, type Subject } from './minimise.js'
import { shrink, shrinkSteps, usualStates } from './run.js'

const mutants = [
  ['swap', 'swapin-keeps-the-slot', 3],
  ['fork', 'a-store-writes-to-what-others-have-too', 3],
  ['shared', 'a-load-counts-the-frame-of-an-object-twice', 1],
  ['locking', 'munlock-counts-a-page-that-is-not-locked-any-more', 3],
  ['smp-munmap', 'munmap-does-not-wait-for-those-that-it-has-asked', 3],
  ['smp-fork', 'fork-lets-the-parent-go-on-writing', 1],
] as const

/** What random walks find in a scope. */
function failure(scope: string, mutant: string | null, seed: number) {
  const bound = bindScope(loadScope(scope), [], mutant)
  const { found } = drain(wander(bound.machine, { seed, commands: 20_000, length: 200, claims: null }))
  if (found === null) throw new Error(`nothing is found in ${scope}`)
  return { bound, ...found }
}

for (const [scope, mutant, seed] of mutants) {
  test(`${scope} with ${mutant}: a random failure comes down to the shortest trace, or one command more`, t => {
    const { bound, claim, steps } = failure(scope, mutant, seed)
    const shrunk = drain(shrinkSteps(bound, steps, { claim, before: steps.length }, { states: usualStates }))
    const searched = explore(bound.machine, { ...usual, audit: false }).found?.path.length ?? 0
    t.true(searched > 0 && steps.length > shrunk.after, `${steps.length} → ${shrunk.after}`)
    t.true(shrunk.after <= searched + 1, `${shrunk.after} and ${searched}`)
    t.like(replay(shrunk.token), { kind: 'mm1', shown: { claim, step: shrunk.after } })
    t.log(`${steps.length} at random, ${shrunk.after} shrunk, ${searched} by search (${claim})`)
  })
}

/** Fails where the list holds a 3 and then a 1, and needs nothing else. */
const threeThenOne: Subject<number> = {
  attempt: list => {
    const three = list.indexOf(3)
    const one = list.indexOf(1, three)
    return three < 0 || one < 0 ? null : list.slice(0, one + 1)
  },
  *simpler() {},
  isSimpler: () => false,
}

test('what is not needed is left out, wherever it stands', t => {
  const noise = Array.from({ length: 300 }, (_, i) => 4 + (i % 7))
  const minimiser = new Minimiser(threeThenOne, [...noise, 1, 3, ...noise, 1, ...noise])
  drain(minimiser.run())
  t.deepEqual(minimiser.best, [3, 1])
})

test('two that only make sense together are left out together', t => {
  const balanced: Subject<string> = {
    ...threeThenOne,
    attempt: list => {
      const open = list.filter(word => word === '(').length
      return list.includes('x') && open === list.length - open - 1 ? list : null
    },
    *simpler() {},
    isSimpler: () => false,
  }
  const minimiser = new Minimiser(balanced, ['(', 'x', '(', ')', ')'])
  drain(minimiser.run())
  t.deepEqual(minimiser.best, ['x'])
})

test('what is left is made simpler: an earlier value that still fails, and no other', t => {
  const atLeastFive: Subject<number> = {
    attempt: list => (list.length > 0 && list[0] >= 5 ? [list[0]] : null),
    *simpler([first]) {
      for (let less = 0; less < first; less++) yield [less]
    },
    isSimpler: ([one], [other]) => one < other,
  }
  const minimiser = new Minimiser(atLeastFive, [40, 2, 3])
  drain(minimiser.run())
  t.deepEqual(minimiser.best, [5])
})

test('interrupted, it keeps the best so far', t => {
  const minimiser = new Minimiser(threeThenOne, [7, 7, 7, 7, 3, 7, 7, 7, 1])
  const work = minimiser.run()
  while (minimiser.best.length === 9) work.next(null)
  const so = minimiser.best
  t.true(so.length > 2)
  t.true(work.next('interrupted').done)
  t.deepEqual([minimiser.best, minimiser.cut], [so, 'interrupted'])
})

test('a search says how much it was given: nothing shorter in the whole scope, or no answer at all', t => {
  const { bound, claim, steps } = failure('depth7', null, 1)
  const about = { claim, before: steps.length }
  t.like(drain(shrinkSteps(bound, steps, about, { states: usualStates })), { after: 7, shortest: 'scope' })
  t.like(drain(shrinkSteps(bound, steps, about, { states: 0 })), { after: 7, shortest: null })
})

test('commands under which both sides part are shrunk about the same thing, and made simpler', async t => {
  const workshop = new Workshop()
  t.teardown(() => workshop.close())
  const written = {
    title: 'a page is not written to its slot',
    file: 'swap/evict.js',
    find: 'write(slot, frame);\n        rename(frame, slot);',
    replace: 'rename(frame, slot);',
  }
  const build = await workshop.load(placed({ kills: '', ...written }).edit)
  const { machine } = bindScope(loadScope('faults'))
  const sides = { build, claims: machineClaims }
  const { told } = drain(random(machine, { ...sides, seed: 1, commands: 20_000, length: 200 }))
  const found = told?.commands ?? []
  const about = told?.parting?.about ?? ''
  const subject = new LockstepSubject(machine, sides, about)
  const minimiser = new Minimiser(
    subject,
    found.flatMap(number => [number, number]),
  )
  drain(minimiser.run())
  t.true(minimiser.best.length <= found.length, `${minimiser.best.length} of ${found.length}`)
  t.deepEqual(subject.attempt(minimiser.best), minimiser.best)
  t.is(new LockstepSubject(machine, { ...sides, build: shipped }, about).attempt(minimiser.best), null)
})

/** Runs a shrink to its end. */
async function shrunk(token: string, states = 1000) {
  const work = shrink(token, { states, build: shipped })
  for (;;) {
    const next = await work.next(null)
    if (next.done === true) return next.value
  }
}

test('a token that fails in nothing is refused', async t => {
  const error = await t.throwsAsync(shrunk(tokenOf(bindScope(loadScope('clock')), [])), { instanceOf: UserError })
  t.is(error?.code, 'nothing-fails')
  t.regex(error?.message ?? '', /no claim is violated along its 0 steps/)
})

test('what a coarser granularity shows with fewer commands is told there', async t => {
  const mutant = 'fork-does-not-wait-for-other-cpus'
  const { bound, claim, steps } = failure('smp-fork', mutant, 1)
  const found = await shrunk(tokenOf(bound, steps), usualStates)
  t.like(found, { about: claim, after: 2, shortest: 'scope', granularity: { before: 'fused', after: 'blocked' } })
  t.like(replay(found.token), { kind: 'mm1', shown: { claim, step: 2 } })
})

test('a schedule loses the switches and the commands that it does not need, and the token names what is left', async t => {
  const edit = scheduleMutant('fork-flushes-nothing')
  const found = await shrunk(scheduleToken(loadScenario('fork-store', 'tiny'), [1, 0, 3, 1, 4, 0, 6, 1], edit))
  t.like(found, { before: 4, commands: { before: 8, after: 4 }, about: 'tlb/no-right-beyond-the-entry' })
  t.is(found.mutant, 'fork-flushes-nothing')
  t.deepEqual(found.schedule?.scripts, [['P0 fork P1'], ['P0 write @0 2']])
  t.is(found.schedule?.wrong?.about, found.about)
  const again = await shrunk(found.token)
  t.is(again.token, found.token)
})
