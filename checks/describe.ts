// How a transition reads: commands of the memory system in the notation, anything else as `name a=1 b=2`; with the CPU
// in front where there are several.

import { type Command, labelOf, type Machine, type Result, type Signal, show } from '../model/kit/index.js'
import { type CommandName, commands, type Command as Spoken } from '../spec/interface.js'
import type { WalkedStep } from './explorer/trace.js'
import { memory } from './memory/system.js'
import { printCommand, printOutcome } from './notation/index.js'

const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)

/** Whether a command of this machine has a line in the notation. */
const isSpoken = (machine: Machine, name: string): name is CommandName =>
  machine.system.name === memory.name && isCommandName(name)

export function commandText(machine: Machine, command: Command): string {
  const { name, args } = command
  // A rule of the hardware says itself on which CPU it happens.
  const on = command.cpu >= 0 ? command.cpu : args.cpu
  const cpu = machine.cpus > 1 && on !== undefined ? `cpu ${on}: ` : ''
  if (isSpoken(machine, name)) return cpu + printCommand(spoken(name, args))
  const given = Object.entries(args).filter(([argument]) => argument !== 'cpu')
  return cpu + [name, ...given.map(([argument, value]) => `${argument}=${show(value)}`)].join(' ')
}

/** Arguments of the model's operation are the fields of the command of the same name: a test holds them to it. */
function spoken(name: CommandName, args: Readonly<Record<string, unknown>>): Spoken {
  const fields = Object.keys(commands[name].fields).map(field => [field, args[field]])
  return { name, ...Object.fromEntries(fields) } as Spoken
}

export function outcomeText(machine: Machine, operation: string, signal: Signal): string {
  if (signal.then !== 'answer') return signal.then === 'stuck' ? 'stuck' : 'under way'
  return answerText(machine, operation, signal.outcome)
}

/** An answer as the notation writes it. */
export const answerText = (machine: Machine, operation: string, outcome: Result): string =>
  isSpoken(machine, operation) ? printOutcome(operation, outcome) : labelOf(outcome, true)

/** Rules of the hardware answer nothing: they happen. */
export const describe = (machine: Machine, { command, operation, signal }: WalkedStep) => ({
  command: commandText(machine, command),
  outcome: command.kind === 'rule' ? 'happened' : outcomeText(machine, operation, signal),
})
