// What `fused` joins hides nothing on the smaller scopes, on their mutants, and in the museum; and where joining does hide
// something, the comparison says so.

import test from 'ava'
import { machineOf } from '../../model/kit/index.js'
import { operation, sample } from '../../model/kit/trial.js'
import { counter } from '../toys/counter.js'
import { settingOf } from '../toys/index.js'
import { compare } from './compare.js'
import { checkGranularity } from './run.js'

const watch = { asked: () => null, progress: () => undefined }
const enough = { states: 100_000, bytes: 2 ** 28 }
/** The counter, with steps joined that others could look between. */
const joined = (fuse: readonly string[], claims: readonly string[] | null = null) => {
  const at = (granularity: 'fused' | 'full') => machineOf(counter, settingOf(counter, granularity, { fuse }))
  return compare({ name: 'counter', kind: 'scope', fused: at('fused'), full: at('full'), claims }, enough, watch)
}

test('steps that only give back may be joined', async t => {
  const { ok, differences, fused, full } = await joined(['unlock'])
  t.true(ok)
  t.deepEqual(differences, [])
  t.true(fused.states < full.states)
  t.is(fused.rests, full.rests)
})

const flash = operation('flash', { args: {} }).steps({
  light: m => {
    m.lamp = true
  },
  dark: m => {
    m.lamp = false
  },
})
const look = operation('look', { args: {} }).steps({
  look: m => {
    if (m.lamp) m.trail = 1
  },
})

test('joining what others look between loses states at rest, and is told', async t => {
  const at = (granularity: 'fused' | 'full') =>
    sample({ operations: [flash, look] }, granularity, { fuse: ['dark'], sizes: { cpu: 2, box: 1 } })
  const pair = { name: 'flash', kind: 'scope', fused: at('fused'), full: at('full'), claims: null } as const
  const { ok, differences } = await compare(pair, enough, watch)
  t.false(ok)
  t.deepEqual(differences, ['1 states at rest only where none are'])
})

test('a search that is cut short is left open', async t => {
  const at = (granularity: 'fused' | 'full') => machineOf(counter, settingOf(counter, granularity))
  const pair = { name: 'counter', kind: 'scope', fused: at('fused'), full: at('full'), claims: null } as const
  const { ok, differences, full } = await compare(pair, { ...enough, states: 2 }, watch)
  t.false(ok)
  t.deepEqual(differences, [])
  t.is(full.cut, 'states')
  t.regex(
    (await compare({ ...pair, states: 7 }, enough, watch)).differences.join(),
    /expects 7 states at full, found 22/,
  )
})

test.serial(
  'the smaller scopes and their mutants are at fused what they are at full, and so is the museum',
  async t => {
    const { rows, ok } = await checkGranularity(['smp-munmap', 'smp-faults', 'smp-pin-unmap'], {
      mutants: true,
      museum: true,
    })
    t.true(ok)
    t.deepEqual(
      rows.flatMap(({ name, differences }) => (differences.length === 0 ? [] : [name])),
      [],
    )
    t.true(rows.filter(({ kind }) => kind === 'mutant').length >= 5)
    t.true(rows.filter(({ kind }) => kind === 'museum').length >= 11)
  },
)
