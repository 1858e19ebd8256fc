import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import test from 'ava'
import { alone, compared, least, median, most, verdictOf } from './figures.js'
import { parseOptions } from './options.js'
import { versionOf } from './programs.js'
import { type Report, renderReport, summaryOf } from './screen.js'

const main = fileURLToPath(new URL('main.js', import.meta.url))
const bench = (args: readonly string[], path = process.env.PATH) =>
  spawnSync(process.execPath, [main, '--smoke', ...args], { encoding: 'utf8', env: { ...process.env, PATH: path } })

const missing = ['cc', 'spin'].filter(program => versionOf(program, program === 'cc' ? '--version' : '-V') === null)
const ifInstalled = missing.length === 0 ? test : test.skip

const speed = { name: 'walk', unit: 'ns' }

test('a ratio is the median of the ratios of neighbouring rounds', t => {
  const rounds = [
    { ours: 20, theirs: 10 },
    { ours: 90, theirs: 30 },
    { ours: 25, theirs: 10 },
  ]
  const figure = compared({ ...speed, bar: most(3) }, rounds)
  t.is(figure.ratio, 2.5)
  t.deepEqual(figure.spread, [2, 3])
  t.is(figure.ours, 25)
  t.is(median([4, 1, 2, 3]), 2.5)
})

test('a bar is met at the bar itself and missed beyond it', t => {
  const ratio = (ours: number, bar: Parameters<typeof alone>[0]['bar']) =>
    verdictOf(compared({ ...speed, bar }, [{ ours, theirs: 1 }]))
  t.deepEqual([ratio(3, most(3)), ratio(3.1, most(3))], ['ok', 'missed'])
  t.deepEqual([ratio(1, least(1)), ratio(0.9, least(1))], ['ok', 'missed'])
  t.is(ratio(9, null), 'no bar')
  t.is(verdictOf(alone({ ...speed, bar: least(30_000) }, [29_000])), 'missed')
})

test('the last line says what was missed by name, and what was skipped', t => {
  const figures = [
    compared({ ...speed, bar: most(3) }, [{ ours: 4, theirs: 1 }]),
    compared({ name: 'fault', unit: 'ns', bar: most(4) }, [{ ours: 4, theirs: 1 }]),
  ]
  const sections = [
    { title: 'One', figures, notes: [], skipped: null },
    { title: 'Two', figures: [], notes: [], skipped: 'no compiler' },
  ]
  t.is(summaryOf(sections), '1 bar met · 1 missed: walk · 1 comparison skipped')
  const screen = renderReport({ machine: ['cpu  some'], sections })
  t.regex(screen, /^walk +4\.0 +1\.0 +ns +4\.00 +4\.00–4\.00 +≤ 3 +missed$/m)
  t.regex(screen, /^skipped: no compiler$/m)
})

test('an unknown flag is named and ends with exit code 2', t => {
  const { status, stderr, stdout } = bench(['--fast'])
  t.is(status, 2)
  t.regex(stderr, /--fast/)
  t.regex(stderr, /usage: npm run bench/)
  t.is(stdout, '')
})

test('--quick makes fewer rounds of the same work', t => {
  const [usual, quick] = [parseOptions([]).size, parseOptions(['--quick']).size]
  t.true(quick.rounds < usual.rounds)
  t.is(quick.work, usual.work)
  t.deepEqual(quick.bounds, usual.bounds)
})

ifInstalled('C and JavaScript come to the same checksums, SPIN and the explorer to the same counts', t => {
  const { status, stdout, stderr } = bench(['--json'])
  t.is(status, 0, stderr)
  const report: Report = JSON.parse(stdout)
  const [explorer, implementation, shootdown, lockstep, schedules] = report.sections
  for (const section of [explorer, implementation, shootdown, lockstep, schedules]) t.is(section.skipped, null)
  t.regex(explorer.notes[0], /^10432 states, 95180 transitions/)
  const both = [...implementation.figures, ...shootdown.figures]
  t.true(both.every(({ theirs, ratio }) => theirs !== null && ratio !== null && ratio > 0))
  for (const { figures } of [lockstep, schedules]) t.is(figures[0].theirs, null)
})

ifInstalled('the C side compiles without a warning', t => {
  const source = fileURLToPath(new URL('../../../checks/bench/rounds.c', import.meta.url))
  const sizes = [
    ...['FRAMES=64', 'SLOTS=8', 'SPACES=2', 'PROCESSES=2', 'REGION_LIMIT=8', 'STACK_GAP=1', 'SHARERS=100'],
    ...['AREAS=1', 'NODES=24', 'FIRST_NODE=64', 'NODE_WORDS=18'],
  ]
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-fsyntax-only']
  t.notThrows(() => execFileSync('cc', [...flags, ...sizes.map(size => `-D${size}`), source], { stdio: 'pipe' }))
  const shootdown = fileURLToPath(new URL('../../../checks/bench/shootdown.c', import.meta.url))
  const of = ['-DCPUS=2', '-DTRANSLATIONS=16', '-DFIRST_PAGE=4096ll']
  t.notThrows(() => execFileSync('cc', [...flags, ...of, shootdown], { stdio: 'pipe' }))
})

test('without cc and spin there are figures of our own, and a sentence for each missing comparison', t => {
  const folder = mkdtempSync(join(tmpdir(), 'mmspec-path-'))
  try {
    symlinkSync(process.execPath, join(folder, 'node'))
    const { status, stdout, stderr } = bench([], folder)
    t.is(status, 0, stderr)
    t.regex(stdout, /^skipped: the comparison with SPIN: spin is not on the PATH, cc is not on the PATH$/m)
    t.regex(stdout, /^skipped: the comparison with C: cc is not on the PATH$/m)
    t.regex(stdout, /^transitions +[\d ]+ +per CPU second/m)
    t.regex(stdout, /3 comparisons skipped\n$/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
