// The one error that means "what you gave me is wrong": the command line turns it, and nothing else, into exit code 2.
// It teaches: what is wrong, where, which word was probably meant, and what to do next.

import { nearest } from './notation/index.js'

export interface UserProblem {
  /** Stable, kebab-case: scripts rely on it. */
  readonly code: string
  readonly message: string
  /** `file:line:column`, or where in an argument. */
  readonly place?: string | undefined
  /** The valid word that was probably meant. */
  readonly nearest?: string | undefined
  /** What to do next, as a sentence. */
  readonly next?: string | undefined
}

export class UserError extends Error {
  override readonly name = 'UserError'
  readonly code: string
  readonly place: string | undefined
  readonly nearest: string | undefined
  readonly next: string | undefined

  constructor({ code, message, place, nearest, next }: UserProblem) {
    super(message)
    this.code = code
    this.place = place
    this.nearest = nearest
    this.next = next
  }
}

/** The value of an unknown word's nearest valid one, in the form that `UserProblem` wants. */
export const meant = (word: string, valid: readonly string[]): string | undefined => nearest(word, valid) ?? undefined

/** A word that is not one of the valid ones. `what` reads as in `unknown scope`. */
export function unknownWord(
  what: string,
  word: string,
  valid: readonly string[],
  more: { readonly place?: string | undefined; readonly next?: string } = {},
): UserError {
  return new UserError({
    code: `unknown-${what.replaceAll(' ', '-')}`,
    message: `unknown ${what} '${word}'`,
    nearest: meant(word, valid),
    place: more.place,
    next: more.next ?? `valid: ${valid.join(', ')}`,
  })
}

const codesInWords: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  EEXIST: 'a file stands where a folder should be',
  ENOTDIR: 'a file stands where a folder should be',
  EISDIR: 'it is a folder',
  EACCES: 'it is not permitted',
  EPERM: 'it is not permitted',
  EROFS: 'the file system can only be read',
  ENOSPC: 'there is no space left',
}

/** What the system answered, as people read it; its own word stays beside it. */
export function systemSays(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const words = codesInWords[code]
  return words === undefined ? code : `${words} (${code})`
}
