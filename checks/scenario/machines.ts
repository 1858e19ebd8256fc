// The model's machine for the bounds of a scenario, and its commands by what the notation says. Examples share a few
// bounds among them, so machines are kept.

import { type Bounds, type Machine, type Command as ModelCommand, ModelError, machineOf } from '../../model/index.js'
import type { Command } from '../../spec/interface.js'
import { memory } from '../systems.js'

export interface Known {
  readonly machine: Machine
  commandOf(command: Command): ModelCommand
}

const kept = new Map<string, Known>()

export function machineFor(bounds: Bounds): Known {
  const key = JSON.stringify(bounds)
  let known = kept.get(key)
  if (known === undefined) {
    known = knownOf(bounds)
    kept.set(key, known)
  }
  return known
}

function knownOf(bounds: Bounds): Known {
  const machine = machineOf(memory, {
    bounds,
    granularity: 'whole',
    fuse: [],
    choices: 'representatives',
    operations: null,
    mutant: null,
  })
  const byText = new Map(machine.commands.map(command => [textOf(command.name, command.args), command]))
  return {
    machine,
    commandOf: ({ name, ...args }) => {
      const found = byText.get(textOf(name, args))
      if (found === undefined) throw new ModelError(`the machine has no command ${textOf(name, args)}`)
      return found
    },
  }
}

/** The CPU is the kit's; a command of the notation names none. */
function textOf(name: string, args: Readonly<Record<string, unknown>>): string {
  const fields = Object.keys(args).filter(field => field !== 'cpu')
  return [name, ...fields.sort().map(field => `${field}=${args[field]}`)].join(' ')
}
