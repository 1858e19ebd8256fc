// A file that is no run is refused with one sentence that says where; a newer file of the same version is read.

import test from 'ava'
import { greenRun } from './golden/fixtures.js'
import { renderJson } from './json.js'
import { type BadDocument, readRun } from './read.js'

const text = renderJson(greenRun, { times: true })
const changed = (change: object) => JSON.stringify({ ...greenRun, ...change })

test('fields that are not known are left out, at any depth', t => {
  const scopes = greenRun.scopes.map(scope => ({ ...scope, later: { deep: [1] } }))
  t.deepEqual(readRun(changed({ scopes, later: true })), { run: greenRun })
})

test('the value of one verb is read as a run of that verb', t => {
  const linear = { schema: 'mmspec/linear@1', verb: 'linear', ok: true, version: '1', scopes: [] } as const
  const read = readRun(JSON.stringify(linear))
  t.like('run' in read ? read.run : null, { verb: 'linear', ok: true, version: '1', linear })
})

test('a part of the scopes of one verb is a part of that run', t => {
  const shard = { index: 1, of: 2, whole: ['a', 'b'] }
  const read = readRun(
    JSON.stringify({ schema: 'mmspec/linear@1', verb: 'linear', ok: true, version: '1', shard, scopes: [] }),
  )
  t.like('run' in read ? read.run : null, { verb: 'linear', shard })
})

const bad: readonly (readonly [promise: string, text: string, wrong: Partial<BadDocument>])[] = [
  ['an empty file', '', { code: 'cut-off' }],
  ['half a file', text.slice(0, text.length / 2), { code: 'cut-off' }],
  ['a file without its last line', text.slice(0, -2), { code: 'cut-off' }],
  ['half a string', '{"schema": "mms', { code: 'cut-off' }],
  ['a comma too many', '{\n  "a": 1,\n}', { code: 'broken-json', place: 'line 3, column 1' }],
  ['another document', '{"name": "x"}', { code: 'not-a-run', place: 'schema' }],
  ['a number', '17', { code: 'not-a-run' }],
  ['null', 'null', { code: 'not-a-run' }],
  ['a schema of nobody', changed({ schema: 'constructor' }), { code: 'not-a-run' }],
  ['a newer version', changed({ schema: 'mmspec/run@2' }), { code: 'newer-schema' }],
  ['a newer version of a part', '{"schema": "mmspec/linear@12"}', { code: 'newer-schema' }],
  ['a run that failed', '{"schema": "mmspec/error@1", "code": "x", "message": "no"}', { code: 'not-a-run' }],
  ['a field that is missing', changed({ ok: undefined }), { code: 'bad-run', place: 'ok' }],
  [
    'a count that is a word',
    changed({ scopes: [{ ...greenRun.scopes[0], states: 'many' }] }),
    { code: 'bad-run', place: 'scopes[0].states' },
  ],
  ['a part that is wrong', changed({ linear: { scopes: 1 } }), { code: 'bad-run', place: 'linear.schema' }],
]

for (const [promise, file, wrong] of bad) {
  test(`${promise} is refused`, t => {
    const read = readRun(file)
    t.like('wrong' in read ? read.wrong : null, wrong)
  })
}
