// Which schedules to make. `enumerate` makes every schedule with at most so many preemptions, each exactly once: a child
// of a schedule makes the same deviations and one more, later. Switching away from a CPU that waits is no preemption.
// `sample` is PCT (Burckhardt and others, ASPLOS 2010): random priorities, and depth - 1 random places where whoever runs
// falls below all others; it finds a bug of that depth in one of at most n·k^(depth-1) runs.

import type { Deviations, Scheduler } from './scheduler.js'

/** Runs one schedule to its end; the scheduler then has its trace. */
export interface Runner {
  readonly scheduler: Scheduler
  run(deviations: Deviations): void
  runBy(priorities: readonly number[], changes: readonly number[]): void
}

/** Every schedule with at most so many preemptions; yields when one has come to its end. */
export function* enumerate(runner: Runner, preemptions: number): Generator<void, void> {
  const { scheduler } = runner
  const { cpus } = scheduler.world
  const waiting: { readonly deviations: Deviations; readonly used: number }[] = [{ deviations: [], used: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { deviations, used } = next
    runner.run(deviations)
    const from = deviations.length === 0 ? 0 : deviations[deviations.length - 2] + 1
    for (let step = scheduler.steps - 1; step >= from; step--) {
      const cost = used + scheduler.cost(step)
      if (cost > preemptions) continue
      const [could, usual] = [scheduler.could(step), scheduler.usual(step)]
      for (let cpu = 0; cpu < cpus; cpu++)
        if ((could & (1 << cpu)) !== 0 && cpu !== usual)
          waiting.push({ deviations: [...deviations, step, cpu], used: cost })
    }
    yield
  }
}

export interface Sampling {
  readonly schedules: number
  readonly depth: number
  readonly seed: number
}

/** So many schedules by random priorities. The usual one is made first, because its length places the changes. */
export function* sample(runner: Runner, { schedules, depth, seed }: Sampling): Generator<void, void> {
  const { cpus } = runner.scheduler.world
  const random = randomBelow(seed)
  runner.run([])
  let longest = runner.scheduler.steps
  for (let count = 1; count <= schedules; count++) {
    const priorities = shuffled(
      Array.from({ length: cpus }, (_, cpu) => cpu + 1),
      random,
    )
    runner.runBy(
      priorities,
      Array.from({ length: depth - 1 }, () => random(longest)),
    )
    longest = Math.max(longest, runner.scheduler.steps)
    yield
  }
}

/** Numbers below a bound, the same ones for the same seed (xorshift32: Marsaglia, Xorshift RNGs, 2003). */
export function randomBelow(seed: number): (bound: number) => number {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1
  return bound => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % bound
  }
}

function shuffled(list: number[], random: (bound: number) => number): readonly number[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random(i + 1)
    ;[list[i], list[j]] = [list[j], list[i]]
  }
  return list
}
