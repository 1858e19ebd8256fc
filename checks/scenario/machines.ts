// The model's machine for the bounds of a scenario, and its commands by what the notation says. A machine lists all its
// commands, which at comfortable bounds are too many by far; a scenario's machine lists none, and each is made when a
// line gives it. Examples share a few bounds among them, so machines are kept.

import {
  type BoundOperation,
  type Bounds,
  type Machine,
  type Command as ModelCommand,
  ModelError,
  machineOf,
} from '../../model/index.js'
import type { Command } from '../../spec/interface.js'
import { memory } from '../memory/system.js'

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
    operations: Object.fromEntries(
      memory.operations.map(({ name, args }) => [name, Object.fromEntries(Object.keys(args).map(it => [it, []]))]),
    ),
    mutant: null,
  })
  const byName = new Map(machine.operations.map(bound => [bound.operation.name, bound]))
  return {
    machine,
    commandOf: ({ name, ...fields }) => {
      const operation = byName.get(name)
      if (operation === undefined) throw new ModelError(`the model has no operation ${name}`)
      return { index: -1, kind: 'start', name, cpu: 0, operation, rule: null, args: argumentsOf(operation, fields) }
    },
  }
}

/** The fields of a command as arguments; each must be a value that the operation knows at these bounds. */
function argumentsOf(bound: BoundOperation, fields: Readonly<Record<string, unknown>>) {
  const args = bound.argumentNames.map(name => {
    const field = bound.fields.find(one => one.name === name)
    if (field === undefined || field.cell.domain.code(fields[name]) < 0) {
      throw new ModelError(`${bound.operation.name} cannot be given ${name} ${fields[name]} at these bounds`)
    }
    return [name, fields[name]] as const
  })
  // The CPU is the kit's; a command of the notation names none.
  return Object.freeze({ ...Object.fromEntries(args), cpu: 0 })
}
