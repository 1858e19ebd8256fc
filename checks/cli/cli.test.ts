// The program as users run it: a process of its own, its two streams, and its exit code.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import test from 'ava'
import { mmspecHere } from './here.js'

const binary = fileURLToPath(new URL('./main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mmspec-cli-'))
test.after.always(() => rmSync(folder, { recursive: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the program; `during` may act on it while it runs. */
function mmspec(args: readonly string[], during: (child: ChildProcess) => void = () => undefined): Promise<Ended> {
  const child = spawn(process.execPath, [binary, ...args], { env: { ...process.env, NO_COLOR: '1' } })
  let out = ''
  let err = ''
  child.stdout.on('data', (text: Buffer) => {
    out += text
  })
  child.stderr.on('data', (text: Buffer) => {
    err += text
  })
  during(child)
  return new Promise(resolve => child.on('close', code => resolve({ code, out, err })))
}

test.serial('a run that is as expected says so in its last line, and exits with 0', async t => {
  const { code, out, err } = await mmspec(['check', 'mm-small', 'clock'])
  t.is(code, 0)
  t.regex(out, /mm-small +10 432 +95 180 +0 +14/)
  t.regex(out.trimEnd().split('\n').at(-1) ?? '', /as expected · 2 scopes/)
  t.is(err, '')
})

test.serial('a scope that is named twice is explored once', async t => {
  const { out } = await mmspec(['check', 'clock', 'clock', '--json'])
  t.is(JSON.parse(out).scopes.length, 1)
})

test.serial('a violation exits with 1, and its token shows it again', async t => {
  const { code, out } = await mmspec(['check', 'mm-small', '--mutant', 'fork'])
  t.is(code, 1)
  t.regex(out, /✖ mm-small\/writable-owns-its-frame/)
  const token = /mm1:\S+/.exec(out)?.[0] ?? ''
  const replayed = await mmspec(['replay', token])
  t.is(replayed.code, 1)
  t.regex(replayed.out, /4 {2}fork process=0 child=1/)
  t.regex(replayed.out, /✖ mm-small\/writable-owns-its-frame is violated at step 4/)
  const part = await mmspec(['replay', token, '--until', '1'])
  t.regex(part.out, /3 more steps/)
  const json = JSON.parse((await mmspec(['replay', token, '--json'])).out)
  t.like(json, { schema: 'mmspec/replay@1', violated: { id: 'mm-small/writable-owns-its-frame', step: 4 } })
})

test.serial('a token that shows nothing exits with 0 and says so', async t => {
  const refused = await mmspec(['check', 'diamond', '--json', '--mutant', 'x'])
  t.is(refused.code, 2)
  t.regex(refused.out, /unknown-mutant/)
  const scope = JSON.parse((await mmspec(['check', 'depth7', '--json'])).out).scopes[0]
  const token: string = scope.claims[0].trace.token
  const { code, out: shown } = await mmspec(['replay', token.replace(/(\.\d+):/, ':')])
  t.is(code, 0)
  t.regex(shown, /no claim is violated along these 6 steps/)
})

const broken = join(folder, 'broken.yaml')
writeFileSync(broken, 'name: broken\nbounds: {\n')

const bad: readonly (readonly [promise: string, args: readonly string[], says: RegExp, code: string])[] = [
  ['no verb', [], /expected a verb/, 'usage'],
  ['an unknown verb', ['chekc'], /unknown verb 'chekc'; did you mean 'check'\?/, 'usage'],
  [
    'an unknown option',
    ['check', '--egnine', 'packed'],
    /unknown option '--egnine'; did you mean '--engine'\?/,
    'usage',
  ],
  ['an option without its value', ['check', '--engine'], /argument missing/, 'usage'],
  ['a limit that is no number', ['check', 'clock', '--max-states', 'x'], /whole number from 1, found 'x'/, 'usage'],
  ['an unknown scope', ['check', 'mm-smal'], /unknown scope 'mm-smal'; did you mean 'mm-small'\?/, 'unknown-scope'],
  ['a scope file that is not there', ['check', './no.yaml'], /cannot read the scope file/, 'unreadable-scope'],
  ['broken YAML', ['check', broken], /broken\.yaml:\d+:\d+: not valid YAML/, 'broken-yaml'],
  [
    'an unknown claim',
    ['check', 'mm-small', '--claim', 'mm-small/slot-refrences'],
    /did you mean 'mm-small\/slot-references'\?/,
    'unknown-claim',
  ],
  ['a claim that no scope knows', ['check', '--claim', 'x/y'], /unknown claim 'x\/y'/, 'unknown-claim'],
  ['an unknown engine', ['check', 'clock', '--engine', 'packd'], /did you mean 'packed'\?/, 'unknown-engine'],
  ['an unknown mutant', ['check', 'mm-small', '--mutant', 'frok'], /did you mean 'fork-leaves/, 'unknown-mutant'],
  ['a bound out of range', ['check', 'mm-small', '--set', 'frames=99'], /takes 1 to 16 frames/, 'bound-out-of-range'],
  [
    'a bound that is no number',
    ['check', 'mm-small', '--set', 'frames=x'],
    /from 1 to 16, not 'x'/,
    'bound-not-a-number',
  ],
  ['an unknown bound', ['check', 'mm-small', '--set', 'slots=1,frme=1'], /did you mean 'frames'\?/, 'unknown-bound'],
  [
    'a folder that cannot be made',
    ['check', 'clock', '--out', `${broken}/out`],
    /cannot write to/,
    'unwritable-folder',
  ],
  [
    'a part beyond the last',
    ['check', 'clock', '--shard', '3/2'],
    /expected a part such as 2\/3, found '3\/2'/,
    'usage',
  ],
  ['more parts than scopes', ['check', 'clock', '--shard', '1/2'], /some would be empty/, 'too-many-shards'],
  ['a run file that is none', ['merge', broken], /broken\.yaml: line 1|not valid JSON/, 'broken-json'],
  ['a run file that is a folder', ['merge', folder], /it is not a file/, 'unreadable-run'],
  ['a folder without a name', ['check', 'clock', '--out', ''], /expected a folder/, 'usage'],
  ['nothing and more of it', ['check', 'clock', '-q', '-v'], /cannot be used with/, 'usage'],
  ['an unknown topic', ['list', 'scope'], /did you mean 'scopes'\?/, 'unknown-topic'],
  ['a broken token', ['replay', 'mm1:swap:0'], /character 10: not a token/, 'broken-token'],
  ['a broken token to shrink', ['shrink', 'mm1:clock::0'], /expected eight hex digits/, 'broken-token'],
  ['a mutant without the model', ['random', 'swap', '--mutant', 'x'], /--mutant is about the model alone/, 'usage'],
  ['a token with a scope beside it', ['explore', 'swap', '--from', 'mm1:x::'], /says itself which scope/, 'usage'],
  ['a token of another version', ['replay', 'mm1:clock::00000000'], /another version of scope 'clock'/, 'stale-token'],
]

for (const [promise, args, says, code] of bad) {
  test.serial(`${promise} exits with 2 and one message that helps, also as JSON`, async t => {
    const [text, json] = [await mmspecHere(...args), await mmspecHere(...args, '--json')]
    t.is(text.code, 2)
    t.is(text.out, '')
    t.regex(text.err, says)
    t.notRegex(text.err, /\n\s+at /)
    if (args.at(-1) === '--engine') return
    t.is(json.code, 2)
    t.like(JSON.parse(json.out), { schema: 'mmspec/error@1', code })
  })
}

test.serial('with --json there is one document on stdout, the same bytes for the same run without times', async t => {
  const args = ['check', 'mm-small', 'tiny-limit', 'depth7', '--json']
  const [timed, one, two] = await Promise.all([
    mmspec(args),
    mmspec([...args, '--no-times']),
    mmspec([...args, '--no-times']),
  ])
  t.is(one.out, two.out)
  const run = JSON.parse(one.out)
  t.like(run, { schema: 'mmspec/run@1', ok: true, verb: 'check' })
  t.like(run.scopes[0], {
    name: 'mm-small',
    verdict: 'holds',
    states: 10432,
    transitions: 95180,
    unchanged: 0,
    depth: 14,
  })
  t.false('seconds' in run.scopes[0])
  t.is(typeof JSON.parse(timed.out).scopes[0].cpuSeconds, 'number')
  t.regex(run.scopes[2].claims[0].trace.token, /^mm1:depth7:[\d.]+:[0-9a-f]{8}$/)
})

test.serial('MM-small can be explored at any bound', async t => {
  const { code, out } = await mmspec(['check', 'mm-small', '--set', 'processes=1,pages=2,frames=2,slots=2', '--json'])
  t.is(code, 0)
  t.deepEqual(JSON.parse(out).scopes[0].bounds, ['processes=1', 'pages=2', 'frames=2', 'slots=2'])
})

test.serial('both engines find the same', async t => {
  const figures = async (engine: string) => {
    const { scopes } = JSON.parse(
      (await mmspec(['check', 'tiny-limit', '--engine', engine, '--json', '--no-times'])).out,
    )
    const { engine: _, audited: __, ...rest } = scopes[0]
    return rest
  }
  t.deepEqual(await figures('immer'), await figures('packed'))
})

test.serial('--out holds the run and a page for each counterexample, and leaves other files alone', async t => {
  const out = join(folder, 'out')
  await mmspec(['check', 'clock', '--out', out])
  writeFileSync(join(out, 'mine.txt'), 'mine')
  t.is((await mmspec(['check', 'mm-small', '--mutant', 'fork', '--out', out, '-q'])).code, 1)
  const page = 'mm-small+fork-leaves-the-writable-bit+mm-small-writable-owns-its-frame.md'
  t.deepEqual(readdirSync(out).sort(), ['index.html', 'mine.txt', page.replace(/md$/, 'html'), page, 'run.json'].sort())
  t.is(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')).schema, 'mmspec/run@1')
  t.regex(readFileSync(join(out, page), 'utf8'), /mm1:mm-small/)
})

const big = ['check', 'fork-wide', '--set', 'pages=3,frames=3,slots=3']

test.serial('a limit of states exits with 3, and what was found until then is shown', async t => {
  const { code, out } = await mmspec(['check', 'mm-small', '--max-states', '100'])
  t.is(code, 3)
  t.regex(out, /cut short: states/)
  t.regex(out, /nothing is known beyond/)
})

test.serial('a scope that is too big for its memory exits with 3 and says what to do', async t => {
  const { code, out } = await mmspec([...big, '--max-memory', '1'])
  t.is(code, 3)
  t.regex(out, /cut short by memory: fork-wide · nothing is known beyond: raise the limit/)
})

test.serial('a run that takes too long is cut short and exits with 3', async t => {
  const { code, out } = await mmspec([...big, '--timeout', '0.5'])
  t.is(code, 3)
  t.regex(out, /cut short: time/)
})

/** Interrupts the program some time after it has begun, which is when it makes its folder: the first scope is done by then. */
function interruptOnce(begun: string, child: ChildProcess): void {
  const timer = setInterval(() => {
    if (!existsSync(begun)) return
    clearInterval(timer)
    setTimeout(() => child.kill('SIGINT'), 6000)
  }, 50)
}

for (const workers of ['1', '2']) {
  test.serial(`Ctrl-C with ${workers} at once shows what is done, and exits with 130`, async t => {
    const out = join(folder, `interrupted-${workers}`)
    const path = join(folder, `big-${workers}.yaml`)
    writeFileSync(
      path,
      `name: big-${workers}\nsystem: memory\nsays: Too big.\nbounds: { processes: 3, spaces: 3, pages: 4, frames: 6 }\n`,
    )
    const args = ['check', 'clock', path, 'fork-wide', '--workers', workers, '--json', '--timeout', '60', '--out', out]
    const ended = await mmspec(args, child => interruptOnce(out, child))
    t.is(ended.code, 130)
    const { ok, scopes } = JSON.parse(ended.out)
    t.false(ok)
    t.like(scopes, {
      0: { name: 'clock', verdict: 'holds' },
      1: { name: `big-${workers}`, cut: 'interrupted' },
      length: 3,
    })
    t.is(readFileSync(join(out, 'run.json'), 'utf8'), ended.out)
  })
}

test.serial('lines from elsewhere drive the explorer, and one that makes no sense does not end it', async t => {
  const { code, out, err } = await mmspec(['explore', 'depth7'], child => child.stdin?.end('3\nnonsense\ntoken\n'))
  t.deepEqual([code, err], [0, ''])
  t.regex(out, /depth7 0> 3\n {2}1 {2}turn dial=2 {2}→ ok/)
  t.regex(out, /'nonsense' is no verb[\s\S]*depth7 1> token\nmm1:depth7:2:/)
})

test.serial('a second Ctrl-C leaves at once', async t => {
  const out = join(folder, 'left')
  const ended = await mmspec([...big, '--json', '--out', out], child => {
    child.stderr?.once('data', () => child.kill('SIGINT'))
    interruptOnce(out, child)
  })
  t.is(ended.code, 130)
  t.true(ended.out === '' || JSON.parse(ended.out).scopes[0].cut === 'interrupted')
})

test.serial('a reader who closes the pipe has seen enough: no error, no stack', async t => {
  const { code, err } = await mmspec(['list', 'scopes'], child => child.stdout?.destroy())
  t.is(code, 0)
  t.is(err, '')
})

test.serial('what can be asked for is listed, as a table and as JSON', async t => {
  for (const topic of ['scopes', 'claims', 'systems', 'operations', 'mutants', 'engines']) {
    const [table, json] = [await mmspecHere('list', topic), await mmspecHere('list', topic, '--json')]
    t.is(table.code, 0)
    t.is(table.out.trimEnd().split('\n').length - 1, JSON.parse(json.out).rows.length)
  }
})

test.serial('the help of every verb starts with examples', async t => {
  for (const args of [['--help'], ['check', '--help'], ['replay', '--help'], ['help', 'list']]) {
    const { code, out } = await mmspec(args)
    t.is(code, 0)
    t.regex(out, /^Examples:\n {2}mmspec /)
  }
  t.regex((await mmspec(['--version'])).out, /^\d+\.\d+\.\d+\n$/)
})

test.serial('colour is there when it is asked for, and only then', async t => {
  const colourMark = String.fromCharCode(27)
  t.false((await mmspec(['check', 'clock'])).out.includes(colourMark))
  t.true((await mmspec(['check', 'clock', '--colour', 'always'])).out.includes(colourMark))
})
