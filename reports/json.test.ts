// JSON for scripts: nothing is lost on the way, and without times two runs of the same thing are the same bytes.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { greenRun, lockstepRun } from './golden/fixtures.js'
import { hostileLists, hostileRun } from './golden/hostile.js'
import { renderJson } from './json.js'

test('with times, a result is read back as it was', t => {
  const same = (strings: readonly string[]) => {
    const run = hostileRun(strings)
    assert.deepEqual(JSON.parse(renderJson(run, { times: true })), run)
  }
  t.notThrows(() => fc.assert(fc.property(hostileLists, same), { numRuns: 30 }))
})

test('without times no second is left at any depth, and all else is', t => {
  const text = renderJson({ ...greenRun, lockstep: lockstepRun.lockstep }, { times: false })
  t.notRegex(text, /"(seconds|cpuSeconds)"/)
  t.is(JSON.parse(text).scopes[0].states, 48213)
})

test('keys keep the order of the result, two spaces deep, and a newline ends the document', t => {
  t.is(renderJson({ b: 1, a: [{ seconds: 2 }] }, { times: false }), '{\n  "b": 1,\n  "a": [\n    {}\n  ]\n}\n')
})
