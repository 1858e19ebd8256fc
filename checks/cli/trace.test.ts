// `mmspec trace` and `mmspec spec` as users run them: one JSON document for scripts, and what users get wrong.

import { tmpdir } from 'node:os'
import test from 'ava'
import { UserError } from '../errors.js'
import { needSources, root } from '../spec/chapters.js'
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

test('where the sources are missing, the specification is not held to them, and what to do is said', t => {
  t.notThrows(() => needSources('spec check', root))
  const error = t.throws(() => needSources('spec check', `${tmpdir()}/`), { instanceOf: UserError })
  t.regex(error?.message ?? '', /'mmspec spec check' .* an installed package has none: model, impl, checks\/claims/)
  t.regex(error?.next ?? '', /in a clone of the repository/)
})
