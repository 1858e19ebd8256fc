// The published schemas are the ones that files are read by, and what is written can be read again, whatever it holds.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import test from 'ava'
import fc from 'fast-check'
import { z } from 'zod'
import { hostileStrings } from '../golden/hostile.js'
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

/** Any value that a schema takes. */
function valuesOf(schema: unknown): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape)
    const optional = (it: unknown) => it instanceof z.ZodExactOptional || it instanceof z.ZodOptional
    return fc.record(Object.fromEntries(fields.map(([name, it]) => [name, valuesOf(it)])), {
      requiredKeys: fields.flatMap(([name, it]) => (optional(it) ? [] : [name])),
      noNullPrototype: true,
    })
  }
  if (schema instanceof z.ZodExactOptional || schema instanceof z.ZodOptional) return valuesOf(schema.unwrap())
  if (schema instanceof z.ZodArray) return fc.array(valuesOf(schema.element), { maxLength: 2 })
  // A record is read without a key `__proto__`, which is no name of anything here.
  const names = hostileStrings.filter(name => name !== '__proto__')
  if (schema instanceof z.ZodRecord) return fc.dictionary(names, hostileStrings, { noNullPrototype: true })
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodNumber) return fc.integer({ min: 1 })
  if (schema instanceof z.ZodString) return hostileStrings
  throw new Error(`no values for ${String(schema)}`)
}

test('what is written is read again as it was, whatever it holds', t => {
  const same = (run: unknown) => {
    assert.ok(typeof run === 'object' && run !== null)
    assert.deepEqual(readRun(renderJson(run, { times: true })), { run })
  }
  t.notThrows(() => fc.assert(fc.property(valuesOf(runDocument), same), { numRuns: 50 }))
})
