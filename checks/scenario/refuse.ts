// What a scenario may not ask: processes, pages, counts and bytes beyond its bounds, and commands that cannot be issued
// in the state they stand in. Each refusal says where, and what would be possible.

import { match } from 'ts-pattern'
import { type Bounds, ModelError, size } from '../../model/index.js'
import { type Command, commands, type FieldKind } from '../../spec/interface.js'
import { type CommandStep, NotationError, type Query, type Step } from '../notation/index.js'
import type { Side } from './side.js'

interface Span {
  readonly setting: string
  readonly low: number
  readonly high: number
  readonly prefix: string
}

/** The numbers that a field may hold; a request is a word, and the parser knows all of them. */
function spanOf(kind: FieldKind, bounds: Bounds): Span | null {
  const processes = size(bounds, 'process')
  const pages = size(bounds, 'page')
  const values = size(bounds, 'value')
  return match(kind)
    .returnType<Span | null>()
    .with('process', () => ({ setting: `processes=${processes}`, low: 0, high: processes - 1, prefix: 'P' }))
    .with('page', () => ({ setting: `pages=${pages}`, low: 0, high: pages - 1, prefix: '@' }))
    .with('count', () => ({ setting: `pages=${pages}`, low: 0, high: pages, prefix: '' }))
    .with('byte', () => ({ setting: `values=${values}`, low: 1, high: values, prefix: '' }))
    .with('request', () => null)
    .exhaustive()
}

/** Throws where a step names what the machine does not have. */
export function refuseOutside(file: string | null, step: Step, bounds: Bounds): void {
  for (const { name, kind, value } of numbersIn(step)) {
    const span = spanOf(kind, bounds)
    if (span === null || (value >= span.low && value <= span.high)) continue
    const says = `${name} ${span.prefix}${value} is outside, with ${span.setting}`
    const expected = [`${span.prefix}${span.low} to ${span.prefix}${span.high}`]
    throw new NotationError({ file, line: step.line, column: step.column, says, expected })
  }
}

interface Named {
  readonly name: string
  readonly kind: FieldKind
  readonly value: number
}

/** Questions about a page that is not there have an answer, `outside`; about a process they have none. */
function numbersIn(step: Step): readonly Named[] {
  if (step.is === 'query') return processesIn(step.query).map(value => ({ name: 'process', kind: 'process', value }))
  const values: { readonly [field: string]: number | string } = step.command
  return Object.entries(commands[step.command.name].fields).flatMap(([name, kind]): Named[] => {
    const value = values[name]
    return typeof value === 'number' ? [{ name, kind, value }] : []
  })
}

function processesIn(query: Query): readonly number[] {
  return query.name === 'same' ? [query.one.process, query.other.process] : [query.process]
}

/** Throws: a command that cannot be issued has no answer to compare. */
export function refuseDisabled(file: string | null, { command, line, column }: CommandStep, side: Side): never {
  throw new NotationError({ file, line, column, says: whyNot(command, side) })
}

function whyNot(command: Command, side: Side): string {
  const { process } = command
  if (command.name === 'spawn') return `P${process} is alive already`
  if (!side.alive(process)) return `P${process} is not alive`
  return match(command)
    .with({ name: 'mmap' }, { name: 'munmap' }, () => {
      return 'the range passes the end of the window, and only with window=top does the address space end there'
    })
    .with(
      { name: 'swapOut' },
      ({ page }) => `page @${page} of P${process} is not resident: ${held(side, process, page)}`,
    )
    .with({ name: 'swapIn' }, ({ page }) => `page @${page} of P${process} is not swapped: ${held(side, process, page)}`)
    .with({ name: 'exit' }, { name: 'load' }, { name: 'store' }, ({ name }): string => {
      throw new ModelError(`${name} cannot be issued, and nothing says why`)
    })
    .exhaustive()
}

function held({ observed }: Side, process: number, page: number): string {
  return match(observed.entry(process, page).kind)
    .with('absent', () => 'it holds nothing')
    .with('anon', () => 'it has a frame')
    .with('swap', () => 'it is in a slot')
    .exhaustive()
}
