// A trace step by step.

import { stripVTControlCharacters } from 'node:util'
import test from 'ava'
import { sameAsGolden } from './golden/compare.js'
import { trace } from './golden/fixtures.js'
import { renderReplay } from './replay.js'

const plain = { colour: false, width: 80 }

test('the replay shows command, outcome, rule, choices and every changed leaf', t => {
  sameAsGolden(t, 'replay-80.txt', renderReplay(trace, plain))
})

test('a replay stops where it is asked to and says how much is left', t => {
  const shown = renderReplay(trace, { ...plain, until: 4 })
  t.regex(shown, / 4 {2}P0 read @9/)
  t.notRegex(shown, /P0 exit/)
  t.regex(shown, /… 1 more step\n$/)
  t.regex(renderReplay(trace, { ...plain, until: 0 }), /… 5 more steps/)
})

test('an operation under way says which step it has come to, if it has one', t => {
  const steps = trace.steps.slice(2, 3)
  t.regex(renderReplay({ ...trace, steps }, plain), /→ under way: fill\n/)
  t.regex(renderReplay({ ...trace, steps: steps.map(step => ({ ...step, step: '' })) }, plain), /→ under way\n/)
})

test('colour adds nothing but colour', t => {
  const coloured = renderReplay(trace, { colour: true, width: 80 })
  t.not(coloured, renderReplay(trace, plain))
  t.is(stripVTControlCharacters(coloured), renderReplay(trace, plain))
})
