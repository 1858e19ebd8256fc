// How many schedules of the implementation run in a second, in one thread: generators derived from the shipped text, the
// claims about memory looked at after every step. Nobody else's figure stands beside it; the bar is a rate.

import { fileURLToPath } from 'node:url'
import { alone, least, type Section } from './figures.js'
import type { Size } from './options.js'
import { inFolder } from './programs.js'

const scenarios = ['munmap-store', 'fork-store', 'two-faults'] as const
const schedules = 60_000
const bar = 50_000

export function scheduleRate(size: Size): Section {
  return {
    title: 'Schedules with at most two preemptions (tiny geometry)',
    figures: scenarios.map(scenario =>
      alone(
        { name: scenario, unit: 'schedules per CPU second', bar: least(bar) },
        Array.from({ length: size.explorations }, () => rateOf(scenario, Math.ceil(schedules * size.work))),
      ),
    ),
    notes: ['A schedule of these has 20 to 35 steps, after each of which the claims about memory are looked at.'],
    skipped: null,
  }
}

function rateOf(scenario: string, count: number): number {
  const child = fileURLToPath(new URL('schedules-child.js', import.meta.url))
  return Number(inFolder('.', process.execPath, child, scenario, String(count)))
}
