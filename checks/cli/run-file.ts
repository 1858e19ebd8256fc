// Run files as they come from outside: read whole, within a limit, and refused with one message where they are no runs.

import { readFileSync, statSync } from 'node:fs'
import { type RunResult, readRun } from '../../reports/index.js'
import { systemSays, UserError } from '../errors.js'
import { merge, type Given as Part } from '../merge.js'

/** A run of everything that the package has is a tenth of it. */
const mostMegabytes = 256

const whereFrom = "run files come from '--out folder' (run.json) or '--json' of check, verify and other verbs"

/** The run that a file holds. */
function loadRun(path: string): RunResult {
  const read = readRun(textOf(path))
  if ('run' in read) return read.run
  const { code, message, place } = read.wrong
  throw new UserError({ code, message, place: place === undefined ? path : `${path}: ${place}`, next: whereFrom })
}

/** Files by what they hold; one that is named twice is there once. */
export const loadParts = (paths: readonly string[]): readonly Part[] =>
  [...new Set(paths)].map(file => ({ file, run: loadRun(file) }))

/** Several files are parts of one run. One alone is taken as it is, also where another version made it. */
export function loadRuns(paths: readonly string[]): RunResult {
  const parts = loadParts(paths)
  return parts.length === 1 ? parts[0].run : merge(parts)
}

function textOf(path: string): string {
  try {
    const about = statSync(path)
    if (!about.isFile()) throw unreadable(path, 'it is not a file')
    if (about.size > mostMegabytes * 2 ** 20) {
      throw new UserError({
        code: 'too-large',
        message: `${Math.ceil(about.size / 2 ** 20)} MB: a run file may have ${mostMegabytes}`,
        place: path,
        next: 'run fewer scopes at a time, and report each run by itself',
      })
    }
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error && 'code' in error)) throw error
    throw unreadable(path, systemSays(error))
  }
}

const unreadable = (path: string, why: string): UserError =>
  new UserError({ code: 'unreadable-run', message: `cannot read the run file: ${why}`, place: path, next: whereFrom })
