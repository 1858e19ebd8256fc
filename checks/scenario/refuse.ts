// What a scenario may not ask: processes, pages, counts and bytes beyond its bounds, and commands that cannot be issued
// in the state they stand in. Each refusal says where, and what would be possible.

import { match } from 'ts-pattern'
import { type Bounds, geometryOf, size } from '../../model/index.js'
import { type Command, commands, type FieldKind, type NumberKind, ofSeveralCpus } from '../../spec/interface.js'
import { type CommandStep, makesSense, NotationError, type Query, type Step } from '../notation/index.js'
import type { Side } from './side.js'

interface Span {
  readonly setting: string
  readonly low: number
  readonly high: number
  readonly prefix: string
}

type Numbers = (bounds: Bounds) => readonly [low: number, high: number, setting: string]
const members =
  (set: string, setting: string): Numbers =>
  bounds => [0, size(bounds, set) - 1, `${setting}=${size(bounds, set)}`]

/** What the fields of each kind may hold. A machine has no say about the permission bits of a mode. */
const spans: { readonly [K in NumberKind]: Numbers } = {
  process: members('process', 'processes'),
  page: members('page', 'pages'),
  count: bounds => [0, size(bounds, 'page'), `pages=${size(bounds, 'page')}`],
  byte: bounds => [1, size(bounds, 'value'), `values=${size(bounds, 'value')}`],
  frame: members('frame', 'frames'),
  area: members('area', 'areas'),
  priority: bounds => [-1, size(bounds, 'priority'), `priorities=${size(bounds, 'priority')}`],
  user: members('user', 'users'),
  key: members('key', 'keys'),
  mode: () => [0, 0o777, ''],
  segment: members('object', 'objects'),
  sequence: members('sequence', 'sequences'),
  short: bounds => [0, bytesPerPage(bounds) - 1, `geometry=${bounds.switches.geometry}`],
}
/** A table is one page of entries of eight bytes. */
const bytesPerPage = (bounds: Bounds): number => 8 * 2 ** geometryOf(bounds).bits

const isNumberKind = (kind: FieldKind): kind is NumberKind => Object.hasOwn(spans, kind)

/** The numbers that a field may hold; words are all known to the parser. */
function spanOf(kind: FieldKind, bounds: Bounds): Span | null {
  if (!isNumberKind(kind)) return null
  const [low, high, setting] = spans[kind](bounds)
  return { setting, low, high, prefix: prefixes[kind] ?? '' }
}
const prefixes: { readonly [K in NumberKind]?: string } = {
  process: 'P',
  page: '@',
  frame: 'F',
  area: 'A',
  segment: 's',
}

/** Throws where a step names what the machine does not have. */
export function refuseOutside(file: string | null, step: Step, bounds: Bounds): void {
  refuseForSeveral(file, step)
  for (const { name, kind, value } of numbersIn(step)) {
    const span = spanOf(kind, bounds)
    if (span === null || (value >= span.low && value <= span.high)) continue
    const says = `${name} ${span.prefix}${value} is outside, with ${span.setting}`
    const expected = [`${span.prefix}${span.low} to ${span.prefix}${span.high}`]
    throw new NotationError({ file, line: step.line, column: step.column, says, expected })
  }
}

/** Throws at what only several CPUs have: a scenario runs on one, of the model and of the implementation. */
function refuseForSeveral(file: string | null, step: Step): void {
  if (step.is !== 'command') return
  const { command, line, column } = step
  const { word } = commands[command.name]
  const what = ofSeveralCpus.some(name => name === command.name)
    ? word
    : mapsFile(command)
      ? `a file for ${word}`
      : null
  if (what === null) return
  const says = `there is ${what} only where several CPUs are, and a scenario runs on one: ask for it in a scope`
  throw new NotationError({ file, line, column, says })
}
const mapsFile = (command: Command): boolean => command.name === 'mmap' && command.backing === 'file'

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
  const { name } = command
  if (!makesSense(command)) return `the fields of ${commands[name].word} do not go together`
  if (name === 'spawn') return `P${command.process} is alive already`
  if ('process' in command && !side.alive(command.process)) return `P${command.process} is not alive`
  if (name === 'fork') return `P${command.child} is alive already`
  if (name === 'swapOut') return `page ${of(command)} is not resident: ${held(side, command)}`
  if (name === 'swapIn') return `page ${of(command)} is not swapped: ${held(side, command)}`
  if ('page' in command) {
    return 'the range passes the end of the window, and only with window=top does the address space end there'
  }
  return `${commands[name].word} means nothing here: the settings leave its chapter out`
}

interface At {
  readonly process: number
  readonly page: number
}
const of = ({ process, page }: At): string => `@${page} of P${process}`

function held({ observed }: Side, { process, page }: At): string {
  return match(observed.entry(process, page).kind)
    .with('absent', 'guard', () => 'it holds nothing')
    .with('zero', () => 'it shares the frame of zeros')
    .with('anon', 'file', () => 'it has a frame')
    .with('swap', () => 'it is in a slot')
    .exhaustive()
}
