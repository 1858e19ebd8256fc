// The scripts of a scenario on the interleaved model: which steps a CPU of the model can take next, whatever the
// hardware does meanwhile. A situation is a packed state, and how far each CPU is in its script with what answers.

import { activate } from '../../model/concurrency/cpus.js'
import {
  type Command,
  ids,
  labelOf,
  type Machine,
  Odometer,
  PackedHost,
  Runner,
  type State,
} from '../../model/index.js'
import { isEvictable } from '../../model/swap/mappings.js'
import { isWalking } from '../../model/tlb/walks.js'
import type { Command as Spoken } from '../../spec/interface.js'
import { initialState } from '../explorer/initial.js'

export interface Situation {
  readonly state: Uint8Array
  /** The answers of each CPU so far, as they read. */
  readonly answers: readonly (readonly string[])[]
  /** Commands that each CPU has begun. */
  readonly begun: readonly number[]
}

export const keyOf = ({ state, answers, begun }: Situation): string =>
  `${Buffer.from(state).toString('latin1')}|${answers.map(list => list.join(',')).join(';')}|${begun.join()}`

/** What a command answers that means nothing where it comes: its process is not there. */
export const meaningless = 'nothing to do'
/**
 * What a page that the kernel evicts by itself answers, whether it has gone, is not there, or is kept: nobody hears it
 * (spec/concurrency.md#linearizability). The states must agree even so.
 */
export const unheard = 'ok'

type Visit = (next: Situation) => void

export class Interleavings {
  readonly #bytes: Uint8Array
  readonly #host: PackedHost
  readonly #odometer = new Odometer()
  readonly #runner: Runner
  readonly #rules: readonly (readonly Command[])[]
  readonly #resumes: readonly Command[]
  readonly #starts: readonly (readonly Command[])[]

  constructor(
    readonly machine: Machine,
    readonly scripts: readonly (readonly Spoken[])[],
  ) {
    this.#bytes = new Uint8Array(machine.bytes)
    this.#host = new PackedHost(machine, this.#bytes)
    this.#runner = new Runner(machine, this.#host, this.#odometer, new Uint8Array(machine.stepOwner.length + 1))
    const rules = machine.commands.filter(({ kind }) => kind === 'rule')
    this.#rules = scripts.map((_, cpu) => rules.filter(({ args }) => args.cpu === cpu))
    this.#resumes = scripts.map((_, cpu) => known(machine.commands.find(it => it.kind === 'resume' && it.cpu === cpu)))
    this.#starts = scripts.map((script, cpu) =>
      script.map(spoken => known(machine.commands.find(it => isStart(it, cpu, spoken)))),
    )
  }

  /** Where the scripts begin: each CPU has the tables of a process loaded, or those of none (-1). */
  first(loaded: readonly number[]): Situation {
    this.machine.open()
    this.#bytes.set(initialState(this.machine))
    const m = this.#host.m as State
    loaded.forEach((process, cpu) => {
      const it = m.cpus[ids(m.cpus)[cpu]]
      it.process = process < 0 ? null : ids(m.processes)[process]
      it.active = it.process === null ? null : m.processes[it.process].space
    })
    const none = this.scripts.map(() => [])
    return { state: this.#bytes.slice(), answers: none, begun: this.scripts.map(() => 0) }
  }

  isOver({ answers }: Situation): boolean {
    return answers.every((list, cpu) => list.length === this.scripts[cpu].length)
  }

  /** All that the hardware of a CPU may do next. */
  hardware(at: Situation, visit: Visit, cpu: number): void {
    for (const rule of this.#rules[cpu]) this.#run(at, rule, state => visit({ ...at, state }))
  }

  /**
   * A CPU loads the tables of the process whose command comes next. In the model that is part of the command's first step;
   * whoever makes steps that are finer finds it between two commands. It may come early, and can only bring the model to
   * wait for one CPU more: a machine that does not say whose tables it has loaded is not waited for, and goes on where
   * the model cannot (a written mistake).
   */
  switches(at: Situation, cpu: number, visit: Visit): void {
    const { answers, begun } = at
    const command = this.#starts[cpu][begun[cpu]]
    if (command?.args.process === undefined || answers[cpu].length !== begun[cpu]) return
    this.#bytes.set(at.state)
    const m = this.#host.m as State
    const { space } = m.processes[ids(m.processes)[Number(command.args.process)]]
    const on = ids(m.cpus)[cpu]
    if (space === null || m.cpus[on].active === space) return
    activate(m, on, space)
    visit({ ...at, state: this.#bytes.slice() })
  }

  /** The next step of a CPU: of what it is in the middle of, or the first one of what comes next. */
  steps(at: Situation, cpu: number, visit: Visit): void {
    const { answers, begun } = at
    const isIdle = answers[cpu].length === begun[cpu]
    if (isIdle && begun[cpu] === this.scripts[cpu].length) return
    const begunNow = isIdle ? begun.map((count, c) => (c === cpu ? count + 1 : count)) : begun
    const answered = (state: Uint8Array, answer: string) =>
      visit({ state, begun: begunNow, answers: answers.map((list, c) => (c === cpu ? [...list, answer] : list)) })
    const command = isIdle ? this.#starts[cpu][begun[cpu]] : this.#resumes[cpu]
    this.#run(at, command, (state, answer) => {
      if (answer !== null) answered(state, answer)
      else visit({ state, answers, begun: begunNow })
    })
  }

  #run(at: Situation, command: Command, visit: (state: Uint8Array, answer: string | null) => void): void {
    this.#odometer.start()
    do {
      this.#bytes.set(at.state)
      const signal = this.#runner.run(command)
      if (signal.then === 'answer') visit(this.#bytes.slice(), labelOf(signal.outcome, true))
      else if (signal.then === 'moved') visit(this.#bytes.slice(), null)
      else if (signal.then === 'disabled' && command.kind === 'start') {
        if (this.#isDead(command)) visit(at.state, meaningless)
        else if (command.name === 'swapOut' && this.#hasNothingToEvict(command)) visit(at.state, unheard)
      }
      this.#host.idle()
    } while (this.#odometer.next())
  }

  /** A command of a process that is no more, which no step of any CPU can bring back. */
  #isDead({ args }: Command): boolean {
    const { processes } = this.#host.m as { readonly processes: readonly { readonly space: number | null }[] }
    return args.process !== undefined && processes[Number(args.process)].space === null
  }

  /** A page that cannot be evicted now: others have had it meanwhile, or are at it. */
  #hasNothingToEvict({ args, cpu }: Command): boolean {
    const m = this.#host.m as State
    const { space } = m.processes[ids(m.processes)[Number(args.process)]]
    if (space === null || isWalking(m, ids(m.cpus)[cpu])) return false
    const { entry } = m.spaces[space].pages[ids(m.tree)[Number(args.page)]]
    return entry.is !== 'present' || !isEvictable(m, entry.frame)
  }
}

function known(command: Command | undefined): Command {
  if (command === undefined) throw new RangeError('a script has a command that its scope has not')
  return command
}

const isStart = ({ kind, cpu, name, args }: Command, on: number, { name: wanted, ...fields }: Spoken): boolean =>
  kind === 'start' &&
  cpu === on &&
  name === wanted &&
  Object.entries(fields).every(([field, value]) => args[field] === value)
