// Scope files as users write them, wrong ones above all: every refusal says where and what was probably meant.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { UserError } from '../errors.js'
import { allScopes, loadScope, scopeNames } from './index.js'

const folder = mkdtempSync(join(tmpdir(), 'mmspec-scopes-'))
test.after.always(() => rmSync(folder, { recursive: true }))

function refusalOf(name: string, text: string): UserError {
  const path = join(folder, `${name}.yaml`)
  writeFileSync(path, text)
  try {
    loadScope(path)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
  throw new Error('the scope was not refused')
}

const good = 'system: memory\nsays: A sentence.\n'

const wrong: readonly (readonly [
  promise: string,
  text: string,
  code: string,
  at: string,
  says: RegExp,
  nearest?: string,
])[] = [
  ['broken YAML', `name: s\n${good}bounds: { pages: 2\ntags: [`, 'broken-yaml', '5:1', /not valid YAML/],
  ['a file that is a list', '- a\n- b\n', 'broken-scope', '1:1', /map of fields/],
  ['an unknown field', `name: s\n${good}bonds: {}\n`, 'broken-scope', '4:1', /unknown field 'bonds'/, 'bounds'],
  [
    'an unknown figure',
    `name: s\n${good}expect: { state: 3 }\n`,
    'broken-scope',
    '4:11',
    /unknown field 'state'/,
    'states',
  ],
  ['a missing field', 'name: s\nsays: A sentence.\n', 'broken-scope', '1:1', /'system' is missing/],
  ['an unknown system', 'name: s\nsystem: memry\nsays: A.\n', 'unknown-system', '2:9', /unknown system/, 'memory'],
  ['a name that is not the file', `name: other\n${good}`, 'broken-scope', '1:7', /named 'other'/],
  ['an unknown bound', `name: s\n${good}bounds: { frmes: 2 }\n`, 'unknown-bound', '4:11', /unknown bound/, 'frames'],
  ['a bound out of range', `name: s\n${good}bounds: { frames: 0 }\n`, 'bound-out-of-range', '4:19', /takes 1 to 64/],
  ['a bound that is a word', `name: s\n${good}bounds: { frames: many }\n`, 'broken-scope', '4:19', /found "many"/],
  ['a bound that is a fraction', `name: s\n${good}bounds: { frames: 1.5 }\n`, 'broken-scope', '4:19', /found 1.5/],
  [
    'an unknown switch',
    `name: s\n${good}switches: { table: x }\n`,
    'unknown-switch',
    '4:13',
    /unknown switch/,
    'tables',
  ],
  [
    'an unknown value of a switch',
    `name: s\n${good}switches: { tables: conted }\n`,
    'unknown-value-of-tables',
    '4:21',
    /'conted'/,
    'counted',
  ],
  ['an unknown granularity', `name: s\n${good}granularity: ful\n`, 'broken-scope', '4:14', /found "ful"/, 'full'],
  [
    'an unknown operation',
    `name: s\n${good}operations: { munmp: {} }\n`,
    'unknown-operation',
    '4:15',
    /munmp/,
    'munmap',
  ],
  ['no operation at all', `name: s\n${good}operations: {}\n`, 'broken-scope', '4:1', /at least one operation/],
  ['an unknown step', `name: s\n${good}fuse: [instal]\n`, 'unknown-step', '4:8', /'instal'/, 'install'],
  [
    'an unknown claim',
    `name: s\n${good}claims:\n  - frames/no-double-maping\n`,
    'unknown-claim',
    '5:5',
    /unknown claim/,
    'frames/no-double-mapping',
  ],
  [
    'a claim that is expected of a scope that holds',
    `name: s\n${good}expect: { claim: deadlock }\n`,
    'broken-scope',
    '4:18',
    /verdict/,
  ],
  ['an unknown tag', `name: s\n${good}tags: [smal]\n`, 'broken-scope', '4:8', /tags.0/, 'small'],
]

for (const [promise, text, code, at, says, nearest] of wrong) {
  test(`${promise} is refused with its place`, t => {
    const error = refusalOf('s', text)
    t.is(error.code, code)
    t.is(error.place, `${join(folder, 's.yaml')}:${at}`)
    t.regex(error.message, says)
    t.is(error.nearest, nearest)
  })
}

test('an unknown name is answered with the scope that was probably meant', t => {
  const error = t.throws(() => loadScope('fault'), { instanceOf: UserError })
  t.is(error?.nearest, 'faults')
})

test('a path that cannot be read is the fault of who gave it', t => {
  t.is(t.throws(() => loadScope('./no/such.yaml'), { instanceOf: UserError })?.code, 'unreadable-scope')
})

test('a scope may lie anywhere, and is then known by its path', t => {
  const path = join(folder, 'mine.yml')
  writeFileSync(path, `name: mine\n${good}`)
  t.like(loadScope(path), { name: 'mine', asked: path, granularity: 'whole', tags: [], unreachable: [] })
})

test('every scope of the package can be read, and its tags find it', t => {
  t.deepEqual(
    allScopes().map(scope => scope.name),
    [...scopeNames()],
  )
  t.true(allScopes('toy').every(scope => scope.tags.includes('toy')))
  t.true(allScopes('small', 'toy').length > allScopes('toy').length)
})
