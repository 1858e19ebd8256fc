// A trace and what lies beside it as a graph for Graphviz: the states of the trace in a row, a rank for each depth, and
// dashed what else could have been called in each of them. Where other commands lead is not known here, so each has an end of
// its own.

import { foldChanges } from './diff.js'
import type { FoundTrace } from './itf.js'
import type { TraceStep } from './result.js'
import { counted, oneLine } from './text.js'
import { scopeName } from './verdicts.js'

/** Of the other commands of a state, as many as can be read beside it. */
const mostBeside = 6
const mostChanges = 6

/** The whole graph. */
export function renderDot({ scope, claim, version }: FoundTrace): string {
  const { steps } = claim.trace
  const caption = `${claim.id} in ${scopeName(scope)}\n${claim.witness?.says ?? claim.says}`
  const lines = [
    `digraph trace {`,
    `  // mmspec ${oneLine(version)}`,
    `  label=${quoted(caption)}; labelloc=t; rankdir=TB; node [shape=box, fontname=monospace]; edge [fontname=monospace];`,
    `  s0 [label=${quoted('0\nthe first state')}];`,
    ...steps.flatMap((step, i) => stepLines(step, i + 1, i + 1 === steps.length)),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

function stepLines(step: TraceStep, number: number, isLast: boolean): readonly string[] {
  const { shown = [], left = 0 } = step.others ?? {}
  const others = shown.filter(({ command, outcome }) => command !== step.command || outcome !== step.outcome)
  const beside = others.slice(0, mostBeside)
  const more = others.length - beside.length + left
  const names = beside.map((_, i) => `a${number}_${i}`)
  const rest = more === 0 ? [] : [`a${number}_more`]
  return [
    `  s${number} [label=${quoted(stateLabel(step, number))}${isLast ? ', color=red, penwidth=3, peripheries=2' : ''}];`,
    `  s${number - 1} -> s${number} [label=${quoted(`${step.command} → ${step.outcome}`)}];`,
    ...beside.flatMap(({ command, outcome }, i) => [
      `  ${names[i]} [label=${quoted(outcome)}, style=dashed];`,
      `  s${number - 1} -> ${names[i]} [label=${quoted(command)}, style=dashed];`,
    ]),
    ...rest.flatMap(name => [
      `  ${name} [label=${quoted(counted(more, 'more command'))}, style=dashed];`,
      `  s${number - 1} -> ${name} [style=dashed];`,
    ]),
    `  { rank=same; ${[`s${number}`, ...names, ...rest].join('; ')}; }`,
  ]
}

/** What a state has that the one before it has not. */
function stateLabel({ diff }: TraceStep, number: number): string {
  const changes = foldChanges(diff)
  const more = changes.length > mostChanges ? [`… ${counted(changes.length - mostChanges, 'more change')}`] : []
  return [String(number), ...changes.slice(0, mostChanges), ...more].join('\n')
}

/** A string of the language: a backslash would begin an escape of it. Lines are aligned to the left. */
const quoted = (text: string): string =>
  `"${text
    .split('\n')
    .map(line => oneLine(line).replace(/[\\"]/g, mark => `\\${mark}`))
    .join('\\l')}\\l"`
