// Traces in the Informal Trace Format, read back against the grammar of ADR-015 and what Quint's reader and the ITF Trace
// Viewer expect beyond it: a value that either of them misreads must not be written, whatever the strings hold.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { z } from 'zod'
import { brokenClaim, redScope, trace } from './golden/fixtures.js'
import { hostileLists, hostileRun } from './golden/hostile.js'
import { renderItf } from './itf.js'
import { shapeOf, writersOf } from './itf-values.js'
import type { Trace } from './result.js'
import { violatedClaims } from './verdicts.js'

const value: z.ZodType = z.lazy(() =>
  z.union([
    z.string(),
    z.boolean(),
    z.array(value),
    z.strictObject({ '#bigint': z.string().regex(/^-?[0-9]+$/) }),
    z.strictObject({ '#set': z.array(value) }),
    z.strictObject({ '#tup': z.array(value) }),
    z.strictObject({ '#map': z.array(z.tuple([value, value])) }),
    // Quint reads whatever has a tag as a variant, and needs its value.
    z.strictObject({ tag: z.string(), value }),
    z.record(z.string().regex(/^(?!#|__|tag$)/), value),
  ]),
)
const itf = z.strictObject({
  '#meta': z.looseObject({ format: z.literal('ITF'), source: z.string(), description: z.string() }),
  vars: z.array(z.string().regex(/^(?!#)/)),
  states: z.array(z.looseObject({ '#meta': z.looseObject({ index: z.number().int() }) })).min(1),
})

/** A file that a reader of the format accepts: all variables in each state, each a value of the grammar. */
function read(text: string) {
  const found = itf.parse(JSON.parse(text))
  const names = ['#meta', ...found.vars].sort()
  assert.deepEqual(
    found.states.map(state => state['#meta'].index),
    found.states.map((_, i) => i),
  )
  return found.states.map(({ '#meta': _, ...state }) => {
    assert.deepEqual(['#meta', ...Object.keys(state)].sort(), names)
    return z.record(z.string(), value).parse(state)
  })
}

const claim = { ...brokenClaim, trace }
const written = (trace: Trace) => read(renderItf({ scope: redScope, claim: { ...claim, trace }, version: '1' }))
const leaf = (path: string, value: string) => ({ path, value })

test('a trace has its first state and one for each step, structured by the paths of the leaves', t => {
  const states = written(trace)
  t.is(states.length, trace.steps.length + 1)
  const frame = (fields: object) => ({ '#map': [[{ '#bigint': '1' }, { references: { '#bigint': '0' }, ...fields }]] })
  t.deepEqual(states[0].frames, frame({ use: 'free', content: 'stale' }))
  t.deepEqual(states[3].frames, frame({ use: 'page', content: '7' }))
})

test('each state says what was called and what was chosen, where model-based testing looks for it', t => {
  const states = written(trace)
  t.deepEqual(
    states.map(state => state['mbt::actionTaken']),
    ['init', ...trace.steps.map(step => step.operation)],
  )
  const none = { tag: 'None', value: { '#tup': [] } }
  t.deepEqual(states[0]['mbt::nondetPicks'], { command: none, frame: none })
  t.deepEqual(states[3]['mbt::nondetPicks'], {
    command: { tag: 'Some', value: 'P0 write @0 7' },
    frame: { tag: 'Some', value: '1' },
  })
})

test('choices of one name that come more than once are kept apart', t => {
  const [first] = trace.steps
  const states = written({ ...trace, steps: [{ ...first, choices: ['tables: false', 'space 1', 'tables: true'] }] })
  t.like(states[1]['mbt::nondetPicks'], {
    tables: { tag: 'Some', value: 'false' },
    space: { tag: 'Some', value: '1' },
    'tables 2': { tag: 'Some', value: 'true' },
  })
})

test('leaves of one shape have one type, whatever each of them holds', t => {
  const writer = writersOf([
    leaf('pages[0].entry', 'absent'),
    leaf('pages[1].entry', 'present(frame 0, rights rw, seen {0, 1}, was gone(slot 1, why old))'),
    leaf('frames[0].content', '7'),
    leaf('frames[1].content', 'stale'),
    leaf('space', 'none'),
    leaf('on', 'true'),
    leaf('count', '-3'),
    leaf('cpus', '{0, 2}'),
  ])
  t.deepEqual(writer('pages[7].entry')('absent'), { tag: 'absent', value: { '#tup': [] } })
  t.deepEqual(writer('pages[1].entry')('present(frame 0, rights rw, seen {0, 1}, was gone(slot 1, why old))'), {
    tag: 'present',
    value: {
      frame: { '#bigint': '0' },
      rights: 'rw',
      seen: { '#set': [{ '#bigint': '0' }, { '#bigint': '1' }] },
      was: { tag: 'gone', value: { slot: { '#bigint': '1' }, why: 'old' } },
    },
  })
  t.is(writer('frames[0].content')('7'), '7')
  t.deepEqual(writer('space')('none'), { tag: 'None', value: { '#tup': [] } })
  t.is(writer('on')('true'), true)
  t.deepEqual(writer('count')('-3'), { '#bigint': '-3' })
  t.deepEqual(writer('cpus')('{0, 2}'), { '#set': [{ '#bigint': '0' }, { '#bigint': '2' }] })
  t.is(writer('unheard of')('x'), 'x')
  t.is(shapeOf('a[10].b[2]'), 'a[].b[]')
})

test('a field that a reader would take for the label of a variant gets another name', t => {
  const [first] = trace.steps
  const initial = [leaf('cpus[0].tag', '1'), leaf('cpus[0].held', 'by(tag 1, #set 2)'), leaf('tag', 'x')]
  const [state] = written({ ...trace, initial, steps: [{ ...first, diff: [] }] })
  t.deepEqual(state.cpus, {
    '#map': [
      [
        { '#bigint': '0' },
        {
          tag_: { '#bigint': '1' },
          held: { tag: 'by', value: { tag_: { '#bigint': '1' }, 'field_#set': { '#bigint': '2' } } },
        },
      ],
    ],
  })
  t.is(state.tag_, 'x')
})

test('whatever the strings hold, a reader accepts the file, and it is the same file again', t => {
  const accepted = (strings: readonly string[]) => {
    const run = hostileRun(strings)
    for (const scope of run.scopes) {
      for (const found of violatedClaims(scope)) {
        if (found.trace === undefined) continue
        const again = () => renderItf({ scope, claim: { ...found, trace }, version: run.version })
        read(renderItf({ scope, claim: { ...found, trace: found.trace }, version: run.version }))
        assert.equal(again(), again())
      }
    }
  }
  t.notThrows(() => fc.assert(fc.property(hostileLists, accepted), { numRuns: 100 }))
})
