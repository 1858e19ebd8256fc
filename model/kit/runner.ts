// Runs one transition of a machine on a host: an immer draft or a packed view, the text is the same. A step decides
// or acts; what it returns says where the operation stands next, and the granularity says how far one transition goes.

import { type Answer, type Block, block, type Disabled, disabled, done, type Then } from './answer.js'
import { answerField, type BoundOperation, type BoundStep, type Field, loopField } from './bound.js'
import type { Choices } from './choices.js'
import type { Command } from './commands.js'
import { namesIn, show } from './domain.js'
import type { Machine } from './machine.js'
import { ModelError } from './schema.js'
import { interchangeable } from './symmetry.js'

export type Locals = Record<string, unknown>

/** Where a transition runs. */
export interface Host {
  /** The state, as recipes see it. */
  readonly m: unknown
  /** The next step of a CPU, by number; 0 when it is idle. */
  at(cpu: number): number
  put(cpu: number, at: number): void
  /** Arguments and locals of what the CPU is in the middle of. */
  my(cpu: number, operation: BoundOperation): Locals
  /** Arguments and locals as they are before the first step; the command is a start of the operation. */
  begin(command: Command, operation: BoundOperation): void
  end(cpu: number, operation: BoundOperation): void
  /** The state in packed form as it is now, for telling members apart. */
  packed(): Uint8Array
  /** Calls since the start that wrote the state, where the host counts them; -1 where it does not. */
  writes(): number
}

/** The operation goes on: it is under way after this transition. */
export interface Moved {
  readonly then: 'moved'
}
/** The operation waits, and no interrupt can wake it. */
export interface Stuck {
  readonly then: 'stuck'
}
export const moved: Moved = Object.freeze({ then: 'moved' })
export const stuck: Stuck = Object.freeze({ then: 'stuck' })
/** How a transition ended. Blocked and disabled ones did not happen. */
export type Signal = Answer | Moved | Block | Disabled | Stuck

const plain = done()

/** Steps that one transition may take; more is a loop that nothing ends. */
const mostSteps = 10_000

export class Runner {
  readonly #interrupts: readonly Command[]
  constructor(
    readonly machine: Machine,
    readonly host: Host,
    readonly choices: Choices,
    /** By step number: set when the step has run. */
    readonly reached: Uint8Array,
    /** Told the number of each step that has run, and what it returned. */
    readonly ran: ((step: number, then: Then<string> | void) => void) | null = null,
  ) {
    this.#interrupts = machine.commands.filter(c => c.rule?.interrupt === true)
  }

  run(command: Command): Signal {
    if (command.kind === 'rule') return this.#rule(command)
    if (command.kind === 'start') return this.#start(command)
    const at = this.host.at(command.cpu)
    if (at === 0) return disabled
    const owner = this.machine.stepOwner[at]
    return started(owner, this.#onward(command.cpu, owner))
  }

  #rule(command: Command): Signal {
    if (command.rule === null) return disabled
    const then = command.rule.run(this.host.m as never, command.args as never)
    if (then !== undefined) return disabled
    command.rule.ghost?.(this.host.m as never, command.args as never)
    return moved
  }

