// Where a kept scenario goes: a new file of a folder that is there. What is there already stays as it is.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from './errors.js'
import type { Expected } from './scenario/file.js'

/** Where kept scenarios go unless a folder is named. */
export const usualFolder = 'regressions'

export interface Keeping {
  readonly name: string
  readonly folder: string
  /** Null for what fits: a mutant is there to be noticed, anything else to be mended. */
  readonly expect: Expected | null
}

/** The file's path; refuses what is no name, which is worth knowing before a folder is made. */
export function pathOf({ name, folder }: Keeping): string {
  if (/^[a-z0-9][a-z0-9-]{0,99}$/.test(name)) return join(folder, `${name}.yaml`)
  throw new UserError({
    code: 'bad-name',
    message: `'${name}' is no name for a scenario: small letters, digits and hyphens, at most 100`,
    place: '--as',
    next: '--as lost-write',
  })
}

export function writeKept(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'EEXIST') {
      const next = 'choose another name with --as, or remove the file'
      throw new UserError({ code: 'already-kept', message: `'${path}' is there already`, next })
    }
    throw new UserError({ code: 'unwritable-folder', message: `cannot write '${path}': ${error.code}`, place: '--in' })
  }
}
