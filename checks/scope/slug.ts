// Mutants are titled in plain words; on a command line and in a token they go by slug: the title in kebab-case.

import type { Mutant, System } from '../../model/kit/index.js'
import { meant, UserError } from '../errors.js'

export const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')

/** By title, by slug, or by the first part of a slug where only one begins so. */
export function mutantOf(system: System, asked: string): Mutant {
  const slugs = system.mutants.map(mutant => slugOf(mutant.title))
  const wanted = slugOf(asked)
  const exact = slugs.indexOf(wanted)
  if (exact >= 0) return system.mutants[exact]
  const begun = slugs.filter(slug => wanted !== '' && slug.startsWith(wanted))
  if (begun.length === 1) return system.mutants[slugs.indexOf(begun[0])]
  if (begun.length > 1) {
    const message = `'${asked}' is the start of ${begun.length} mutants`
    throw new UserError({ code: 'ambiguous-mutant', message, next: `one of: ${begun.join(', ')}` })
  }
  throw new UserError({
    code: 'unknown-mutant',
    message: `unknown mutant '${asked}'`,
    nearest: nearestOf(wanted, slugs),
    next: `'mmspec list mutants' lists those of ${system.name}`,
  })
}

/** The slug meant by a whole one with slips, or by the start of one with slips. */
function nearestOf(wanted: string, slugs: readonly string[]): string | undefined {
  const starts = slugs.map(slug => slug.slice(0, wanted.length))
  const start = meant(wanted, starts)
  return meant(wanted, slugs) ?? (start === undefined ? undefined : slugs[starts.indexOf(start)])
}
