// Walks a found path again, step by step, and says what each transition did: the command, the choices it took, the
// answer, and every leaf that changed. Paths come from a search as ordinals, from a token as commands with choices.

import {
  type BoundOperation,
  type Command,
  type Machine,
  ModelError,
  PackedEngine,
  PackedHost,
  Recorded,
  Runner,
  readCell,
  type Signal,
  show,
} from '../../model/kit/index.js'
import type { Change } from '../../reports/result.js'
import { initialState } from './initial.js'

/** A transition as a record can keep it: the command's number and the codes of its choices. */
export interface Taken {
  readonly command: number
  readonly choices: readonly number[]
}

export interface WalkedStep {
  readonly taken: Taken
  readonly command: Command
  readonly signal: Signal
  readonly operation: string
  /** The last step of the operation that ran, empty for rules. */
  readonly step: string
  readonly rule: string
  /** What was chosen, as it reads: `frame 1`. */
  readonly choices: readonly string[]
  readonly before: Uint8Array
  readonly after: Uint8Array
  readonly diff: readonly Change[]
}

/** A record names a command that cannot be issued where it stands. */
export class FollowError extends ModelError {
  constructor(
    readonly at: number,
    why: string,
  ) {
    super(`step ${at + 1} cannot be taken: ${why}`)
  }
}

/** Every leaf of a state as it reads, operations in flight included. */
export function leavesOf(machine: Machine, bytes: Uint8Array): { readonly path: string; readonly value: string }[] {
  const leaves = machine.layout.cells.map(cell => ({
    path: cell.path,
    value: show(cell.domain.values[readCell(bytes, cell)], cell.domain.spec),
  }))
  return [
    ...leaves,
    ...machine.counters.map((_, cpu) => ({ path: `cpu ${cpu}`, value: underWay(machine, bytes, cpu) })),
  ]
}

/** What a CPU is in the middle of: `munmap.clear(space 0, page 1)`, or `idle`. What is none, false or empty is left out. */
function underWay(machine: Machine, bytes: Uint8Array, cpu: number): string {
  const counter = machine.counters[cpu]
  const at = readCell(bytes, counter)
  if (at === 0) return 'idle'
  const owner = machine.stepOwner[at]
  const fields = owner.fields
    .map(f => ({ f, value: f.cell.domain.values[readCell(bytes, { ...f.cell, at: f.cell.at + counter.at })] }))
    .filter(({ f, value }) => value !== null && value !== false && !f.name.endsWith('$'))
    .map(({ f, value }) => `${f.name} ${show(value, f.cell.domain.spec)}`)
    .filter(text => !text.endsWith(' {}'))
  return `${owner.operation.name}.${owner.steps[at - owner.first].name}(${fields.join(', ')})`
}

export function diffOf(machine: Machine, before: Uint8Array, after: Uint8Array): Change[] {
  const now = leavesOf(machine, after)
  return leavesOf(machine, before).flatMap(({ path, value }, i) =>
    value === now[i].value ? [] : [{ path, from: value, to: now[i].value }],
  )
}

/** Walks the transitions that a search named by their ordinals among all transitions of each state. */
export function walk(machine: Machine, ordinals: readonly number[]): WalkedStep[] {
  machine.open()
  const engine = new PackedEngine(machine)
  const taken: Taken[] = []
  let state = initialState(machine)
  for (const ordinal of ordinals) {
    let seen = 0
    let next: Uint8Array | null = null
    engine.load(state)
    engine.transitions(command => {
      if (seen++ !== ordinal) return
      taken.push({ command: command.index, choices: [...engine.taken] })
      next = engine.bytes.slice()
    })
    if (next === null) throw new ModelError(`the path has no transition ${ordinal} where it should`)
    state = next
  }
  return follow(machine, taken)
}

/** Takes recorded transitions from the first state on. */
export function follow(machine: Machine, record: readonly Taken[]): WalkedStep[] {
  machine.open()
  let state = initialState(machine)
  return record.map((taken, at) => {
    const step = takeStep(machine, state, taken, at)
    state = step.after
    return step
  })
}

/** Takes one recorded transition; `at` is how many were taken before, for errors. */
export function takeStep(machine: Machine, before: Uint8Array, taken: Taken, at: number): WalkedStep {
  const command = machine.commands[taken.command]
  if (command === undefined) throw new FollowError(at, `there is no command ${taken.command}`)
  const after = before.slice()
  const choices = new Recorded(taken.choices)
  const reached: number[] = []
  const host = new PackedHost(machine, after)
  const owner = ownerOf(machine, before, command)
  const runner = new Runner(machine, host, choices, new Uint8Array(machine.stepOwner.length + 1), number =>
    reached.push(number),
  )
  const signal = runner.run(command)
  if (signal.then === 'disabled' || signal.then === 'block') {
    throw new FollowError(at, `${command.name} is ${signal.then === 'block' ? 'blocked' : 'disabled'} there`)
  }
  if (choices.said.length < taken.choices.length) {
    throw new FollowError(
      at,
      `${command.name} makes ${choices.said.length} choices, and the record holds ${taken.choices.length}`,
    )
  }
  const last = reached.at(-1)
  return {
    taken,
    command,
    signal,
    operation: owner?.operation.name ?? command.name,
    step: owner === null || last === undefined ? '' : owner.steps[last - owner.first].name,
    rule: owner?.operation.about.rule ?? '',
    choices: choices.said,
    before,
    after,
    diff: diffOf(machine, before, after),
  }
}

function ownerOf(machine: Machine, before: Uint8Array, command: Command): BoundOperation | null {
  if (command.kind !== 'resume') return command.operation
  const at = readCell(before, machine.counters[command.cpu])
  return at === 0 ? null : machine.stepOwner[at]
}
