// SARIF held to the schema of the standard (as the package @microsoft/jest-sarif has it), and to what code scanning of GitHub
// reads beyond it: rules that results name, paths that are relative, fingerprints that stay.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { default as draft } from 'ajv-draft-04'
import { default as formats } from 'ajv-formats'
import test from 'ava'
import fc from 'fast-check'
import { brokenClaim, greenRun, redRun, run } from './golden/fixtures.js'
import { hostileLists, hostileRun } from './golden/hostile.js'
import { everythingRed, smpScope, twoCpus } from './golden/red-runs.js'
import { renderSarif } from './sarif.js'

const { resolve } = createRequire(import.meta.url)
const schema = JSON.parse(readFileSync(resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'))
const ajv = new draft.default({ strict: false, unicodeRegExp: false })
formats.default(ajv)
const isValid = ajv.compile(schema)

interface Place {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string }
    readonly region: { readonly startLine: number }
  }
}
interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly locations: readonly Place[]
  readonly partialFingerprints: { readonly [key: string]: string }
  readonly codeFlows?: readonly {
    readonly threadFlows: readonly {
      readonly id: string
      readonly locations: readonly { readonly executionOrder: number; readonly location: Place }[]
    }[]
  }[]
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri?: string }[] } }
  readonly results: readonly Result[]
}

function read(text: string): Run {
  const log: { readonly runs: readonly [Run] } = JSON.parse(text)
  assert.ok(isValid(log), ajv.errorsText(isValid.errors))
  return log.runs[0]
}
const fingerprints = (text: string) => read(text).results.map(result => result.partialFingerprints['mmspecTrace/v1'])

test('the schema is at work: it refuses a result without a message, and a line 0', t => {
  const log: { readonly runs: readonly [Run] } = JSON.parse(renderSarif(everythingRed))
  const [{ results, ...rest }] = log.runs
  const [first] = results
  const isTaken = (result: object) => isValid({ ...log, runs: [{ ...rest, results: [result] }] })
  const region = { startLine: 0 }
  t.true(isTaken(first))
  t.false(isTaken({ ...first, message: undefined }))
  t.false(isTaken({ ...first, locations: [{ physicalLocation: { ...first.locations[0].physicalLocation, region } }] }))
})

test('each thing that is not as expected is a result of a rule that is there', t => {
  const { tool, results } = read(renderSarif(everythingRed))
  const { rules } = tool.driver
  for (const { ruleId, ruleIndex, locations } of results) {
    t.is(rules[ruleIndex].id, ruleId)
    t.is(locations.length, 1)
    t.regex(locations[0].physicalLocation.artifactLocation.uri, /^[a-z][\w./-]*$/)
  }
  t.deepEqual([...new Set(results.map(({ ruleId }) => ruleId))].sort(), [
    'coverage/gap',
    'coverage/stale',
    'frames/references-recount',
    'lockstep/state',
    'mutants/survived',
    'mutants/unkilled',
    'pins/changed',
    'run/cut-short',
    'stress/history',
    'tlb/names-no-free-frame',
  ])
  t.deepEqual(read(renderSarif(greenRun)).results, [])
})

test('a result is where the deciding step is written, and its trace is a thread for each CPU', t => {
  const [result] = read(renderSarif({ ...run, ok: false, scopes: [smpScope] })).results
  const { uri } = result.locations[0].physicalLocation.artifactLocation
  t.deepEqual([uri, result.locations[0].physicalLocation.region.startLine], ['model/regions/munmap.ts', 34])
  const threads = result.codeFlows?.[0].threadFlows ?? []
  t.deepEqual(
    threads.map(({ id, locations }) => [id, locations.map(({ executionOrder }) => executionOrder)]),
    [
      ['cpu 0', [1, 3, 5]],
      ['cpu 1', [2]],
      ['commands', [4]],
    ],
  )
})

test('fingerprints are the same in the next run, also of an edited model, and change with the trace', t => {
  const of = (token: string) =>
    fingerprints(
      renderSarif({
        ...run,
        ok: false,
        scopes: [{ ...smpScope, claims: [{ ...brokenClaim, trace: { ...twoCpus, token } }] }],
      }),
    )
  t.deepEqual(of('mm1:smp:4.0-1.2:0123abcd'), of('mm1:smp:4.0-1.2:ffffffff'))
  t.notDeepEqual(of('mm1:smp:4.0-1.2:0123abcd'), of('mm1:smp:4.0-1.3:0123abcd'))
  t.deepEqual(fingerprints(renderSarif(everythingRed)), fingerprints(renderSarif(everythingRed)))
  const all = fingerprints(renderSarif(everythingRed))
  t.is(new Set(all).size, all.length)
})

test('rules link to their chapters where the address of the repository is known, and only there', t => {
  const uris = (options?: { base: string }) =>
    read(renderSarif(redRun, options)).tool.driver.rules.map(rule => rule.helpUri)
  t.true(uris().every(uri => uri === undefined))
  t.true(
    uris({ base: 'https://example.com/x/blob/abc/' }).includes(
      'https://example.com/x/blob/abc/spec/frames.md#references',
    ),
  )
})

test('a name with marks of its own stays one path', t => {
  const [scope] = redRun.scopes
  const { results } = read(renderSarif({ ...redRun, scopes: [{ ...scope, name: 'a#b#c?d:e/../f' }] }))
  const uris = results.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri)
  t.true(uris.includes('checks/scopes/a%23b%23c%3Fd%3Ae/../f.yaml'))
})

test('more findings than are kept of a run are left out, and the file says so', t => {
  const gaps = Array.from({ length: 6000 }, (_, i) => `gap ${i}`)
  const [scope] = redRun.scopes
  const log = JSON.parse(renderSarif({ ...redRun, scopes: [{ ...scope, coverage: { ...scope.coverage, gaps } }] }))
  t.is(log.runs[0].results.length, 5000)
  t.regex(log.runs[0].invocations[0].toolExecutionNotifications[0].message.text, /^1 003 more findings left out/)
})

test('whatever the strings hold, the file is valid and its paths are relative', t => {
  const valid = (strings: readonly string[]) => {
    for (const { locations } of read(renderSarif(hostileRun(strings))).results)
      assert.ok(!/^[a-z+.-]+:|^\/\//i.test(locations[0].physicalLocation.artifactLocation.uri))
  }
  t.notThrows(() => fc.assert(fc.property(hostileLists, valid), { numRuns: 50 }))
})
