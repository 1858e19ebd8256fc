// Reads a run file: the text of a document of ours as the value that it was made from. A file of another kind, of a
// newer version, or that was cut off is refused with one sentence and the place in it.

import type { z } from 'zod'
import { conformSchema } from './conform-result.js'
import { granularitySchema } from './granularity-result.js'
import { linearSchema } from './linear-result.js'
import { museumSchema } from './museum-result.js'
import { runOf } from './part-run.js'
import { errorSchema, type RunResult, runSchema } from './result.js'
import { schedulesSchema, stressSchema } from './schedules-result.js'
import { museum } from './schema/museum.js'
import { errorDocument, runDocument } from './schema/run.js'
import { granularity, linear, schedules, stress } from './schema/several-cpus.js'
import { conform } from './schema/side-by-side.js'
import { oneLine } from './text.js'

export interface BadDocument {
  /** Stable, kebab-case. */
  readonly code: 'broken-json' | 'cut-off' | 'not-a-run' | 'newer-schema' | 'bad-run'
  readonly message: string
  /** Where: `line 3, column 7`, or `scopes[0].states`. */
  readonly place?: string
}
export type Read = { readonly run: RunResult } | { readonly wrong: BadDocument }

/** The run that a text holds. The value of a single verb, `mmspec/linear@1` for example, is read as a run of that verb. */
export function readRun(text: string): Read {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { wrong: notJson(text, error instanceof Error ? error.message : String(error)) }
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined
  const reader = typeof schema === 'string' ? readers.get(schema) : undefined
  return reader === undefined ? { wrong: otherDocument(schema) } : reader(value)
}

const reader =
  <S extends z.ZodType>(document: S, asRun: (value: z.infer<S>) => RunResult) =>
  (value: unknown): Read => {
    const parsed = document.safeParse(value)
    if (parsed.success) return { run: asRun(parsed.data) }
    const [{ path, message }] = parsed.error.issues
    return { wrong: { code: 'bad-run', message: oneLine(message), place: placeOf(path) } }
  }

const readers: ReadonlyMap<string, (value: unknown) => Read> = new Map([
  [runSchema, reader(runDocument, run => run)],
  [conformSchema, reader(conform, runOf)],
  [linearSchema, reader(linear, runOf)],
  [granularitySchema, reader(granularity, runOf)],
  [museumSchema, reader(museum, runOf)],
  [schedulesSchema, reader(schedules, runOf)],
  [stressSchema, reader(stress, runOf)],
  [errorSchema, errorRead],
])

function errorRead(value: unknown): Read {
  const { data } = errorDocument.safeParse(value)
  const said = data === undefined ? '' : `: ${oneLine(data.message)}`
  return { wrong: { code: 'not-a-run', message: `the run ended in an error${said}` } }
}

/** `scopes[0].claims[2].verdict` */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i === 0 ? '' : '.'}${oneLine(String(part))}`))
    .join('')

function notJson(text: string, message: string): BadDocument {
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN)
  if (text.trim() === '' || /end of JSON|Unterminated/.test(message) || at >= text.trimEnd().length)
    return { code: 'cut-off', message: 'the document does not end: was it cut off?' }
  const before = text.slice(0, at).split('\n')
  const place = Number.isNaN(at) ? {} : { place: `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}` }
  return { code: 'broken-json', message: `not valid JSON: ${oneLine(message)}`, ...place }
}

/** A document of ours, by name and version. */
const ours = /^mmspec\/([a-z]{1,20})@(\d{1,6})$/

function otherDocument(schema: unknown): BadDocument {
  const [, name, version] = (typeof schema === 'string' ? ours.exec(schema) : null) ?? []
  const known = [...readers.keys()].find(it => it.startsWith(`mmspec/${name}@`))
  if (known !== undefined && Number(version) > 1)
    return {
      code: 'newer-schema',
      message: `mmspec/${name}@${version} is newer than this mmspec, which reads ${known}`,
    }
  return { code: 'not-a-run', message: `not a run of mmspec: expected "schema": "${runSchema}"`, place: 'schema' }
}
