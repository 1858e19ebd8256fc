// What a scope has done before its exploration begins: commands in the notation, run on the model one after the other.
// The state that they lead to is where the search starts, so that traces show what matters and not how it came about.

import { type Bounds, Odometer, size, transition, worldOf } from '../../model/kit/index.js'
import { UserError } from '../errors.js'
import { initialState } from '../explorer/initial.js'
import { NotationError, parseScenario } from '../notation/index.js'
import { machineFor } from '../scenario/machines.js'
import type { ScopeFile } from './schema.js'

type Start = readonly (readonly [path: string, value: unknown])[]

/** The leaves that the commands of a scope leave otherwise than they start. */
export function startAfter(scope: ScopeFile, bounds: Bounds): Start {
  const { machine, commandOf } = machineFor(untagged(bounds))
  const first = worldOf(machine, initialState(machine))
  let world = first
  scope.given.forEach((text, at) => {
    const place = scope.place(['given', at])
    const command = commandOf(commandIn(text, place))
    machine.open()
    const choices = new Odometer()
    choices.start()
    const { world: next, signal } = transition(machine, world, command, choices)
    if (signal.then !== 'answer' || signal.outcome.is !== 'ok') {
      const said = signal.then === 'answer' ? signal.outcome.is : signal.then
      throw new UserError({ code: 'given-fails', message: `'${text}' is ${said}, and should be ok`, place })
    }
    world = next
  })
  return machine.layout.leaves.flatMap(({ path }) => {
    const value = leafAt(world.m, path)
    return value === leafAt(first.m, path) ? [] : [[path, value] as const]
  })
}

/** Where a process must have been switched to, what was done before is done as if there were no CPUs: none runs any. */
const untagged = (bounds: Bounds): Bounds =>
  size(bounds, 'tag') === 0 ? bounds : { ...bounds, sizes: { ...bounds.sizes, tag: 0, cpu: 0, translation: 0 } }

function commandIn(text: string, place: string | undefined) {
  try {
    const { steps } = parseScenario(text)
    if (steps.length === 1 && steps[0].is === 'command') return steps[0].command
  } catch (error) {
    if (!(error instanceof NotationError)) throw error
    throw new UserError({ code: 'bad-given', message: error.message, place })
  }
  throw new UserError({ code: 'bad-given', message: `'${text}' is not one command`, place, next: "write 'P0 spawn'" })
}

/** What stands at a path such as `spaces[0].pages[1].entry`. */
const leafAt = (m: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter(part => part !== '')
    .reduce((at, part) => (at as Readonly<Record<string, unknown>>)[part], m)
