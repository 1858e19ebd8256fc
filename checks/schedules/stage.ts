// A scenario made ready: one memory, which the shipped text brings to where the scripts begin, and for each CPU an
// instance of the derived text over the same memory. Every schedule begins with a copy of that memory.

import { type BootInfo, createMachine, EBUSY, EINVAL, ESRCH, type Machine as Implementation } from '../../impl/index.js'
import { labelOf, size } from '../../model/index.js'
import type { Command } from '../../spec/interface.js'
import { UserError } from '../errors.js'
import { answerOf, outcomeOf } from '../lockstep/call.js'
import { type Placement, placementOf } from '../lockstep/placement.js'
import type { TextEdit } from '../mutants/compiled.js'
import { printCommand } from '../notation/index.js'
import { type Broken, judgeOf } from './claims.js'
import { type Copy, derivedCopy } from './copy.js'
import { Generators, handingOver, type Places, type Script } from './generators.js'
import { meaningless, unheard } from './interleavings.js'
import type { Scenario } from './scenario.js'
import { Scheduler } from './scheduler.js'
import { loadedIn } from './seen.js'
import { type Answered, isGenerator, straight } from './straight.js'

export interface Stage {
  readonly scenario: Scenario
  readonly placement: Placement
  /** CPU 0's side, as it is shipped: for looking, and for what was done before. */
  readonly machine: Implementation
  readonly words: Int32Array
  readonly snapshot: Int32Array
  readonly runner: Generators
  /** Where each CPU stands. */
  readonly places: Places
  /** What each CPU's commands have answered so far, as numbers. */
  readonly answers: readonly number[][]
  /** The claim that ended the last schedule. */
  readonly broken: Broken | null
  /** Whose tables each CPU has loaded where the scripts begin. */
  readonly loaded: readonly number[]
  follower: Follower | null
}

/** Follows a schedule step by step: told who made each, it answers why that must not be. */
export interface Follower {
  begin(): void
  after(cpu: number): Broken | null
}

/** A machine of a scenario's bounds with as many CPUs. A page holds the byte that was stored in its first word alone. */
export function bootOf({ bounds, scripts }: Scenario, shared: boolean): { boot: BootInfo; placement: Placement } {
  const placement = placementOf(bounds)
  const patterns = placement.patterns.map((pattern, byte) => pattern.map((_, i) => (i === 0 ? byte : 0)))
  const boot = { ...placement.boot, cpus: scripts.length, translations: size(bounds, 'translation'), shared }
  return { boot, placement: { ...placement, boot, patterns } }
}

/** Each CPU's side of one machine in the state in which the scripts begin. */
export function prepared(scenario: Scenario, shared: boolean) {
  const { boot, placement } = bootOf(scenario, shared)
  const machine = createMachine(boot)
  const sides = scenario.scripts.map((_, cpu) =>
    cpu === 0 ? machine : createMachine(boot, undefined, { memory: machine.memory, cpu }),
  )
  for (const { cpu, command } of scenario.given) {
    const to = { machine: sides[cpu], placement }
    const outcome = outcomeOf(to, command.name, answerOf(to, command))
    if (outcome.is === 'ok') continue
    const message = `'${printCommand(command)}' answers ${labelOf(outcome)}, and should be ok`
    throw new UserError({ code: 'given-fails', message, place: scenario.name })
  }
  return { boot, placement, machine, sides, words: new Int32Array(machine.memory) }
}

const copies = new Map<string, Promise<Copy>>()
/** V8 folds the constants of a factory that ran once: a copy for each geometry. */
function copyFor({ geometry, scripts }: Scenario, edits: readonly TextEdit[]): Promise<Copy> {
  const key = JSON.stringify([geometry, scripts.length, edits])
  const known = copies.get(key) ?? derivedCopy(edits)
  copies.set(key, known)
  return known
}

/** `claims`: whether those about memory are looked at after every step. */
export async function openStage(
  scenario: Scenario,
  edits: readonly TextEdit[] = [],
  { claims } = { claims: true },
): Promise<Stage> {
  const { createMachine: derived } = await copyFor(scenario, edits)
  const { boot, placement, machine, sides, words } = prepared(scenario, false)
  const snapshot = words.slice()
  const judge = claims ? judgeOf(machine) : () => null
  const places: Places = []
  const answers = scenario.scripts.map((): number[] => [])
  let broken: Broken | null = null
  const world = {
    cpus: sides.length,
    memory: words,
    hasMail: (cpu: number) => sides[cpu].hasMail(),
    holds(cpu: number): boolean {
      broken = judge() ?? stage.follower?.after(cpu) ?? null
      return broken === null
    },
  }
  const scheduler = new Scheduler(world)
  const scripts = scenario.scripts.map((script, cpu): Script => {
    const hooks = handingOver(() => scheduler, cpu, places)
    const it = straight(derived(boot, hooks, { memory: machine.memory, cpu }))
    const to = { machine: it, placement }
    return () => running(script, to, scheduler, cpu, answers[cpu])
  })
  const restore = () => {
    words.set(snapshot)
    broken = null
    for (const list of answers) list.length = 0
    stage.follower?.begin()
  }
  const stage: Stage = {
    scenario,
    placement,
    machine,
    words,
    snapshot,
    runner: new Generators(scheduler, scripts, restore),
    places,
    answers,
    get broken() {
      return broken
    },
    loaded: loadedIn(machine),
    follower: null,
  }
  return stage
}

type To = Parameters<typeof answerOf>[0]

/** What a CPU does: its commands, then answering whoever asks it to forget. */
function* running(
  script: readonly Command[],
  to: To,
  scheduler: Scheduler,
  cpu: number,
  answers: number[],
): Generator<unknown, void> {
  for (const command of script) {
    const answer: Answered<number> = answerOf(to, command)
    answers.push(isGenerator(answer) ? yield* answer : answer)
  }
  for (;;) {
    if (scheduler.idles(cpu)) yield
    const answered: Answered<void> = to.machine.poll()
    if (isGenerator(answered)) yield* answered
  }
}

/** The answers so far as the model words them, a list for each CPU. What no process or page is there for it does not begin. */
export const answersOf = ({ scenario, machine, placement, answers }: Stage): readonly (readonly string[])[] =>
  scenario.scripts.map((script, cpu) =>
    answers[cpu].map((answer, i) => {
      const { name } = script[i]
      if (answer === ESRCH) return meaningless
      if (name === 'swapOut' && (answer === EINVAL || answer === EBUSY)) return unheard
      return labelOf(outcomeOf({ machine, placement }, name, answer), true)
    }),
  )
