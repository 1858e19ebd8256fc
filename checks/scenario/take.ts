// The steps of a scenario as transitions of its scope's machine: each is found by its text among the commands that the
// scope has, and taken as the answer and the choices say. What cannot be taken is refused with its place.

import { type Command, type Machine, PackedEngine } from '../../model/kit/index.js'
import { commandText, describe } from '../describe.js'
import { meant, UserError } from '../errors.js'
import { initialState } from '../explorer/initial.js'
import { takeStep, type WalkedStep } from '../explorer/trace.js'
import { NotationError, parseScenario, printCommand } from '../notation/index.js'
import type { ScenarioStep } from './file.js'

/** A step that answered otherwise than is written: what lies behind it is about another state, and is not taken. */
export interface Departure {
  /** Counted from 1. */
  readonly step: number
  readonly written: string
  readonly found: string
}
export interface TakenSteps {
  readonly steps: readonly WalkedStep[]
  readonly departure: Departure | null
}

/**
 * Takes steps from the first state on, up to one that answers otherwise. One that cannot be taken is refused, or where
 * `mayEnd`, is where the way ends: a mistake that was mended may close it.
 */
export function takeSteps(machine: Machine, written: readonly ScenarioStep[], mayEnd = false): TakenSteps {
  machine.open()
  const named = commandsByText(machine)
  const steps: WalkedStep[] = []
  let state = initialState(machine)
  for (const [at, step] of written.entries()) {
    const possible = possibleAt(machine, state, commandOf(named, step), at)
    if (possible.length === 0 && !mayEnd) throw notThere(machine, state, step, at)
    const chosen = possible.filter(({ choices }) => step.chosen.every(choice => choices.includes(choice)))
    if (chosen.length === 0 && mayEnd)
      return { steps, departure: { step: at + 1, written: step.does, found: 'cannot be done there' } }
    if (chosen.length === 0) throw notChosen(step, possible)
    const as = chosen.find(one => step.answer === null || describe(machine, one).outcome === step.answer)
    if (as === undefined) {
      const found = describe(machine, chosen[0]).outcome
      return { steps, departure: { step: at + 1, written: step.answer ?? '', found } }
    }
    steps.push(as)
    state = as.after
  }
  return { steps, departure: null }
}

/** The numbers of the commands, for a run on both sides. */
export function commandNumbers(machine: Machine, written: readonly ScenarioStep[]): readonly number[] {
  const named = commandsByText(machine)
  return written.map(step => commandOf(named, step).index)
}

const commandsByText = (machine: Machine): ReadonlyMap<string, Command> =>
  new Map(machine.commands.map(command => [commandText(machine, command), command]))

function commandOf(named: ReadonlyMap<string, Command>, { does, place }: ScenarioStep): Command {
  const command = named.get(does) ?? named.get(inFull(does))
  if (command !== undefined) return command
  throw new UserError({
    code: 'unknown-step',
    message: `'${does}' is no command of this scope`,
    place,
    nearest: meant(does, [...named.keys()]),
    next: 'its bounds and its arguments say which there are; with several CPUs a command begins with its CPU',
  })
}

/** A command with the words that may be left out, as reports print it. */
export function inFull(does: string): string {
  const [cpu = ''] = /^cpu \d+: /.exec(does) ?? []
  try {
    const [step] = parseScenario(does.slice(cpu.length)).steps
    return step?.is === 'command' ? cpu + printCommand(step.command) : does
  } catch (error) {
    // Commands of toys and of hardware are not in the notation: they are known as they are, or not at all.
    if (!(error instanceof NotationError)) throw error
    return does
  }
}

function possibleAt(machine: Machine, state: Uint8Array, command: Command, at: number): readonly WalkedStep[] {
  const engine = new PackedEngine(machine)
  const found: (readonly number[])[] = []
  engine.load(state)
  engine.transitions(
    () => found.push([...engine.taken]),
    one => one === command,
  )
  return found.map(choices => takeStep(machine, state, { command: command.index, choices }, at))
}

function notThere(machine: Machine, state: Uint8Array, { does, place }: ScenarioStep, at: number): UserError {
  const engine = new PackedEngine(machine)
  const possible = new Set<string>()
  engine.load(state)
  engine.transitions(command => possible.add(commandText(machine, command)))
  return new UserError({
    code: 'impossible-step',
    message: `'${does}' cannot be done as step ${at + 1}: it is disabled there, or waits`,
    place,
    next: `possible there: ${[...possible].slice(0, mostNamed).join(', ')}${possible.size > mostNamed ? ', …' : ''}`,
  })
}
const mostNamed = 8

function notChosen({ does, chosen, place }: ScenarioStep, possible: readonly WalkedStep[]): UserError {
  const there = [...new Set(possible.map(({ choices }) => choices.join(' and ') || 'nothing'))]
  return new UserError({
    code: 'impossible-choice',
    message: `'${does}' cannot choose ${chosen.join(' and ')} there`,
    place,
    next: `it can choose ${there.join(', or ')}`,
  })
}
