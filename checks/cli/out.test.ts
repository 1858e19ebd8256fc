// `--out` of the verbs that have a result of their own, in this process: a run file that every other verb reads, and pages.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { readRun, renderJson } from '../../reports/index.js'
import { mmspecHere } from './here.js'

const folder = mkdtempSync(join(tmpdir(), 'mmspec out '))
test.after.always(() => rmSync(folder, { recursive: true }))

const verbs: readonly (readonly string[])[] = [
  ['conform', 'merge-09'],
  ['linear', 'counter'],
  ['museum', 'frame-not-cleared'],
  ['schedules', 'two-faults', '--geometry', 'tiny', '--preemptions', '0'],
]
const pages = ['index.html', 'run.json']
const outOf = (verb: string) => join(folder, verb)
const runOfText = (text: string) => {
  const read = readRun(text)
  if ('wrong' in read) throw new Error(read.wrong.message)
  return read.run
}

for (const args of verbs) {
  const [verb] = args
  test.serial(`${verb} --out leaves the run that --json prints, and a page of it`, async t => {
    const { code, out } = await mmspecHere(...args, '--json', '--no-times', '--out', outOf(verb))
    t.is(code, 0)
    t.deepEqual(readdirSync(outOf(verb)).sort(), verb === 'museum' ? ['frame-not-cleared.html', ...pages] : pages)
    const written = readFileSync(join(outOf(verb), 'run.json'), 'utf8')
    t.is(written, renderJson(runOfText(out), { times: false }))
    t.like(JSON.parse(written), { schema: 'mmspec/run@1', verb, ok: true })
  })
}

test.serial(
  'what a run has found is said even where its files cannot be written, and nothing half written stays',
  async t => {
    const out = join(folder, 'taken')
    mkdirSync(join(out, 'index.html'), { recursive: true })
    const { code, out: said, err } = await mmspecHere('check', 'diamond', '--json', '--out', out)
    t.is(code, 2)
    t.like(runOfText(said), { verb: 'check', ok: true })
    t.regex(err, /cannot write to '.*index\.html': it is a folder/)
    t.deepEqual(
      readdirSync(out).filter(name => name.endsWith('.tmp')),
      [],
    )
  },
)

test.serial('several run files are reported as the one run that they are parts of', async t => {
  const files = verbs.map(([verb]) => join(outOf(verb), 'run.json'))
  const out = join(folder, 'all')
  const { code, err } = await mmspecHere('report', ...files, files[0], '--html', '--junit', '--out', out)
  t.is(code, 0, err)
  t.deepEqual(readdirSync(out).sort(), ['frame-not-cleared.html', 'index.html', 'junit.xml'])
  const page = readFileSync(join(out, 'index.html'), 'utf8')
  for (const word of ['counter', 'A program gets a frame with what somebody else left in it', 'two-faults'])
    t.true(page.includes(word), word)
})

test.serial('runs of different versions are no parts of one run; one of them alone is shown', async t => {
  const other = join(folder, 'other.json')
  const run = runOfText(readFileSync(join(outOf('conform'), 'run.json'), 'utf8'))
  writeFileSync(other, renderJson({ ...run, version: '0.0.0-other' }, { times: false }))
  t.is((await mmspecHere('report', other, '--junit')).code, 0)
  const { code, err } = await mmspecHere('report', other, join(outOf('linear'), 'run.json'), '--junit')
  t.is(code, 2)
  t.regex(err, /the run is of mmspec 0\.0\.0-other.*\n {2}run all parts/)
})

test.serial('random walks leave what they came to, and a page for each trace', async t => {
  const out = join(folder, 'walks')
  const args = ['random', 'depth7', '--model', '--commands', '2000', '--no-failures', '-q', '--out', out]
  t.is((await mmspecHere(...args)).code, 1)
  const [page, ...rest] = readdirSync(out).sort()
  t.deepEqual(rest, ['walk.json'])
  t.regex(page, /^depth7\+.*\.html$/)
})
