// Tokens: what is printed is read back, what is not a token is refused with its place, and a token of another version
// of the model says what has changed.

import test from 'ava'
import fc from 'fast-check'
import { UserError } from '../errors.js'
import { walk } from '../explorer/trace.js'
import { bindScope, loadScope } from '../scope/index.js'
import { changedParts, fingerprintOf, openToken, parseToken, printToken, type TokenKind, tokenOf } from './index.js'

const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => text.trim() !== '')
const step = fc.record({ command: fc.nat(), choices: fc.array(fc.nat(70_000), { maxLength: 4 }) })
const token = fc.record({
  kind: fc.constantFrom<TokenKind>('mm1', 'lk1', 'mp1'),
  scope: word,
  sets: fc.array(word, { maxLength: 3 }),
  mutant: fc.option(word),
  steps: fc.array(
    step.filter(({ command }) => command < 1e9),
    { maxLength: 8 },
  ),
  fingerprint: fc.stringMatching(/^[0-9a-f]{8}$/),
})

test('what is printed as a token is read back as the same', t => {
  fc.assert(fc.property(token, sample => t.deepEqual(parseToken(printToken(sample)), sample)))
  t.pass()
})

test('a token is one word that no shell takes apart', t => {
  fc.assert(fc.property(token, sample => t.regex(printToken(sample), /^[A-Za-z0-9_./=@%~+:-]+$/)))
  t.pass()
})

test('a token reads as it is documented', t => {
  const steps = [
    { command: 0, choices: [] },
    { command: 7, choices: [1, 0] },
    { command: 12, choices: [] },
  ]
  const text = 'mm1:./my%20scopes/a.yaml~pages=2+fork:0.7-1-0.12:3f9a01c2'
  t.is(
    printToken({
      kind: 'mm1',
      scope: './my scopes/a.yaml',
      sets: ['pages=2'],
      mutant: 'fork',
      steps,
      fingerprint: '3f9a01c2',
    }),
    text,
  )
})

const refusal = (text: string): UserError => {
  try {
    openToken(text)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('the token was not refused')
}

const broken: readonly (readonly [text: string, place: string, says: RegExp])[] = [
  ['', 'character 1', /starts with mm1:, lk1: or mp1:/],
  ['swap', 'character 1', /starts with mm1:, lk1: or mp1:/],
  ['mm2:swap:0:00000000', 'character 1', /reads tokens that start with mm1:, lk1: or mp1:, not mm2:/],
  ['mm1:swap:0', 'character 10', /cut off/],
  ['mm1:swap:0:0:0', 'character 14', /expected four parts/],
  ['mm1::0:00000000', 'character 5', /name or path of a scope/],
  ['mm1:swap~:0:00000000', 'character 9', /name=value after ~/],
  ['mm1:swap+:0:00000000', 'character 9', /one mutant after \+/],
  ['mm1:swap+a+b:0:00000000', 'character 9', /one mutant after \+/],
  ['mm1:sw%ap:0:00000000', 'character 5', /broken %XX/],
  ['mm1:swap:0.x:00000000', 'character 12', /as step 2, found 'x'/],
  ['mm1:swap:0..1:00000000', 'character 12', /as step 2, found ''/],
  ['mm1:swap:0-:00000000', 'character 10', /as step 1, found '0-'/],
  ['mm1:swap:0:xyz', 'character 12', /eight hex digits/],
]

for (const [text, place, says] of broken) {
  test(`'${text}' is no token, and the message says where`, t => {
    const error = refusal(text)
    t.is(error.code, 'broken-token')
    t.is(error.place, place)
    t.regex(error.message, says)
  })
}

test('a token of a scope, bound or mutant that is not there is refused as the command line refuses it', t => {
  t.is(refusal('mm1:swpa:0:00000000').nearest, 'swap')
  t.is(refusal('mm1:swap~frmes=1:0:00000000').nearest, 'frames')
  t.is(refusal('mm1:mm-small+frok:0:00000000').code, 'unknown-mutant')
})

test('a fingerprint says which part has changed', t => {
  const scope = loadScope('mm-small')
  const now = fingerprintOf(bindScope(scope).machine)
  const against = (...given: Parameters<typeof bindScope>) =>
    changedParts(now, fingerprintOf(bindScope(...given).machine))
  t.deepEqual(against(scope), [])
  t.deepEqual(against({ ...scope, choices: 'all' }), ['scope'])
  t.deepEqual(against(scope, ['slots=2']), ['scope'])
  t.deepEqual(against(scope, ['pages=3']), ['scope', 'commands'])
  t.deepEqual(against(scope, [], 'fork'), ['operations'])
})

test('a token of another version of the model is refused, and names what has changed', t => {
  const bound = bindScope(loadScope('mm-small'))
  const now = fingerprintOf(bound.machine)
  const fingerprint = now.slice(0, 7) + (now.endsWith('0') ? '1' : '0')
  const error = refusal(printToken({ kind: 'mm1', scope: 'mm-small', sets: [], mutant: null, steps: [], fingerprint }))
  t.is(error.code, 'stale-token')
  t.regex(error.message, /changed since: the operations/)
})

test('a walked path and its token are the same transitions', t => {
  const bound = bindScope(loadScope('frames'), ['frames=3'])
  const walked = walk(bound.machine, [0, 5, 3])
  const opened = openToken(
    tokenOf(
      bound,
      walked.map(({ taken }) => taken),
    ),
  )
  t.deepEqual(
    opened.steps,
    walked.map(({ taken }) => taken),
  )
  t.deepEqual(opened.bound.bounds, bound.bounds)
})
