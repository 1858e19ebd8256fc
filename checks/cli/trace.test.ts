// `mmspec trace` and `mmspec spec` as users run them: one JSON document for scripts, and what users get wrong.

import test from 'ava'
import { mmspecHere } from './here.js'

test.serial('`trace --gaps --json` is one document that has no row that is built', async t => {
  const { code, out } = await mmspecHere('trace', '--gaps', '--json')
  t.is(code, 0)
  const { schema, rows, totals } = JSON.parse(out)
  t.is(schema, 'mmspec/trace@1')
  t.is(totals.built, 0)
  t.is(rows.length, totals.partly + totals['not built'])
})

test.serial('an unknown row, and an unknown verb of a verb, are bad input, with the nearest one', async t => {
  const row = await mmspecHere('trace', 'FW-255')
  t.is(row.code, 2)
  t.regex(row.err, /unknown row 'FW-255'; did you mean 'FW-25'\?/)
  const verb = await mmspecHere('spec', 'chekc')
  t.is(verb.code, 2)
  t.regex(verb.err, /unknown verb 'chekc'; did you mean 'check'\?\n {2}see 'mmspec spec --help'/)
})
