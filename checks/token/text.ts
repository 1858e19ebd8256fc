// The text of a token: everything needed to take the same transitions again, in one word that survives a shell, a URL
// and a mail.
//
//   mm1 : <scope> [~name=value …] [+mutant] : <steps> : <fp8>
//
//   mm1:swap~pages=2+swap-out-forgets-the-slot:0.7-1.12:3f9a01c2
//
// - mm1 replays the model, with the choices it took; lk1 replays model and implementation side by side, where the
//   implementation chooses, so its steps have no codes; mp1 replays a schedule of the implementation: its steps are where
//   it leaves the usual one, with the CPU that goes on (schedules/token.ts)
// - scope: a name, or a path; whatever could be mistaken for punctuation is written %XX
// - steps: numbers of commands joined by dots, each followed by the codes of the free choices it took, -code-code;
//   no steps at all where the first state itself is the point
// - fp8: eight hex digits that change with what the numbers stand for (fingerprint.ts)

import { UserError } from '../errors.js'
import type { Taken } from '../explorer/trace.js'

/** What a token replays: the model, model and implementation in lockstep, or the implementation on several CPUs. */
export const tokenKinds = { mm1: 'model', lk1: 'lockstep', mp1: 'schedule' } as const
export type TokenKind = keyof typeof tokenKinds

export interface TokenText {
  readonly kind: TokenKind
  readonly scope: string
  readonly sets: readonly string[]
  readonly mutant: string | null
  readonly steps: readonly Taken[]
  readonly fingerprint: string
}

const isKind = (head: string): head is TokenKind => Object.hasOwn(tokenKinds, head)

export function printToken({ kind, scope, sets, mutant, steps, fingerprint }: TokenText): string {
  const words = [scope, ...sets].map(escaped).join('~')
  const edited = mutant === null ? '' : `+${escaped(mutant)}`
  const taken = steps.map(({ command, choices }) => [command, ...choices].join('-')).join('.')
  return `${kind}:${words}${edited}:${taken}:${fingerprint}`
}

/** Letters, digits and what paths and `name=value` need; the rest would be punctuation to a token or to a shell. */
const escaped = (text: string): string =>
  text.replaceAll(/[^A-Za-z0-9_./=@-]/gu, character =>
    [...new TextEncoder().encode(character)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  )

export function parseToken(text: string): TokenText {
  const [head, ...parts] = text.trim().split(':')
  if (!isKind(head)) throw bad(1, headWanted(head))
  const [scoped, taken, fingerprint] = parts
  if (parts.length !== 3) {
    const wanted = `expected four parts, ${head}:<scope>:<steps>:<fp8>, found ${parts.length + 1}`
    throw bad(text.length, parts.length < 3 ? `${wanted}: the token seems to be cut off` : wanted)
  }
  const start = head.length + 2
  const stepsAt = start + scoped.length + 1
  if (!/^[0-9a-f]{8}$/.test(fingerprint)) {
    throw bad(stepsAt + taken.length + 1, `expected eight hex digits at the end, found '${fingerprint}'`)
  }
  return { kind: head, ...scopeParts(scoped, start), steps: stepsOf(taken, stepsAt), fingerprint }
}

const headWanted = (head: string): string =>
  /^(mm|lk|mp)\d+$/.test(head)
    ? `this version reads tokens that start with mm1:, lk1: or mp1:, not ${head}:`
    : 'a token starts with mm1:, lk1: or mp1:'

function scopeParts(text: string, at: number): Pick<TokenText, 'scope' | 'sets' | 'mutant'> {
  const [words, mutant, ...more] = text.split('+')
  if (more.length > 0 || mutant === '') throw bad(at + words.length, 'expected one mutant after +')
  const [scope, ...sets] = words.split('~')
  if (scope === '') throw bad(at, 'expected the name or path of a scope')
  if (sets.includes('')) throw bad(at + scope.length, 'expected name=value after ~')
  return {
    scope: unescaped(scope, at),
    sets: sets.map(set => unescaped(set, at)),
    mutant: mutant === undefined ? null : unescaped(mutant, at),
  }
}

function unescaped(text: string, at: number): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw bad(at, `'${text}' has a broken %XX`)
  }
}

function stepsOf(text: string, at: number): readonly Taken[] {
  if (text === '') return []
  let offset = at
  return text.split('.').map((step, i) => {
    if (!/^\d{1,9}(-\d{1,9})*$/.test(step)) {
      throw bad(offset, `expected a command's number, with -code for each choice, as step ${i + 1}, found '${step}'`)
    }
    offset += step.length + 1
    const [command, ...choices] = step.split('-').map(Number)
    return { command, choices }
  })
}

const bad = (character: number, wanted: string): UserError =>
  new UserError({
    code: 'broken-token',
    message: `not a token: ${wanted}`,
    place: `character ${character}`,
    next: 'copy the whole token from a report; its form is mm1:<scope>:<steps>:<fp8>',
  })
