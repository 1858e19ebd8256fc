// Edits made by rule, so that nobody has to think of them: each step left out, each two neighbours swapped, each check
// that gives a declared answer taken away, each row of a decision answered differently. What survives is listed in
// equivalent.ts with the reason why it changes nothing.

import {
  type Answer,
  after,
  changed,
  type Decision,
  drop,
  type Edit,
  ignore,
  impossible,
  isConcurrent,
  labelOf,
  type Mutant,
  type Operation,
  type System,
} from '../../model/index.js'

/** A mutant of the model, and what a run must meet to notice it, any of these: steps that do so, or a row of a decision. */
export interface Generated {
  readonly mutant: Mutant
  readonly meets: readonly string[]
}
export const stepNamed = (operation: string, step: string): string => `${operation}.${step}`
/** The step changes the state, or what the operation knows, or says how to go on. */
export const stepActs = (operation: string, step: string): string => `${stepNamed(operation, step)} acts`
export const stepAnswers = (operation: string, step: string): string => `${stepNamed(operation, step)} answers`
export const rowNamed = (decision: string, row: number): string => `${decision} · ${row}`

const edited = (operation: Operation, meets: readonly string[], title: string, edit: Edit): Generated => ({
  mutant: {
    title: `${operation.name}: ${title}`,
    operation: operation.name,
    edit,
    decision: null,
    row: -1,
    result: '',
  },
  meets,
})

function editsOf(operation: Operation): readonly Generated[] {
  // Nobody notices a change of what is there only where several CPUs are: the grounds have one.
  const names = Object.keys(operation.steps).filter(name => !isConcurrent(operation.steps[name]))
  const dropped = names.map(name => edited(operation, [stepActs(operation.name, name)], `without ${name}`, drop(name)))
  const swapped = names.slice(1).map((name, i) => {
    // Either may be where steps jump to: then whoever comes to it meets the other, or no longer does.
    const meets = [stepNamed(operation.name, names[i]), stepNamed(operation.name, name)]
    return edited(operation, meets, `${name} before ${names[i]}`, after(name, names[i]))
  })
  return [...dropped, ...swapped, ...ignored(operation, names)]
}

/** Only steps that can give an answer are worth the edit; which do is known from their text. */
function ignored(operation: Operation, names: readonly string[]): readonly Generated[] {
  return names.flatMap(name =>
    operation.about.answers
      .filter(answer => mentions(operation.steps[name], answer))
      .map(answer => {
        const title = `${name} does not answer ${labelOf(answer.outcome)}`
        return edited(operation, [stepAnswers(operation.name, name)], title, ignore(name, answer))
      }),
  )
}
/** Whether the text of a step has the answer's word, and a word for the way it is given. */
function mentions(step: Operation['steps'][string], { outcome }: Answer): boolean {
  const text = typeof step === 'function' ? step.toString() : `${step.run} ${'none' in step ? step.none : ''}`
  if (!('errno' in outcome)) return text.includes('fault' in outcome ? outcome.fault : outcome.is)
  const way = outcome.is === 'failed' ? /fail/ : /refuse|lack/
  return text.includes(outcome.errno) && way.test(text)
}

/**
 * Each row answered as a result half the decision's list away: what stands beside a result often leads to the same
 * steps. Rows that are impossible have nothing to change.
 */
function rowsOf(decision: Decision): readonly Generated[] {
  const { results } = decision
  return decision.rows
    .filter(row => row.result !== impossible)
    .map(row => {
      const other = results[(results.indexOf(row.result) + Math.max(1, results.length >> 1)) % results.length]
      const mutant = changed(`${decision.name}: ${row.label} answers ${other}`, decision, row.index, other)
      return { mutant, meets: [rowNamed(decision.name, row.index)] }
    })
}

export const generatedEdits = (system: System): readonly Generated[] => [
  ...system.operations.flatMap(editsOf),
  ...system.decisions.flatMap(rowsOf),
]
