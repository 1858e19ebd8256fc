// The screens of `mmspec shrink` and of `mmspec random --model`.

import { stripVTControlCharacters } from 'node:util'
import test from 'ava'
import { sameAsGolden } from './golden/compare.js'
import { brokenClaim, disagreeing, trace } from './golden/fixtures.js'
import type { ShrinkResult } from './shrink-result.js'
import { renderShrink } from './shrink-screen.js'
import type { WalkedScope, WalkResult } from './walk-result.js'
import { renderWalks } from './walk-screen.js'

const [narrow, wide] = [80, 120].map(width => ({ colour: false, width }))

const shrunk: ShrinkResult = {
  schema: 'mmspec/shrink@1',
  scope: 'mm-small',
  mutant: 'exit-leaks',
  about: brokenClaim.id,
  says: brokenClaim.says,
  before: 41,
  after: trace.steps.length,
  shortest: 'scope',
  tried: 1234,
  token: trace.token,
  trace,
}
const coarser: ShrinkResult = { ...shrunk, granularity: { before: 'fused', after: 'blocked' } }
const { trace: _, ...untold } = shrunk
const sideBySide: ShrinkResult = { ...untold, about: 'state', shortest: null, cut: 'time', lockstep: disagreeing }
const ofSchedule: ShrinkResult = {
  ...untold,
  scope: 'fork-store',
  mutant: 'fork-flushes-nothing',
  about: 'tlb/no-right-beyond-the-entry',
  says: 'CPU 1 translates page 31 of space 0 to write, and the entry does not allow it',
  before: 4,
  after: 1,
  commands: { before: 8, after: 4 },
  shortest: null,
  token: 'mp1:fork-store~without=1-1+fork-flushes-nothing:2-1:0a1b2c3d',
  schedule: {
    scenario: 'fork-store',
    geometry: 'tiny',
    scripts: [['P0 fork P1'], ['P0 write @0 2']],
    steps: [
      { cpu: 0, at: 'locks.write', deviates: false },
      { cpu: 0, at: 'locks.maps', deviates: false },
      { cpu: 1, at: 'mmu.access', deviates: true },
    ],
    answers: [[], ['ok']],
    wrong: { about: 'tlb/no-right-beyond-the-entry', says: 'CPU 1 translates page 31 of space 0 to write' },
  },
}

for (const [name, result] of Object.entries({
  shrink: shrunk,
  'shrink-coarser': coarser,
  'shrink-cut': sideBySide,
  'shrink-schedule': ofSchedule,
})) {
  test(`${name}: how long it was and is, what was tried, the trace, and what to do with it`, t => {
    sameAsGolden(t, `${name}-80.txt`, renderShrink(result, narrow))
    t.is(stripVTControlCharacters(renderShrink(result, { ...wide, colour: true })), renderShrink(result, wide))
  })
}

const walked: WalkedScope = {
  name: 'swap',
  bounds: ['pages=3', 'frames=2'],
  granularity: 'whole',
  walks: 12,
  taken: 2400,
  changing: 1310,
  seconds: 1.25,
}
const walks: WalkResult = {
  schema: 'mmspec/walk@1',
  verb: 'random',
  version: '1.2.3',
  seed: 7,
  ok: true,
  scopes: [walked, { ...walked, name: 'smp-munmap', granularity: 'fused' }],
}
const witness = { says: 'frame 0 is referred to once, and twice mapped', places: ['frames[0]'] }
const failure = { claim: brokenClaim.id, witness, token: trace.token, length: 41, shrunk }
const failing: WalkedScope = { ...walked, name: 'mm-small', mutant: 'exit-leaks', failure }

test('walks that find nothing say that this proves nothing', t => {
  sameAsGolden(t, 'walks-green-80.txt', renderWalks(walks, narrow))
})

test('a walk that finds something shows what is left of it, and how to go on', t => {
  const red: WalkResult = { ...walks, ok: false, scopes: [walked, failing] }
  sameAsGolden(t, 'walks-red-80.txt', renderWalks(red, narrow))
  sameAsGolden(t, 'walks-red-120.txt', renderWalks(red, wide))
  t.is(stripVTControlCharacters(renderWalks(red, { ...wide, colour: true })), renderWalks(red, wide))
})

test('walks that are cut short say by what', t => {
  sameAsGolden(t, 'walks-cut-80.txt', renderWalks({ ...walks, cut: 'time', scopes: [walked] }, narrow))
})
