// Values that a schema takes, with hostile strings in them: what is read or shown may be any of them. Only tests import
// this file.

import fc from 'fast-check'
import { z } from 'zod'
import { hostileStrings } from './hostile.js'

/** Any value that a schema takes. */
export function valuesOf(schema: unknown): fc.Arbitrary<unknown> {
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
