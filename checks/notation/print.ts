// Prints commands, questions and outcomes as the notation writes them: what is printed, the parser reads back as the same
// thing. Refused and failed print alike, because the caller of a system call cannot tell them apart.

import { match } from 'ts-pattern'
import {
  type AnswerKind,
  type Command,
  type CommandName,
  commands,
  type Errno,
  type Fault,
  type Outcome,
} from '../../spec/interface.js'
import { byteRead, forms, printRange } from './fields.js'
import type { ProcessPage, Query } from './scenario.js'
import { flagsOf, hasSubject } from './words.js'

export function printCommand(command: Command): string {
  const shape = commands[command.name]
  const values: { readonly [field: string]: number | string } = command
  const fields = Object.entries(shape.fields).map(([field, kind]) => forms[kind].print(values[field]))
  const subject = hasSubject(shape) ? fields.splice(0, 1) : []
  const flags = flagsOf(command.name)
  return [...subject, shape.word, ...fields, ...(flags.length === 0 ? [] : [flags.join('|')])].join(' ')
}

export function printQuery(query: Query): string {
  const process = forms.process.print
  return match(query)
    .with({ name: 'vmas' }, q => `? vmas ${process(q.process)}`)
    .with({ name: 'state' }, { name: 'count' }, q => `? ${q.name} ${process(q.process)} ${forms.page.print(q.page)}`)
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
    .with({ is: 'ok' }, ({ value }) => printSuccess(name, commands[name].answer, value))
    .with({ is: 'refused' }, { is: 'failed' }, ({ errno }) => printErrno(errno))
    .with({ is: 'faulted' }, ({ fault }) => printFault(fault))
    .with({ is: 'killed' }, () => killed)
    .exhaustive()
}

function printSuccess(name: CommandName, kind: AnswerKind, value: number | null): string {
  if (kind === 'nothing') return 'ok'
  if (value === null) throw new TypeError(`${name} succeeded without the ${kind} that it answers`)
  return kind === 'page' ? `ok ${forms.page.print(value)}` : byteRead.print(value)
}

export const killed = 'killed'

export function printErrno(errno: Errno): string {
  return `E:${errno}`
}

/** `SIGSEGV MAPERR` is one word in the notation: `SIGSEGV:MAPERR`. */
export function printFault(fault: Fault): string {
  return fault.replace(' ', ':')
}
