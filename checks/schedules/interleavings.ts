// The scripts of a scenario on the interleaved model: which steps a CPU of the model can take next, whatever the
// hardware does meanwhile. A situation is a packed state, and how far each CPU is in its script with what answers.

import { type Command, labelOf, type Machine, Odometer, PackedHost, Runner } from '../../model/index.js'
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

/** What a command is called that means nothing where it comes: its process or its page is not there. */
export const meaningless = 'nothing to do'

type Visit = (next: Situation) => void

export class Interleavings {
  readonly #bytes: Uint8Array
  readonly #host: PackedHost
  readonly #odometer = new Odometer()
  readonly #runner: Runner
  readonly #rules: readonly Command[]
  readonly #resumes: readonly Command[]
  readonly #starts: readonly (readonly Command[])[]

  constructor(
    readonly machine: Machine,
    readonly scripts: readonly (readonly Spoken[])[],
  ) {
    this.#bytes = new Uint8Array(machine.bytes)
    this.#host = new PackedHost(machine, this.#bytes)
    this.#runner = new Runner(machine, this.#host, this.#odometer, new Uint8Array(machine.stepOwner.length + 1))
    this.#rules = machine.commands.filter(({ kind }) => kind === 'rule')
    this.#resumes = scripts.map((_, cpu) => known(machine.commands.find(it => it.kind === 'resume' && it.cpu === cpu)))
    this.#starts = scripts.map((script, cpu) =>
      script.map(spoken => known(machine.commands.find(it => isStart(it, cpu, spoken)))),
    )
  }

  first(): Situation {
    this.machine.open()
    const none = this.scripts.map(() => [])
    return { state: initialState(this.machine), answers: none, begun: this.scripts.map(() => 0) }
  }

  isOver({ answers }: Situation): boolean {
    return answers.every((list, cpu) => list.length === this.scripts[cpu].length)
  }

  /** All that the hardware may do next. */
  hardware(at: Situation, visit: Visit): void {
    for (const rule of this.#rules) this.#run(at, rule, state => visit({ ...at, state }))
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
      else if (signal.then === 'disabled' && command.kind === 'start' && this.#isDead(command))
        visit(at.state, meaningless)
      this.#host.idle()
    } while (this.#odometer.next())
  }

  /** A command of a process that is no more, which no step of any CPU can bring back. */
  #isDead({ args }: Command): boolean {
    const { processes } = this.#host.m as { readonly processes: readonly { readonly space: number | null }[] }
    return args.process !== undefined && processes[Number(args.process)].space === null
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
