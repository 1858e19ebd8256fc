// What is simpler than a command: the same one with an earlier value of an argument, in the order in which the interface
// lists them; for all commands together, other members of a set in each other's place, so that process 0 comes first.

import { type Command, type LeafSpec, type Machine, type Renaming, renamed, size } from '../../model/kit/index.js'

/** The commands of a machine by what they say, and what each could be replaced by. */
export class Vocabulary {
  readonly #numbers = new Map<string, number>()

  constructor(readonly machine: Machine) {
    for (const command of machine.commands) this.#numbers.set(keyOf(command), command.index)
  }

  /** The number of a command of another machine of the same system, here. */
  numberOf(command: Said): number | null {
    return this.#numbers.get(keyOf(command)) ?? null
  }

  /** Commands that differ in one argument, which has an earlier value. */
  *earlier(number: number): Generator<number> {
    const command = this.machine.commands[number]
    for (const field of command.operation?.fields.slice(0, command.operation.argumentNames.length) ?? []) {
      const { values } = field.cell.domain
      for (const value of values.slice(0, values.indexOf(command.args[field.name]))) {
        const found = this.numberOf({ ...command, args: { ...command.args, [field.name]: value } })
        if (found !== null) yield found
      }
    }
  }

  /** The same commands with two members of a set in each other's place, for all sets that they name. */
  *swapped(numbers: readonly number[]): Generator<readonly number[]> {
    const commands = numbers.map(number => this.machine.commands[number])
    for (const set of setsOf(commands)) {
      const count = size(this.machine.setting.bounds, set)
      for (let other = 1; other < count; other++) {
        for (let one = 0; one < other; one++) {
          const renaming = { [set]: exchanged(count, one, other) }
          const found = commands.flatMap(command => this.numberOf(renamedCommand(command, renaming)) ?? [])
          if (found.length === numbers.length && found.some((number, i) => number !== numbers[i])) yield found
        }
      }
    }
  }
}

type Said = Pick<Command, 'kind' | 'name' | 'cpu' | 'args'>
const keyOf = ({ kind, name, cpu, args }: Said): string =>
  JSON.stringify([kind, name, cpu, Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1))])

/** The CPUs of a machine are a set like any other. */
const cpuSet = 'cpu'

function setsOf(commands: readonly Command[]): ReadonlySet<string> {
  const named = commands.flatMap(command => Object.values(leavesOf(command)).flatMap(setIn))
  return new Set([cpuSet, ...named])
}
const leavesOf = ({ operation, rule }: Command): Readonly<Record<string, LeafSpec>> =>
  Object.fromEntries(
    Object.entries(operation?.operation.args ?? rule?.args ?? {}).map(([name, { leaf }]) => [name, leaf]),
  )
function setIn(spec: LeafSpec): readonly string[] {
  if (spec.kind === 'optional' || spec.kind === 'when') return setIn(spec.of)
  return spec.kind === 'id' || spec.kind === 'members' ? [spec.set] : []
}

function renamedCommand(command: Command, to: Renaming): Said {
  const leaves = leavesOf(command)
  const args = Object.entries(command.args).map(([name, value]) => {
    const spec = leaves[name]
    return [name, spec === undefined ? cpuIn(name, value, to) : renamed(spec, value, to)] as const
  })
  return { ...command, cpu: to[cpuSet]?.[command.cpu] ?? command.cpu, args: Object.fromEntries(args) }
}
const cpuIn = (name: string, value: unknown, to: Renaming): unknown =>
  name === cpuSet ? (to[cpuSet]?.[Number(value)] ?? value) : value

const exchanged = (count: number, one: number, other: number): readonly number[] =>
  Array.from({ length: count }, (_, member) => (member === one ? other : member === other ? one : member))

/** The first of two lists in the order of their first difference. */
export function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((number, i) => number !== other[i])
  return at < 0 ? one.length < other.length : one[at] < (other[at] ?? -1)
}
