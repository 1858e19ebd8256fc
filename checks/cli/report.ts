// `mmspec report`: a run file as what other tools read: CI servers, code scanning, viewers of traces. Whether the run was as
// expected is for the verb that made it to say: this one ends with 0 where it has written what was asked for.

import { appendFileSync } from 'node:fs'
import type { Command } from 'commander'
import {
  pagesOf,
  type RunFile,
  type RunResult,
  renderAnnotations,
  renderDot,
  renderItf,
  renderJunit,
  renderMarkdown,
  renderSarif,
  renderSummary,
  tracesOf,
} from '../../reports/index.js'
import { UserError } from '../errors.js'
import { prepareFolder, writeFile } from './out.js'
import { loadRuns } from './run-file.js'
import { say, talk } from './terminal.js'

interface Format {
  readonly says: string
  /** The files of a run; those that hold a trace each are none where nothing is violated. */
  readonly documents: (run: RunResult) => readonly RunFile[]
}

const one =
  (name: string, render: (run: RunResult) => string): Format['documents'] =>
  run => [{ name, text: render(run) }]

const formats = {
  html: {
    says: 'index.html for the whole run, and a page for each counterexample',
    documents: pagesOf,
  },
  markdown: { says: 'the whole run for an issue: report.md', documents: one('report.md', renderMarkdown) },
  junit: { says: 'a suite for each scope, a case for each claim: junit.xml', documents: one('junit.xml', renderJunit) },
  sarif: {
    says: 'findings for code scanning, with their traces: mmspec.sarif',
    documents: one('mmspec.sarif', run => renderSarif(run, baseOf(process.env))),
  },
  itf: {
    says: 'each counterexample for Quint, Apalache and viewers: ….itf.json',
    documents: run => tracesOf(run).map(({ name, ...found }) => ({ name: `${name}.itf.json`, text: renderItf(found) })),
  },
  dot: {
    says: 'each counterexample as a graph for Graphviz: ….dot',
    documents: run => tracesOf(run).map(({ name, ...found }) => ({ name: `${name}.dot`, text: renderDot(found) })),
  },
} satisfies { readonly [name: string]: Format }

const noTrace = 'mmspec: nothing to write: ITF and dot are made of counterexamples in scopes, and this run has none\n'

type Given = { readonly [name in keyof typeof formats]?: boolean } & {
  readonly annotations?: boolean
  readonly summary?: boolean
  readonly out?: string
}

const examples = `Examples:
  mmspec report out/run.json --junit --sarif --html --out out
                                                files beside the run that they are about
  mmspec report out/run.json --annotations --summary
                                                in a workflow of GitHub: lines beside the code, and the job's summary
  mmspec report out/run.json --itf > trace.itf.json
                                                one document goes to stdout where no folder is named
  mmspec report out/run.json --dot --out - | dot -Tsvg > trace.svg
  mmspec report 1.json 2.json --html --out out  parts of a run as one, as 'mmspec merge' puts them together
`

export function report(program: Command): void {
  const verb = program
    .command('report')
    .summary('a run file as HTML, Markdown, JUnit, SARIF, ITF, dot, annotations, or the summary of a job')
    .addHelpText('before', examples)
    .argument('<run.json...>', 'what --json or --out of another verb has written')
  for (const [name, { says }] of Object.entries(formats)) verb.option(`--${name}`, says)
  verb
    .option('--annotations', 'workflow commands of GitHub Actions, ten at most, to stdout')
    .option('--summary', 'Markdown for the summary of a job: appended to $GITHUB_STEP_SUMMARY where that is set')
    .option('--out <folder>', 'where the files go; - for stdout, where it is one')
    .action((paths: readonly string[], given: Given) => {
      const folder = given.out === undefined || given.out === '-' ? null : given.out
      const wanted = asked(given)
      const run = loadRuns(paths)
      if (folder !== null) prepareFolder(folder)
      const documents = wanted.flatMap(format => format.documents(run))
      if (wanted.length > 0 && documents.length === 0) talk(noTrace)
      if (folder === null) toStdout(documents, given)
      else for (const { name, text } of documents) writeFile(folder, name, text)
      if (given.summary === true) summarize(renderSummary(run), folder)
      if (given.annotations === true) say(renderAnnotations(run))
      if (folder !== null) talk(`wrote ${documents.map(({ name }) => name).join(', ') || 'no file'} to ${folder}\n`)
    })
}

function asked(given: Given): readonly Format[] {
  const wanted = Object.entries(formats).flatMap(([name, format]) =>
    given[name as keyof typeof formats] === true ? [format] : [],
  )
  if (wanted.length > 0 || given.annotations === true || given.summary === true) return wanted
  const next = [...Object.keys(formats), 'annotations', 'summary'].map(name => `--${name}`).join(', ')
  throw new UserError({ code: 'usage', message: 'expected a format', next: `formats: ${next}` })
}

function toStdout(documents: readonly RunFile[], given: Given): void {
  const toSummary = given.summary === true && (process.env.GITHUB_STEP_SUMMARY ?? '') === ''
  if (documents.length + (given.annotations === true ? 1 : 0) + (toSummary ? 1 : 0) > 1) {
    const message = `expected a folder for ${documents.map(({ name }) => name).join(', ')}`
    throw new UserError({ code: 'usage', message, place: '--out', next: '--out out' })
  }
  for (const { text } of documents) say(text)
}

function summarize(text: string, folder: string | null): void {
  const file = process.env.GITHUB_STEP_SUMMARY ?? ''
  if (file === '') {
    if (folder === null) say(text)
    else writeFile(folder, 'summary.md', text)
    return
  }
  try {
    appendFileSync(file, text)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    const message = `cannot append to '${file}': ${error.code}`
    throw new UserError({ code: 'unwritable-summary', message, place: 'GITHUB_STEP_SUMMARY' })
  }
}

/** Where files of the commit that is checked can be read, in a workflow of GitHub. */
function baseOf({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit }: NodeJS.ProcessEnv) {
  const parts = [server, repository, 'blob', commit]
  const base = `${parts.join('/')}/`
  return parts.every(part => part !== undefined && part !== '') && URL.canParse(base) ? { base } : {}
}
