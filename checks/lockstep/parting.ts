// What comparing both sides after a command can say: they agree, or this is where they part.

import { ChoiceError, ModelError } from '../../model/index.js'
import { NoAbstraction } from './abstraction.js'
import { NoAnswer } from './call.js'

/** Where both sides part. */
export interface Parting {
  /** `outcome`, `state`, `choice`, `point`, `model error`, `crash`, or the id of a claim about memory. */
  readonly about: string
  readonly says: string
  readonly place: string
  readonly model: string
  readonly machine: string
}
export type Parted = { readonly is: 'parted' } & Parting
export type Compared = { readonly is: 'skipped' } | { readonly is: 'same'; readonly changed: boolean } | Parted

export const parted = (about: string, says: string, place: string, model: string, machine: string): Parted => ({
  is: 'parted',
  about,
  says,
  place,
  model,
  machine,
})

/**
 * Mistakes that show as exceptions. What neither side declares counts as a crash: the implementation threw, or left a
 * memory in which looking at it throws.
 */
export function partedBy(error: unknown): Parted {
  const says = error instanceof Error ? error.message : String(error)
  if (error instanceof ChoiceError) return parted('choice', says, 'choice', 'not allowed', 'taken')
  if (error instanceof NoAbstraction || error instanceof NoAnswer)
    return parted('state', says, 'memory', 'no such state', says)
  if (error instanceof ModelError) return parted('model error', says, 'the last command', says, 'answers')
  return parted('crash', `the implementation threw: ${says}`, 'the last command', 'answers', 'throws')
}
