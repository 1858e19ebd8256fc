// A run as JUnit XML, which every CI reads: a suite for each scope, a case for each claim. A failure holds the whole trace
// and how to replay it; what was not judged is skipped, never passed.

import type { Finding } from './finding.js'
import { findingsOf } from './findings.js'
import { renderReplay, renderSideBySide } from './replay.js'
import type { ClaimResult, LockstepResult, RunResult, ScopeResult } from './result.js'
import { withPlainText } from './text.js'
import { coverageFaults, lockstepVerdict, pinned, scopeName, scopeVerdict, violatedClaims } from './verdicts.js'
import { element, type Xml } from './xml.js'

interface Case {
  readonly name: string
  readonly failure?: { readonly message: string; readonly body: string }
  readonly skipped?: string
}
interface Suite {
  readonly name: string
  readonly seconds?: number | undefined
  readonly properties: { readonly [name: string]: string }
  readonly cases: readonly Case[]
}

/** The whole document. */
export function renderJunit(given: RunResult): string {
  const run = withPlainText(given)
  const suites = [
    ...run.scopes.map(scopeSuite),
    ...run.lockstep.map(lockstepSuite),
    ...mutantsSuite(run),
    ...partSuites(run),
  ]
  const all = suites.flatMap(({ cases }) => cases)
  const root = element('testsuites', { name: `mmspec ${run.verb}`, ...tally(all) }, suites.map(suiteElement))
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.toString()}\n`
}

const tally = (cases: readonly Case[]) => ({
  tests: cases.length,
  failures: cases.filter(({ failure }) => failure !== undefined).length,
  errors: 0,
  skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
})

function suiteElement({ name, seconds, properties, cases }: Suite): Xml {
  const given = Object.entries(properties).map(([name, value]) => element('property', { name, value }))
  return element('testsuite', { name, ...tally(cases), ...(seconds === undefined ? {} : { time: seconds }) }, [
    ...(given.length === 0 ? [] : [element('properties', {}, given)]),
    ...cases.map(one =>
      element('testcase', { classname: name, name: one.name }, [
        ...(one.failure === undefined ? [] : [element('failure', { message: one.failure.message }, one.failure.body)]),
        ...(one.skipped === undefined ? [] : [element('skipped', { message: one.skipped })]),
      ]),
    ),
  ])
}

function scopeSuite(scope: ScopeResult): Suite {
  const stopped = violatedClaims(scope).map(({ id }) => id)
  const faults = coverageFaults(scope.coverage)
  const pins = scope.mismatches.map(pinned)
  return {
    name: scopeName(scope),
    seconds: scope.seconds,
    properties: {
      verdict: scopeVerdict(scope),
      bounds: scope.bounds.join(' '),
      granularity: scope.granularity,
      states: String(scope.states),
      depth: String(scope.depth),
    },
    cases: [
      ...scope.claims.map(claim => claimCase(claim, scope, stopped)),
      listed('as pinned', pins, scope),
      listed('coverage', faults, scope),
    ],
  }
}

function claimCase(claim: ClaimResult, scope: ScopeResult, stopped: readonly string[]): Case {
  const { id, says, rule, witness, trace, verdict } = claim
  if (verdict === 'violated' && !scope.ok) {
    const why = witness?.says ?? says
    const way = trace === undefined ? 'no trace' : renderReplay(trace, { colour: false, width: 120 })
    return { name: id, failure: { message: why, body: `${why}\nclaim: ${says}\nrule: spec/${rule}\n\n${way}` } }
  }
  if (verdict !== 'bounded') return { name: id }
  if (scope.cut !== undefined) return { name: id, skipped: `cut short: ${scope.cut}` }
  // A planned bound is what was asked for.
  return stopped.length === 0 ? { name: id } : { name: id, skipped: `the search ended where ${stopped[0]} is violated` }
}

/** What else a scope is held to; nothing of it is judged where the scope is as it should be, or ended early. */
function listed(name: string, wrong: readonly string[], scope: ScopeResult): Case {
  if (wrong.length > 0 && !scope.ok) return { name, failure: { message: wrong[0], body: wrong.join('\n') } }
  return scope.cut === undefined ? { name } : { name, skipped: `cut short: ${scope.cut}` }
}

function lockstepSuite(result: LockstepResult): Suite {
  const { name, driver, geometry, disagreement, cut, seconds, compared, seed } = result
  const told = disagreement === undefined ? '' : renderSideBySide(result, { colour: false, width: 120 })
  const failure = disagreement === undefined ? {} : { failure: { message: disagreement.says, body: told } }
  return {
    name: `${name}, ${driver}, ${geometry}`,
    seconds,
    properties: {
      verdict: lockstepVerdict(result),
      compared: String(compared),
      ...(seed === undefined ? {} : { seed: String(seed) }),
    },
    cases: [
      {
        name: 'the implementation is the model',
        ...failure,
        ...(cut === undefined || disagreement !== undefined ? {} : { skipped: `cut short: ${cut}` }),
      },
    ],
  }
}

function mutantsSuite({ mutants, unkilled }: RunResult): readonly Suite[] {
  if (mutants.length + unkilled.length === 0) return []
  const cases = mutants.map(({ title, home, scope, verdict, reason }): Case => {
    const name = `${home}: ${title} (${scope})`
    if (verdict === 'survived') return { name, failure: { message: 'survived', body: `nobody notices it in ${scope}` } }
    return verdict === 'equivalent' ? { name, skipped: `nothing can notice it: ${reason ?? ''}` } : { name }
  })
  const claims = unkilled.map(id => ({ name: id, failure: { message: 'no mutant breaks this claim', body: id } }))
  return [{ name: 'mutants', properties: {}, cases: [...cases, ...claims] }]
}

/** The other parts of a run, a suite each: what was looked at, and what of it is not as expected. */
function partSuites(run: RunResult): readonly Suite[] {
  const found = findingsOf(run)
  const parts: readonly (readonly [string, string, readonly Looked[] | undefined])[] = [
    ['linear', 'linear/order', run.linear?.scopes.map(it => ({ ...it, name: scopeName(it) }))],
    ['granularity', 'granularity/differs', run.granularity?.rows],
    ['museum', 'museum/entry', run.museum?.entries.map(it => ({ ...it, name: it.id }))],
    ['conform', 'conform/differs', run.conform?.rows.map(it => ({ name: it.id, ok: it.ok }))],
    ['schedules', 'schedules/failure', run.schedules?.scenarios],
    [
      'stress',
      'stress/history',
      run.stress?.map(it => ({ ...it, name: `${it.geometry}, seed ${it.wrong?.seed ?? it.seed}` })),
    ],
  ]
  return parts.flatMap(([name, rule, looked = []]) => {
    const own = found.filter(finding => finding.rule === rule)
    const cases = looked.map(it => lookedCase(it, own))
    return cases.length === 0 ? [] : [{ name, properties: {}, cases }]
  })
}

interface Looked {
  readonly name: string
  readonly ok: boolean
  readonly cut?: string
}
function lookedCase({ name, ok, cut }: Looked, found: readonly Finding[]): Case {
  const own = found.filter(({ where }) => where === name)
  if (own.length > 0) return { name, failure: { message: own[0].says, body: own.map(bodyOf).join('\n') } }
  if (ok) return { name }
  return cut === undefined
    ? { name, failure: { message: 'not as expected', body: name } }
    : { name, skipped: `cut short: ${cut}` }
}
const bodyOf = ({ says, steps, token }: Finding): string =>
  [
    says,
    ...steps.map(({ command, outcome }, i) => `${i + 1}  ${command} → ${outcome}`),
    ...(token === undefined ? [] : [`npx mmspec replay ${token}`]),
  ].join('\n')
