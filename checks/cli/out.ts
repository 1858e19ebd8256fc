// `--out`: the run as JSON and as a page for a browser, each counterexample as Markdown, and whatever went wrong as a page. A file is written beside its place and then renamed, so that a reader never finds half of one. Nothing else in the
// folder is touched.

import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import {
  counterexampleFile,
  emptyRun,
  pagesOf,
  type RunResult,
  renderJson,
  renderMarkdown,
  renderRunReport,
} from '../../reports/index.js'
import { UserError } from '../errors.js'
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

/** The page that shows a whole run. */
export const reportName = 'index.html'

export function writeRun(folder: string, run: RunResult, times: boolean): void {
  attempt(folder, () => {
    write(join(folder, 'run.json'), renderJson(run, { times }))
    for (const scope of run.scopes) {
      const claim = scope.claims.find(({ verdict }) => verdict === 'violated')
      if (claim === undefined) continue
      const path = join(folder, counterexampleFile(scope, claim.id))
      write(`${path}.md`, renderMarkdown({ ...emptyRun(run.verb, run.version), ok: scope.ok, scopes: [scope] }))
    }
    for (const { name, text } of pagesOf(run)) write(join(folder, name), text)
    write(join(folder, reportName), renderRunReport(times ? run : withoutTimes(run)))
  })
}

export const writeFile = (folder: string, name: string, text: string): void =>
  attempt(folder, () => write(join(folder, name), text))

function write(path: string, text: string): void {
  const beside = `${path}.${process.pid}.tmp`
  writeFileSync(beside, text)
  renameSync(beside, path)
}

function attempt(folder: string, act: () => unknown, place = '--out'): void {
  try {
    act()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw new UserError({
      code: 'unwritable-folder',
      message: `cannot write to '${folder}': ${error.code}`,
      place,
    })
  }
}
