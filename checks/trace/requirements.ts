// The project's own table of what the system is asked to be: spec/requirements.yaml, read and checked for its form.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { rowStatuses } from '../../reports/index.js'
import { UserError } from '../errors.js'
import { parseLocated } from '../scope/yaml.js'
import { root } from '../spec/chapters.js'

export const requirementsFile = 'spec/requirements.yaml'

const named = z.array(z.string()).default([])
const row = z
  .strictObject({
    id: z.string().regex(/^(FW|VE|PH|OD|X)-\d\d$|^R\d\d?$/),
    says: z.string().min(1),
    status: z.enum(rowStatuses),
    why: z.string().min(1).optional(),
    rules: named,
    operations: named,
    code: named,
    claims: named,
  })
  .refine(({ status, why }) => status === 'built' || why !== undefined, 'a row that is not built says why')
const table = z.record(z.string().min(1), z.array(row))

export interface Requirement extends z.infer<typeof row> {
  readonly layer: string
  readonly line: number
}

/** The rows of a text in order, each with the line of its id. */
export function readRequirements(text: string, file = requirementsFile): readonly Requirement[] {
  const { data, place } = parseLocated(file, text)
  const read = table.safeParse(data)
  if (!read.success) {
    const [{ path, message }] = read.error.issues
    const said = `${path.map(String).join('.')}: ${message}`
    throw new UserError({ code: 'broken-requirements', message: said, place: place(path) })
  }
  const lines = text.split('\n')
  return Object.entries(read.data).flatMap(([layer, rows]) =>
    rows.map(one => ({ ...one, layer, line: 1 + lines.findIndex(line => line.includes(`id: ${one.id}`)) })),
  )
}

export const requirements = (): readonly Requirement[] =>
  readRequirements(readFileSync(`${root}${requirementsFile}`, 'utf8'))
