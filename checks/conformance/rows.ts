// The recorded rows: read from `linux.yaml`, which says where they come from, and chosen by id or group. A row that no
// command can ask yet is kept beside the others with its reason, so that none is lost.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { unknownWord } from '../errors.js'
import { parseLocated, refusal } from '../scope/yaml.js'

const told = { id: z.string().regex(/^[a-z_0-9-]+-\d\d$/), situation: z.string(), source: z.string() }
const row = z.strictObject({ ...told, note: z.string().optional(), steps: z.string() })
const later = z.strictObject({ ...told, needs: z.array(z.string()).nonempty() })

const recordings = z.strictObject({
  /** What answered, and how it was set. */
  recorded: z.looseObject({ kernel: z.string(), count: z.int().positive() }),
  /** The settings of the same machine here, as a line of the notation. */
  with: z.string(),
  reasons: z.record(z.string(), z.string()),
  rows: z.array(row),
  later: z.array(later),
})

export type RecordedRow = z.infer<typeof row>
export type LaterRow = z.infer<typeof later>
export type Recordings = z.infer<typeof recordings>

export const rowsFile = 'checks/conformance/linux.yaml'
/** Compiled code lies in `dist/checks/conformance/`, the rows stay where they are written. */
const path = fileURLToPath(new URL(`../../../${rowsFile}`, import.meta.url))

export function loadRows(): Recordings {
  const located = parseLocated(rowsFile, readFileSync(path, 'utf8'))
  const parsed = recordings.safeParse(located.data)
  if (!parsed.success) throw refusal(parsed.error, located, Object.keys(recordings.shape))
  return parsed.data
}

/** `mlock-05` is of the group `mlock`. */
export const groupOf = ({ id }: { readonly id: string }): string => id.slice(0, id.lastIndexOf('-'))

/** The rows of these ids and groups, in the order of the file; all where no word is given. */
export function chosenRows(all: Recordings, words: readonly string[]): Recordings {
  const every = [...all.rows, ...all.later]
  const groups = [...new Set(every.map(groupOf))]
  const valid = [...groups, ...every.map(({ id }) => id)]
  for (const word of words) {
    if (valid.includes(word)) continue
    throw unknownWord('row or group', word, valid, {
      next: `groups: ${groups.join(', ')}; a row is one of them and a number, mmap-01`,
    })
  }
  const asked = (one: { readonly id: string }) =>
    words.length === 0 || words.includes(one.id) || words.includes(groupOf(one))
  return { ...all, rows: all.rows.filter(asked), later: all.later.filter(asked) }
}
