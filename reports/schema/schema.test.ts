// The published schemas are the ones that files are read by, and what is written can be read again, whatever it holds.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import test from 'ava'
import fc from 'fast-check'
import { valuesOf } from '../golden/values.js'
import { renderJson } from '../json.js'
import { readRun } from '../read.js'
import { publishedSchemas, runDocument } from './run.js'

// From dist/reports/schema, where this runs, to the package's folder of schemas.
const folder = new URL('../../../schema/', import.meta.url)

for (const [name, schema] of Object.entries(publishedSchemas())) {
  test(`schema/${name} is the schema that files are read by: UPDATE_SCHEMA=1 writes it`, t => {
    const text = renderJson(schema, { times: true })
    if (process.env.UPDATE_SCHEMA === '1') writeFileSync(new URL(name, folder), text)
    t.is(readFileSync(new URL(name, folder), 'utf8'), text)
  })
}

test('what is written is read again as it was, whatever it holds', t => {
  const same = (run: unknown) => {
    assert.ok(typeof run === 'object' && run !== null)
    assert.deepEqual(readRun(renderJson(run, { times: true })), { run })
  }
  t.notThrows(() => fc.assert(fc.property(valuesOf(runDocument), same), { numRuns: 50 }))
})
