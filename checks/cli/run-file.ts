// Run files as they come from outside: read whole, within a limit, and refused with one message where they are no runs.

import { readFileSync, statSync } from 'node:fs'
import { type RunResult, readRun } from '../../reports/index.js'
import { UserError } from '../errors.js'

/** A run of everything that the package has is a tenth of it. */
const mostMegabytes = 256

/** The run that a file holds. */
export function loadRun(path: string): RunResult {
  const read = readRun(textOf(path))
  if ('run' in read) return read.run
  const { code, message, place } = read.wrong
  throw new UserError({ code, message, place: place === undefined ? path : `${path}: ${place}` })
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
      })
    }
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error && 'code' in error)) throw error
    throw unreadable(path, String(error.code))
  }
}

const unreadable = (path: string, why: string): UserError =>
  new UserError({ code: 'unreadable-run', message: `cannot read the run file: ${why}`, place: path })
