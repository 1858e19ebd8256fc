// `mmspec lockstep`, `random`, `mutants` and lockstep tokens as users run them: a process, its streams, its exit code.

import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import test from 'ava'
import { bindScope, loadScope } from '../scope/index.js'
import { lockstepTokenOf } from '../token/index.js'
import { mmspecHere } from './here.js'

const binary = fileURLToPath(new URL('./main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mmspec-cli-'))
test.after.always(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}
function mmspec(...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [binary, ...args], { env: { ...process.env, NO_COLOR: '1' } })
  let out = ''
  let err = ''
  child.stdout.on('data', (text: Buffer) => {
    out += text
  })
  child.stderr.on('data', (text: Buffer) => {
    err += text
  })
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })))
}
const lines = (text: string) => text.trimEnd().split('\n')
const figures = /tiny-limit +exhaustive tiny top +5 450 +32 % +124/

test.serial('lockstep of a scope is green in both orders, and says how much it compared', async t => {
  const { code, out } = await mmspec('lockstep', 'tiny-limit')
  t.is(code, 0)
  t.regex(out, figures)
  t.regex(out, /tiny-limit, order 1/)
  t.regex(lines(out).at(-1) ?? '', /as expected · 10 900 compared commands/)
})

test.serial('random prints its seed and its mix, and the same seed prints the same', async t => {
  const args = ['random', 'random', '--commands', '2000', '--geometry', 'tiny', '--seed', '3', '--no-times']
  const [one, two, other] = await Promise.all([mmspec(...args), mmspec(...args), mmspec(...args, '--seed', '4')])
  t.is(one.code, 0)
  t.regex(one.out, /seed 3/)
  t.regex(one.out, /spawn \d+ · [\s\S]*store \d+/)
  t.is(one.out, two.out)
  t.not(one.out, other.out)
})

test.serial('-q says nothing where both sides agree, -v says the mix of exhaustive runs too', async t => {
  const [quiet, verbose] = await Promise.all([
    mmspec('lockstep', 'tiny-counted', '-q'),
    mmspec('lockstep', 'tiny-counted', '-v'),
  ])
  t.deepEqual(quiet, { code: 0, out: '', err: '' })
  t.regex(verbose.out, /mix {2}tiny-counted/)
})

test.serial(
  'with --json there is one document, the same bytes for the same run without times, also in --out',
  async t => {
    const out = join(folder, 'out')
    const args = ['lockstep', 'tiny-counted', '--json']
    const [timed, one, two] = await Promise.all([
      mmspec(...args),
      mmspec(...args, '--no-times', '--out', out),
      mmspec(...args, '--no-times'),
    ])
    t.is(one.out, two.out)
    t.is(one.out, readFileSync(join(out, 'run.json'), 'utf8'))
    t.deepEqual(readdirSync(out).sort(), ['index.html', 'run.json'])
    t.like(JSON.parse(one.out), { schema: 'mmspec/run@1', verb: 'lockstep', ok: true })
    t.false('seconds' in JSON.parse(one.out).lockstep[0])
    t.is(typeof JSON.parse(timed.out).lockstep[0].cpuSeconds, 'number')
  },
)

const idle = join(folder, 'idle.yaml')
writeFileSync(
  idle,
  'name: idle\nsystem: memory\nsays: Nobody ever starts.\nbounds: { pages: 1 }\noperations: { load: {} }\n',
)

test.serial('a run that tests nothing exits with 1, says why, and leaves a page in --out', async t => {
  const out = join(folder, 'idle')
  const { code, out: shown } = await mmspec('random', idle, '--geometry', 'tiny', '--out', out, '-q')
  t.is(code, 1)
  t.regex(shown, /disagree about mix/)
  t.regex(shown, /of 0 compared commands 0 change the state/)
  t.deepEqual(readdirSync(out).sort(), ['index.html', 'random.md', 'run.json'])
})

