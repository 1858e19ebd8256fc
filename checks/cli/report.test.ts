// `mmspec report` as users run it, and the workflows that the documents show: what they call must be there.

import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import test from 'ava'
import { parse } from 'yaml'
import { everythingRed } from '../../reports/golden/red-runs.js'
import { renderJson, renderJunit } from '../../reports/index.js'
import { root } from '../spec/chapters.js'
import { programOf } from './program.js'

const binary = fileURLToPath(new URL('./main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mmspec-report-'))
test.after.always(() => rmSync(folder, { recursive: true }))

const runFile = join(folder, 'run.json')
writeFileSync(runFile, renderJson({ ...everythingRed, version: '9' }, { times: true }))

interface Ended {
  readonly code: number | string
  readonly out: string
  readonly err: string
}
const report = (args: readonly string[], env: { readonly [name: string]: string } = {}): Promise<Ended> =>
  new Promise(resolve => {
    const options = { env: { ...process.env, GITHUB_STEP_SUMMARY: '', ...env } }
    execFile(process.execPath, [binary, 'report', ...args], options, (error, out, err) =>
      resolve({ code: error?.code ?? 0, out, err }),
    )
  })

test('each format has its file in the folder, annotations go to stdout, and nothing else is touched', async t => {
  const out = join(folder, 'out')
  const summary = join(folder, 'summary')
  writeFileSync(summary, 'before\n')
  const formats = ['--html', '--markdown', '--junit', '--sarif', '--itf', '--dot', '--annotations', '--summary']
  const ended = await report([runFile, ...formats, '--out', out], { GITHUB_STEP_SUMMARY: summary })
  t.is(ended.code, 0, ended.err)
  const traces = ['mm-small+frames-references-recount', 'smp+tells-nobody+tlb-names-no-free-frame']
  const files = traces.flatMap(name => ['.dot', '.html', '.itf.json'].map(ending => name + ending))
  const pages = ['check-mm-small-x86.html', 'index.html']
  t.deepEqual(readdirSync(out).sort(), [...files, ...pages, 'junit.xml', 'mmspec.sarif', 'report.md'].sort())
  t.is(ended.out.trimEnd().split('\n').length, 10)
  t.regex(readFileSync(summary, 'utf8'), /^before\n## mmspec check: not as expected\n/)
  const sarif = JSON.parse(readFileSync(join(out, 'mmspec.sarif'), 'utf8'))
  t.is(sarif.runs[0].tool.driver.version, '9')
})

test('one document goes to stdout; for several a folder is asked for', async t => {
  const one = await report([runFile, '--junit'])
  t.is(one.out, renderJunit(everythingRed))
  const two = await report([runFile, '--junit', '--sarif'])
  t.is(two.code, 2)
  t.is(two.out, '')
  t.regex(two.err, /expected a folder for junit\.xml, mmspec\.sarif/)
})

test('where a run has no trace of a scope, the empty output is explained', async t => {
  const file = join(folder, 'schedules.json')
  writeFileSync(file, renderJson({ ...everythingRed, scopes: [] }, { times: true }))
  const { code, out, err } = await report([file, '--itf'])
  t.deepEqual([code, out], [0, ''])
  t.regex(err, /counterexamples in scopes, and this run has none/)
})

test('what is no run, and a format that is not named, exit with 2', async t => {
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, '{"schema": "mmspec/run@1", ')
  const cut = await report([broken, '--junit'])
  t.is(cut.code, 2)
  t.regex(cut.err, /broken\.json: .*cut off/)
  t.is((await report([runFile])).code, 2)
})

/** Workflows in the documents: YAML that has jobs. */
const workflows = ['README.md', 'reports/README.md'].flatMap(file =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)]
    .map(([, text]) => text)
    .filter(text => /^jobs:/m.test(text)),
)
interface Workflow {
  readonly jobs: {
    readonly [name: string]: { readonly steps: readonly { readonly run?: string; readonly uses?: string }[] }
  }
}

test('workflows that the documents show are YAML, and call verbs with options that exist', t => {
  const steps = workflows.flatMap(text => {
    const { jobs }: Workflow = parse(text)
    return Object.values(jobs).flatMap(job => job.steps)
  })
  const calls = steps
    .flatMap(({ run = '' }) => run.split('\n'))
    .filter(line => line.trim().startsWith('npx mmspec '))
    .map(line =>
      line
        .trim()
        .replaceAll(/\$\{\{.*?\}\}/g, '1')
        .split(/\s+/)
        .slice(2),
    )
  t.true(calls.length >= 2)
  t.true(steps.every(({ run, uses }) => (run === undefined) !== (uses === undefined)))
  for (const [name, ...args] of calls) {
    const verb = programOf().commands.find(command => command.name() === name)
    t.deepEqual(verb?.parseOptions(args).unknown, [], `${name} ${args.join(' ')}`)
  }
})
