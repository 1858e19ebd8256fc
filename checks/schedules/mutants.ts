// Mistakes of several CPUs written into the compiled text of the implementation: each must be found by the enumerated
// schedules of some scenario, and some by threads that run freely. What is replaced must stand there exactly once.

import { unknownWord } from '../errors.js'
import type { TextEdit } from '../mutants/compiled.js'
import { placed } from '../mutants/written-machine/text.js'
import { slugOf } from '../scope/slug.js'

export interface WrittenEdit {
  readonly slug: string
  readonly edit: TextEdit
  /** The scenario whose schedules find it, and what they find. */
  readonly scenario: string
  readonly finds: string
  /** Whether threads that run freely find it within a minute. */
  readonly free: boolean
}

interface Written extends Pick<WrittenEdit, 'scenario' | 'finds' | 'free'> {
  readonly title: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

const texts: readonly Written[] = []

export const writtenEdits = (): readonly WrittenEdit[] =>
  texts.map(({ title, file, find, replace, scenario, finds, free }) => ({
    slug: slugOf(title),
    edit: placed({ kills: finds, title, file, find, replace }).edit,
    scenario,
    finds,
    free,
  }))

export function mutantOf(slug: string): WrittenEdit {
  const all = writtenEdits()
  const found = all.find(it => it.slug === slug)
  if (found === undefined)
    throw unknownWord(
      'mutant',
      slug,
      all.map(it => it.slug),
    )
  return found
}
