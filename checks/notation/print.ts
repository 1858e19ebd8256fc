// Prints commands, questions and outcomes as the notation writes them: what is printed, the parser reads back as the same
// thing. What a line means anyway is not printed at its end.

import { match } from 'ts-pattern'
import { type Command, type CommandName, commands, type Errno, type Fault, type Outcome } from '../../spec/interface.js'
import { forms, printRange } from './fields.js'
import { successes } from './outcomes.js'
import { type Part, partsOf, type Values } from './parts.js'
import type { ProcessPage, Query } from './scenario.js'
import { hasSubject } from './words.js'

export function printCommand(command: Command): string {
  const shape = commands[command.name]
  const { name, ...fields } = command
  const values: Values = new Map(Object.entries<number | string>(fields))
  const subject = hasSubject(shape) ? [forms.process.print(values.get(Object.keys(shape.fields)[0]) ?? 0)] : []
  return [...subject, shape.word, ...written(partsOf(shape, subject.length > 0), values)].join(' ')
}

/** The words of the parts, without those at the end that say what the line means without them. */
function written(parts: readonly Part[], values: Values): readonly string[] {
  let end = parts.length
  while (end > 0 && saysNothing(parts[end - 1], values)) end--
  return parts.slice(0, end).flatMap(part => part.print(values) ?? [])
}

function saysNothing(part: Part, values: Values): boolean {
  const meant: Values = new Map(values)
  return part.assume(meant) && [...meant].every(([field, value]) => values.get(field) === value)
}

export function printQuery(query: Query): string {
  const process = forms.process.print
  return match(query)
    .with({ name: 'vmas' }, { name: 'locked' }, q => `? ${q.name} ${process(q.process)}`)
    .with({ name: 'state' }, { name: 'count' }, q => `? ${q.name} ${process(q.process)} ${forms.page.print(q.page)}`)
    .with({ name: 'flag' }, q => `? flag ${process(q.process)} ${forms.page.print(q.page)} ${q.flag}`)
    .with({ name: 'smap' }, q => `? smap ${process(q.process)} ${forms.page.print(q.page)} ${q.figure}`)
    .with({ name: 'states' }, q => `? states ${process(q.process)} ${printRange(q.first, q.last)}`)
    .with({ name: 'same' }, q => `? same ${processPage(q.one)} ${processPage(q.other)}`)
    .exhaustive()
}

function processPage({ process, page }: ProcessPage): string {
  return `${forms.process.print(process)}${forms.page.print(page)}`
}

/** The answer that a command gives. What a successful one says depends on the command. */
export function printOutcome(name: CommandName, outcome: Outcome): string {
  return match(outcome)
    .with({ is: 'ok' }, ({ value }) => printSuccess(name, value))
    .with({ is: 'refused' }, ({ errno }) => printErrno(errno))
    .with({ is: 'failed' }, ({ errno }) => printFailure(errno))
    .with({ is: 'faulted' }, ({ fault }) => printFault(fault))
    .with({ is: 'killed' }, () => killed)
    .exhaustive()
}

function printSuccess(name: CommandName, value: number | null): string {
  const { after, form } = successes[commands[name].answer]
  if (form === null) return after.join(' ')
  if (value === null) throw new TypeError(`${name} succeeded without the ${commands[name].answer} that it answers`)
  return [...after, form.print(value)].join(' ')
}

export const killed = 'killed'

export function printErrno(errno: Errno): string {
  return `E:${errno}`
}

/** An error that left a residue: the caller sees the same error, who reads the line sees that something has changed. */
export function printFailure(errno: Errno): string {
  return `failed:${errno}`
}

/** `SIGSEGV MAPERR` is one word in the notation: `SIGSEGV:MAPERR`. */
export function printFault(fault: Fault): string {
  return fault.replace(' ', ':')
}
