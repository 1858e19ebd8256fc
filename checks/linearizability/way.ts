// The whole way to an end, for people and for `mmspec replay`: first whole operations, one after the other, cut into the
// steps of the scope's machine, then the steps that stand between each other.

import { block, type Command, type Machine, ModelError, PackedHost, Runner, readCell } from '../../model/kit/index.js'
import { initialState } from '../explorer/initial.js'
import type { Taken } from '../explorer/trace.js'
import type { Start } from './starts.js'

/** The transitions of the scope's machine that lead to a start which was found with whole operations. */
export function wayTo(start: Start, whole: Machine, machine: Machine): readonly Taken[] {
  const commands = commandsBySense(machine)
  const state = initialState(machine)
  return wholeWay(start).flatMap(({ command, choices }) => {
    const sense = senseOf(whole.commands[command])
    const found = commands.get(sense)
    if (found === undefined) throw new ModelError(`${sense} is not a command of the scope's machine`)
    return runToItsEnd(machine, state, found, choices)
  })
}

function wholeWay(start: Start): readonly Taken[] {
  const way: Taken[] = []
  for (let at: Start | null = start; at !== null; at = at.parent) if (at.taken !== null) way.push(at.taken)
  return way.reverse()
}

const senseOf = ({ kind, name, cpu, args }: Command): string => `${kind} ${name} ${cpu} ${JSON.stringify(args)}`
const commandsBySense = (machine: Machine): ReadonlyMap<string, Command> =>
  new Map(machine.commands.map(command => [senseOf(command), command]))

/** Starts a command and goes on with it until it answers; whoever it waits for gets its interrupt. Changes the state. */
function runToItsEnd(
  machine: Machine,
  state: Uint8Array,
  command: Command,
  choices: readonly number[],
): readonly Taken[] {
  const left = [...choices]
  const way: Taken[] = []
  const perform = (next: Command): boolean => {
    const after = state.slice()
    const taken: number[] = []
    const pick = () => {
      const code = left[taken.length]
      if (code === undefined) throw new ModelError(`${command.name} makes more choices than it made as a whole`)
      taken.push(code)
      return code
    }
    const runner = new Runner(
      machine,
      new PackedHost(machine, after),
      { pick },
      new Uint8Array(machine.stepOwner.length + 1),
    )
    const signal = runner.run(next)
    if (signal === block || signal.then === 'disabled') return false
    left.splice(0, taken.length)
    state.set(after)
    way.push({ command: next.index, choices: taken })
    return true
  }
  if (!perform(command)) throw new ModelError(`${command.name} cannot begin where it began as a whole`)
  const resume = machine.commands.find(({ kind, cpu }) => kind === 'resume' && cpu === command.cpu)
  const interrupts = machine.commands.filter(({ rule }) => rule?.interrupt === true)
  while (resume !== undefined && command.kind === 'start' && readCell(state, machine.counters[command.cpu]) !== 0) {
    if (perform(resume)) continue
    if (interrupts.filter(perform).length === 0) throw new ModelError(`${command.name} waits, and nothing can wake it`)
  }
  return way
}