  #start(command: Command): Signal {
    const { cpu, operation } = command
    if (operation === null || this.host.at(cpu) !== 0) return disabled
    this.host.begin(command, operation)
    this.host.put(cpu, operation.first)
    return this.#enter(cpu, operation, 0, this.host.my(cpu, operation)) ?? this.#onward(cpu, operation)
  }

  /** One transition of an operation that is under way, as far as the granularity lets it run. */
  #onward(cpu: number, operation: BoundOperation): Signal {
    const { granularity } = this.machine.setting
    const { stops } = this.machine
    let signal = this.#step(cpu, operation)
    if (granularity === 'full') return signal
    for (let steps = 1; signal === moved; steps++) {
      if (stops[this.host.at(cpu)]) return moved
      if (steps > mostSteps)
        throw new ModelError(`${operation.operation.name} comes to no end: does it wait by going back?`)
      signal = started(operation, this.#step(cpu, operation))
      if (signal !== block) continue
      if (granularity !== 'whole' && granularity !== 'attempts') return moved
      signal = this.#interrupt() ? moved : stuck
    }
    return signal
  }

  /** Lets the hardware move while an operation runs to completion: someone has to acknowledge. */
  #interrupt(): boolean {
    let any = false
    for (const command of this.#interrupts) if (this.#rule(command) === moved) any = true
    return any
  }

  #step(cpu: number, operation: BoundOperation): Signal {
    const { host } = this
    const number = host.at(cpu)
    const index = number - operation.first
    const step = operation.steps[index]
    const my = host.my(cpu, operation)
    const before = host.writes()
    const then = this.#perform(step, my, operation)
    if (before >= 0 && decides(then) && host.writes() !== before) {
      throw new ModelError(
        `${operation.operation.name}.${step.name} has written the state and then answers ${say(then)}`,
      )
    }
    if (then === block || then === disabled) return then
    this.reached[number] = 1
    this.ran?.(number, then)
    return this.#then(cpu, operation, index, step, my, then)
  }

  #perform(step: BoundStep, my: Locals, operation: BoundOperation): Then<string> | void {
    const { m } = this.host
    let then: Then<string> | void
    switch (step.kind) {
      case 'plain':
        then = step.run(m as never, my)
        if (step.ghost !== undefined && !decides(then)) step.ghost(m, my)
        return then
      case 'each': {
        const item = Number(my[loopField])
        then = step.run(m as never, my, item)
        if (step.ghost !== undefined && !decides(then)) step.ghost(m, my, item)
        return then
      }
      case 'sweep': {
        const left = this.#left(step, my)
        const item =
          left.length === 1 ? left[0] : this.choices.pick(this.#classes(left, step, my, operation), what(step))
        then = step.run(m as never, my, item)
        if (then === block) return then
        my[loopField] = Number(my[loopField]) | (1 << item)
        if (step.ghost !== undefined && !decides(then)) step.ghost(m, my, item)
        return then
      }
      case 'choose': {
        const eligible: number[] = []
        step.options.forEach((value, code) => {
          if (step.eligible(m as never, my, value)) eligible.push(code)
        })
        if (eligible.length === 0) return step.none(m as never, my)
        const value = step.options[this.choices.pick(this.#classes(eligible, step, my, operation), what(step))]
        then = step.run(m as never, my, value)
        if (step.ghost !== undefined && !decides(then)) step.ghost(m, my, value)
        return then
      }
    }
  }

  /** One of each class of members that cannot be told apart, the least. */
  #classes(options: readonly number[], step: BoundStep, my: Locals, operation: BoundOperation): readonly number[] {
    const { symmetric, setting, layout } = this.machine
    if (options.length === 1 || setting.choices === 'all' || !symmetric.includes(step.set)) return options
    const named = this.#inHand(step.set)
    for (const field of operation.fields) mention(field, my, step.set, named)
    const packed = this.host.packed()
    const kept: number[] = []
    for (const option of options) {
      const same = kept.some(
        other => !named.has(option) && !named.has(other) && interchangeable(layout, packed, step.set, option, other),
      )
      if (!same) kept.push(option)
    }
    return kept
  }

  /** Members that operations in flight name in their arguments and locals, or have swept already. */
  #inHand(set: string): Set<number> {
    const { machine, host } = this
    const named = new Set<number>()
    for (let cpu = 0; cpu < machine.cpus; cpu++) {
      const at = host.at(cpu)
      if (at === 0) continue
      const o = machine.stepOwner[at]
      const my = host.my(cpu, o)
      for (const field of o.fields) mention(field, my, set, named)
      const step = o.steps[at - o.first]
      if (step.kind !== 'sweep' || step.set !== set) continue
      for (let i = 0; i < 32; i++) if (Number(my[loopField]) & (1 << i)) named.add(i)
    }
    return named
  }

  #left(step: BoundStep & { kind: 'sweep' }, my: Locals): number[] {
    const count = this.machine.setting.bounds.sizes[step.set] ?? 0
    const doneSet = Number(my[loopField])
    const left: number[] = []
    for (let i = 0; i < count; i++) {
      if ((doneSet & (1 << i)) === 0 && (step.where === undefined || step.where(my, i))) left.push(i)
    }
    return left
  }

  /** Where the operation stands after a step. */
  #then(cpu: number, o: BoundOperation, index: number, step: BoundStep, my: Locals, then: Then<string> | void): Signal {
    if (then === undefined) {
      const looping = step.kind === 'each' || step.kind === 'sweep'
      if (step.kind === 'each') my[loopField] = Number(my[loopField]) + 1
      return this.#enter(cpu, o, looping ? index : index + 1, my) ?? moved
    }
    if (then.then === 'answer') return this.#answer(cpu, o, index, step, my, then)
    if (then.then !== 'go' && then.then !== 'leave') {
      throw new ModelError(`${o.operation.name}.${step.name} answers ${then.then}, which ends nothing`)
    }
    if (then.then === 'leave') my[answerField] = 1 + answerCode(o, then.answer)
    if (step.kind === 'each' || step.kind === 'sweep') my[loopField] = 0
    const target = o.target.get(then.step)
    if (target === undefined) throw new ModelError(`${o.operation.name} has no step ${then.step}`)
    return this.#enter(cpu, o, target, my) ?? moved
  }

  /** The operation ends with an answer: at once in its first step and behind its last ones, through those otherwise. */
  #answer(cpu: number, o: BoundOperation, index: number, step: BoundStep, my: Locals, then: Answer): Signal {
    if (index === 0 || index >= o.last.from) return this.#end(cpu, o, then)
    if (then !== plain) my[answerField] = 1 + answerCode(o, then)
    if (step.kind === 'each' || step.kind === 'sweep') my[loopField] = 0
    return this.#enter(cpu, o, o.last.from, my) ?? moved
  }

  /** Stands the CPU at a step, past loops that have nothing left; answers when that leads to the end. */
  #enter(cpu: number, o: BoundOperation, from: number, my: Locals): Answer | undefined {
    let index = from
    while (index < o.steps.length && !this.#hasLeft(o.steps[index], my)) {
      my[loopField] = 0
      index++
    }
    const code = Number(my[answerField] ?? 0)
    const isOver = index >= o.steps.length || (code !== 0 && o.last.behind > 0 && index >= o.last.behind)
    if (!isOver) {
      this.host.put(cpu, o.first + index)
      return undefined
    }
    return this.#end(cpu, o, code === 0 ? done() : o.answers[code - 1])
  }

  #hasLeft(step: BoundStep, my: Locals): boolean {
    if (step.kind === 'sweep') return this.#left(step, my).length > 0
    if (step.kind !== 'each') return true
    const count = this.machine.setting.bounds.sizes[step.set] ?? 0
    let item = Number(my[loopField])
    while (item < count && step.where !== undefined && !step.where(my, item)) item++
    my[loopField] = item
    return item < count
  }

  #end(cpu: number, o: BoundOperation, answer: Answer): Answer {
    this.host.put(cpu, 0)
    this.host.end(cpu, o)
    return answer
  }
}

/** What has begun cannot turn out never to have been possible. */
function started(o: BoundOperation, signal: Signal): Signal {
  if (signal === disabled)
    throw new ModelError(`${o.operation.name} is disabled when it is under way: only a first step may be`)
  return signal
}

/** Steps that decide: these answers must not come from a step that wrote. */
const decides = (then: Then<string> | void): boolean =>
  then !== undefined &&
  (then.then === 'block' ||
    then.then === 'disabled' ||
    then.then === 'leave' ||
    (then.then === 'answer' && then.outcome.is !== 'ok'))

function mention({ name, cell }: Field, my: Locals, set: string, named: Set<number>): void {
  for (const n of namesIn(cell.domain.spec, my[name])) if (n.set === set) named.add(n.member)
}

const say = (then: Then<string> | void): string => (then === undefined ? 'nothing' : then.then)
const what = (step: BoundStep) => ({
  step: step.name,
  set: step.set,
  show: (code: number) => show(step.options[code]),
})

function answerCode(o: BoundOperation, answer: Answer): number {
  const code = o.answers.indexOf(answer)
  if (code < 0) throw new ModelError(`${o.operation.name} leaves with an answer that it does not declare`)
  return code
}