test.serial('what is out of time exits with 3 and shows what is done', async t => {
  for (const args of [
    ['lockstep', 'tiny-limit'],
    ['random', 'random'],
  ]) {
    const { code, out } = await mmspec(...args, '--timeout', '0.01')
    t.is(code, 3, args[0])
    t.regex(out, /cut short: time/)
  }
})

test.serial('mutants that are out of time exit with 3, and keep what was noticed until then', async t => {
  const out = join(folder, 'mutants')
  const { code, out: text } = await mmspec('mutants', '--timeout', '1', '--json', '--out', out)
  t.is(code, 3)
  const run = JSON.parse(text)
  t.like(run, { schema: 'mmspec/run@1', verb: 'mutants', cut: 'time', ok: false, unkilled: [] })
  t.true(run.mutants.length > 0 && run.mutants.length < 300)
  t.true(
    run.mutants.every((mutant: { verdict: string }) => mutant.verdict === 'killed' || mutant.verdict === 'equivalent'),
  )
  t.true(run.kills.length > 0)
  t.is(readFileSync(join(out, 'run.json'), 'utf8'), text)
  const shown = await mmspec('mutants', '--timeout', '0.01', '-v')
  t.is(shown.code, 3)
  t.regex(shown.out, /every mutant/)
})

const token = (mutant: string | null, ...commands: number[]) =>
  lockstepTokenOf(bindScope(loadScope('tiny-limit'), [], mutant), commands)

test.serial('a lockstep token runs again step by step on both sides, and exits with 0 where they agree', async t => {
  const { code, out } = await mmspec('replay', token(null, 0, 6, 38))
  t.is(code, 0)
  t.regex(out, /1 {2}P0 spawn[\s\S]*model +ok[\s\S]*machine +ok[\s\S]*3 {2}P0 read/)
  t.regex(out, /both sides agree along these 3 steps/)
  const part = await mmspec('replay', token(null, 0, 6, 38), '--until', '1')
  t.regex(part.out, /2 more steps/)
  t.notRegex(part.out, /P0 read/)
})

test.serial('a lockstep token that parts exits with 1 and says where, also as JSON', async t => {
  const parting = token('a fault makes every page writable', 0, 6, 38)
  const [text, json] = await Promise.all([mmspec('replay', parting), mmspec('replay', parting, '--json')])
  t.is(text.code, 1)
  t.regex(text.out, /✖ the states differ at spaces\[0\]\.pages\[0\]\.entry/)
  t.is(json.code, 1)
  t.like(JSON.parse(json.out), { schema: 'mmspec/replay@1', lockstep: { verdict: 'disagree' } })
})

const bad: readonly (readonly [promise: string, args: readonly string[], says: RegExp])[] = [
  ['lockstep of a toy', ['lockstep', 'clock'], /'clock' is of clock, which has a model and no implementation/],
  ['random of a toy', ['random', 'mm-small'], /has a model and no implementation/],
  ['an unknown scope', ['lockstep', 'tiny-limt'], /unknown scope 'tiny-limt'; did you mean 'tiny-limit'\?/],
  ['lockstep of a scope that never ends', ['lockstep', 'random'], /'random' is for random commands/],
  ['an unknown geometry', ['random', '--geometry', 'tyni'], /unknown geometry 'tyni'; did you mean 'tiny'\?/],
  ['a seed that is no number', ['random', '--seed', 'text'], /whole number from 1, found 'text'/],
  ['no commands', ['random', '--commands', '0'], /whole number from 1, found '0'/],
  ['an unknown option', ['random', '--comands', '1'], /unknown option '--comands'; did you mean '--commands'\?/],
  ['a time limit of nothing', ['mutants', '--timeout', '0'], /seconds above 0, found '0'/],
]
for (const [promise, args, says] of bad) {
  test.serial(`${promise} exits with 2 and one message that helps, also as JSON`, async t => {
    const [text, json] = [await mmspecHere(...args), await mmspecHere(...args, '--json')]
    t.is(text.code, 2)
    t.is(text.out, '')
    t.regex(text.err, says)
    t.is(json.code, 2)
    t.is(JSON.parse(json.out).schema, 'mmspec/error@1')
  })
}
