// `--out`: the run as JSON and as pages for a browser, each counterexample as Markdown too. A file is written beside its place
// and then renamed, so that a reader never finds half of one. Nothing else in the folder is touched.

import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import {
  counterexampleFile,
  emptyRun,
  pagesOf,
  type RunFile,
  type RunResult,
  renderJson,
  renderMarkdown,
} from '../../reports/index.js'
import { systemSays, UserError } from '../errors.js'
import { withoutTimes } from './times.js'

/** Makes the folder before the run, so that hours of work cannot end in a refusal. */
export function prepareFolder(folder: string, place = '--out'): void {
  if (folder === '') throw new UserError({ code: 'usage', message: 'expected a folder', place, next: `${place} out` })
  attempt(folder, () => makeFolder(resolve(folder)), place)
}

/** Parents first. Not `recursive`: on file systems where nothing can be made, Node 20 then never comes back. */
function makeFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent)
  mkdirSync(folder)
}

/** The run, its pages, and its counterexamples as Markdown. */
export function writeRun(folder: string, given: RunResult, times: boolean): void {
  const run = times ? given : withoutTimes(given)
  const files = [{ name: 'run.json', text: renderJson(run, { times }) }, ...documentsOf(run), ...pagesOf(run)]
  for (const { name, text } of files) writeFile(folder, name, text)
}

const documentsOf = (run: RunResult): readonly RunFile[] =>
  run.scopes.flatMap(scope => {
    const claim = scope.claims.find(({ verdict }) => verdict === 'violated')
    if (claim === undefined) return []
    const text = renderMarkdown({ ...emptyRun(run.verb, run.version), ok: scope.ok, scopes: [scope] })
    return [{ name: `${counterexampleFile(scope, claim.id)}.md`, text }]
  })

/** Files are written when everything is said: what a run has found is not lost with its folder. */
export class Unwritten extends UserError {}

export function writeFile(folder: string, name: string, text: string): void {
  const path = join(folder, name)
  attempt(path, () => write(path, text), '--out', Unwritten)
}

function write(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(beside, text)
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

function attempt(path: string, act: () => unknown, place: string, Refusal: typeof UserError = UserError): void {
  try {
    act()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new Refusal({
      code: 'unwritable-folder',
      message: `cannot write to '${path}': ${systemSays(error)}`,
      place,
      next: 'name a folder that can be written to; it is made where it is missing',
    })
  }
}
