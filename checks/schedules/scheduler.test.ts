// Schedules are counted against combinatorics, and each is made once; a deadlock is seen, and so is a wait that spins.

import test from 'ava'
import { NoSuchSchedule } from './scheduler.js'
import { enumerate, type Runner, type Sampling, sample } from './strategies.js'
import { toyStage } from './toys.js'

const walkers = (points: readonly number[]) => toyStage(points.map(count => toy => toy.walk(count)))

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k)
const everything = 99

/** How many schedules there are; `visit` sees each when it has ended. */
function count(schedules: Generator<void, void>, visit: () => void = () => undefined): number {
  let made = 0
  for (const _ of schedules) {
    made++
    visit()
  }
  return made
}
const each = (runner: Runner, preemptions: number, visit?: () => void) => count(enumerate(runner, preemptions), visit)
const some = (runner: Runner, sampling: Sampling, visit?: () => void) => count(sample(runner, sampling), visit)

for (const [points, count] of [
  [[1, 1], choose(4, 2)],
  [[2, 1], choose(5, 2)],
  [[8, 8], choose(18, 9)],
  [[1, 1, 1], 90],
] as const) {
  test(`CPUs that pass ${points.join(' and ')} points can run in ${count} orders, each made once`, async t => {
    const { runner } = await walkers(points)
    const seen = new Set<string>()
    const made = each(runner, everything, () => {
      seen.add(Array.from({ length: runner.scheduler.steps }, (_, step) => runner.scheduler.took(step)).join(''))
      t.is(runner.scheduler.status, 'finished')
    })
    t.is(made, count)
    t.is(seen.size, count)
  })
}

test('a number of preemptions bounds the schedules: none leaves only the orders in which CPUs come first', async t => {
  const { runner } = await walkers([3, 3, 3])
  const counted = [0, 1, 2].map(bound => each(runner, bound))
  t.is(counted[0], 6)
  t.true(counted[1] > counted[0] && counted[2] > counted[1])
})

test('the deviations of a schedule make the same schedule again, whatever strategy found it', async t => {
  const { runner } = await walkers([4, 3, 2])
  const { scheduler } = runner
  const taken = () => Array.from({ length: scheduler.steps }, (_, step) => scheduler.took(step))
  some(runner, { schedules: 50, depth: 4, seed: 7 }, () => {
    const [first, deviations] = [taken(), scheduler.deviations()]
    runner.run(deviations)
    t.deepEqual(taken(), first)
  })
})

test('locks that are taken in two orders are a deadlock in some schedule, with the points where all wait', async t => {
  const { runner, places } = await toyStage([(toy, cpu) => toy.both(cpu, 0, 1), (toy, cpu) => toy.both(cpu, 1, 0)])
  let found = 0
  each(runner, 1, () => {
    if (runner.scheduler.status === 'deadlock') {
      found++
      t.deepEqual(places, ['toy.lock', 'toy.lock'])
    }
  })
  t.true(found > 0)
})

test('locks that are taken in one order never are', async t => {
  const { runner } = await toyStage([0, 1, 2].map(() => (toy, cpu) => toy.both(cpu, 0, 1)))
  each(runner, 2, () => {
    t.is(runner.scheduler.status, 'finished')
  })
})

test('who waits without saying what for is cut off', async t => {
  const { runner } = await toyStage([toy => toy.spin(0)])
  runner.run([])
  t.is(runner.scheduler.status, 'too long')
})

test('one preemption loses a count that none loses', async t => {
  const { runner, memory } = await toyStage([0, 1].map(() => toy => toy.count(0)))
  const lost = (bound: number) => {
    let count = 0
    each(runner, bound, () => {
      if (memory[0] !== 2) count++
    })
    return count
  }
  t.is(lost(0), 0)
  t.is(lost(1), 2)
})

test('a deviation to a CPU that cannot run is refused', async t => {
  const { runner } = await walkers([1, 1])
  t.throws(() => runner.run([3, 0]), { instanceOf: NoSuchSchedule })
})

test('PCT finds a bug of depth 2 only with a change of priorities', async t => {
  const { runner, memory } = await toyStage([0, 1].map(() => toy => toy.count(0)))
  const lost = (depth: number) => {
    let count = 0
    some(runner, { schedules: 100, depth, seed: 1 }, () => {
      if (memory[0] !== 2) count++
    })
    return count
  }
  t.is(lost(1), 0)
  t.true(lost(2) > 5)
})
