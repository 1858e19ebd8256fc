// Pictures of operations: their steps in order, what each is done for, where it goes on but to the next one, what it
// answers, and what the operation holds by then. The steps are the model's; the ways are those that the examples of the
// chapters take, and answers that no example shows stand below.
//
//   ┌ arguments                    ⇥ E:EINVAL
//   │ limit                        ⇥ E:ENOMEM
//   │ clear      each page
//   └ unmap                        ⇥ ok

import { type Answer, isConcurrent, labelOf, type Operation, operations, type Result } from '../../model/index.js'
import { type CommandName, commands } from '../../spec/interface.js'
import { memory } from '../memory/system.js'
import { parseScenario, printOutcome } from '../notation/index.js'
import { openModel, runScenario, type Told } from '../scenario/index.js'
import { texts } from './chapters.js'
import { examplesOf } from './examples.js'

/** What is seen of a step: where it went on, what it answered, and what was held when it had run. */
interface Seen {
  readonly onward: Set<string>
  readonly answers: Set<string>
  readonly held: Set<string>
}

export function stepPicture(name: string): string | null {
  const operation = operations.find(one => one.name === name)
  return operation === undefined || !runsAlone(operation) ? null : drawn(operation, seenInExamples())
}

/** Whether a CPU that is alone can run it: examples have one. */
export const runsAlone = ({ steps }: Operation): boolean => Object.values(steps).some(step => !isConcurrent(step))

/** The steps that are there where one CPU is alone. */
const stepsOf = ({ steps }: Operation): readonly (readonly [name: string, step: Operation['steps'][string]])[] =>
  Object.entries(steps).filter(([, step]) => !isConcurrent(step))

export function drawn(operation: Operation, seen: ReadonlyMap<string, Seen>): string {
  const steps = stepsOf(operation)
  const rows = steps.map(([name, step], at) => {
    const way = seen.get(`${operation.name}.${name}`)
    const onward = [...new Set([...(way?.onward ?? [])].map(to => reached(operation, steps, to)))]
      .filter(to => to !== at + 1)
      .map(to => `${to > at ? '↷' : '↶'} ${steps[to]?.[0] ?? 'the end'}`)
    // After its last step an operation answers ok, unless it said something else.
    const answers = [...(way?.answers ?? [])].map(answer => `⇥ ${answer}`)
    const last = at === steps.length - 1 && way !== undefined && answers.length === 0 ? ['⇥ ok'] : []
    const held = [...(way?.held ?? [])]
    return [
      `${rail(at, steps.length)} ${name}`,
      over(step),
      held.length === 0 ? '' : `holds ${held.join(', ')}`,
      [...onward, ...answers, ...last].join('  '),
    ]
  })
  const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column].length)))
  const lines = rows.map(row =>
    row
      .map((cell, column) => (column < 3 && widths[column] > 0 ? cell.padEnd(widths[column] + 2) : cell))
      .join('')
      .trimEnd(),
  )
  return ['```', ...lines, ...unseen(operation, seen), '```'].join('\n')
}

/** Who goes to a step that is not there goes to the next one that is. */
function reached({ steps: all }: Operation, steps: ReturnType<typeof stepsOf>, name: string): number {
  const names = Object.keys(all)
  const behind = names.slice(names.indexOf(name))
  const found = behind.map(one => steps.findIndex(([other]) => other === one)).find(at => at >= 0)
  return found ?? steps.length
}

const rail = (at: number, of: number): string => (of === 1 ? '╶' : at === 0 ? '┌' : at === of - 1 ? '└' : '│')

/** What a step is done for. */
function over(step: Operation['steps'][string]): string {
  if (typeof step === 'function') return ''
  switch (step.kind) {
    case 'plain':
      return ''
    case 'each':
      return `each ${step.set}`
    case 'sweep':
      return `each ${step.set}, in any order`
    case 'choose': {
      const { leaf } = step.from
      return 'set' in leaf ? `any ${leaf.set}` : 'any that fits'
    }
  }
}

/** Declared answers that no example gets. */
function unseen(operation: Operation, seen: ReadonlyMap<string, Seen>): readonly string[] {
  const shown = new Set(
    Object.keys(operation.steps).flatMap(step => [...(seen.get(`${operation.name}.${step}`)?.answers ?? [])]),
  )
  const lacking = operation.about.answers
    .map(answer => said(operation.name, answer.outcome))
    .filter(answer => !shown.has(answer))
  return lacking.length === 0 ? [] : [`  answers too: ${lacking.join(', ')}`]
}

const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)
const said = (name: string, outcome: Result): string =>
  outcome.is === 'ok' ? 'ok' : isCommandName(name) ? printOutcome(name, outcome) : labelOf(outcome)

let known: ReadonlyMap<string, Seen> | null = null

/** Every way that a step goes in some example. */
export function seenInExamples(): ReadonlyMap<string, Seen> {
  if (known !== null) return known
  const seen = new Map<string, Seen>()
  const told: Told = (name, step, then, my) => {
    const key = `${name}.${step}`
    let way = seen.get(key)
    if (way === undefined) {
      way = { onward: new Set(), answers: new Set(), held: new Set() }
      seen.set(key, way)
    }
    for (const local of heldBy(name)) if (isHeld(my[local])) way.held.add(local)
    if (then === undefined) return
    if (then.then === 'go' || then.then === 'leave') way.onward.add(then.step)
    if (then.then === 'leave') way.answers.add(said(name, then.answer.outcome))
    if (then.then === 'answer') way.answers.add(said(name, (then as Answer).outcome))
  }
  for (const { text, file, line } of texts().flatMap(examplesOf))
    runScenario(parseScenario(text, { file, firstLine: line }), bounds => openModel(bounds, told))
  known = seen
  return seen
}

const isHeld = (value: unknown): boolean => value !== null && value !== undefined && value !== 0

/** Sets whose members store how many references they have. */
const counted: ReadonlySet<string> = new Set(Object.keys(memory.recounts).map(list => list.replace(/s$/, '')))

/** Locals that count as references. */
const heldBy = (name: string): readonly string[] =>
  Object.entries(operations.find(one => one.name === name)?.locals ?? {})
    .filter(([, { leaf }]) => counts(leaf))
    .map(([local]) => local)

const counts = (spec: Operation['locals'][string]['leaf']): boolean =>
  'counts' in spec ? spec.counts && counted.has(spec.set) : 'of' in spec ? counts(spec.of) : false
