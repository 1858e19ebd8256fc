// Everything in a run that is not as expected, one value a finding, for the formats that list findings: annotations and
// SARIF. A run that is red has at least one. What is told is a sentence, a line of the sources, and where there is one, the
// way there.

import type { Change, LockstepResult, RunResult, ScopeResult, Source } from './result.js'
import { oneLine, withPlainText } from './text.js'
import { lockstepVerdict, pinned, scopeName, violatedClaims } from './verdicts.js'

export interface FoundStep {
  readonly command: string
  readonly outcome: string
  readonly diff: readonly Change[]
  readonly source?: Source
}

export interface Finding {
  /** The claim, or what else was not as expected: `coverage/gap`. */
  readonly rule: string
  /** A limit that cut the run short is a warning: nothing was found wrong. */
  readonly level: 'error' | 'warning'
  /** The scope, the scenario, the entry of the museum. */
  readonly where: string
  readonly says: string
  /** Where to look: the step that decided, or what comes nearest to it. */
  readonly source: Source
  /** Other lines that it is about, and what stands there. */
  readonly also: readonly { readonly says: string; readonly source: Source }[]
  readonly steps: readonly FoundStep[]
  readonly token?: string
  /** Tells it from other findings of its rule, and is the same in the next run. */
  readonly identity: string
}

/** Rules that are no claims. */
export const otherRules: { readonly [rule: string]: string } = {
  'pins/changed': 'a search finds the figures that the file of its scope pins',
  'coverage/gap': 'what an operation declares is reached',
  'coverage/stale': 'what is listed as unreachable is not reached',
  'mutants/survived': 'a mistake that is written into the text is noticed',
  'mutants/unkilled': 'for each claim there is a mistake that only it notices',
  'run/cut-short': 'a run does what it was asked for within its limits',
  'lockstep/outcome': 'model and implementation give the same answers',
  'lockstep/state': 'model and implementation have the same state',
  'linear/order': 'operations side by side come to what some order of them comes to',
  'granularity/differs': 'searches that join steps find what searches that join none find',
  'museum/entry': 'a bug that a real kernel had is found with its edit, and not without',
  'conform/differs': 'model and implementation answer as the recorded kernel did, or say why not',
  'schedules/failure': 'no schedule of the implementation breaks a promise or parts from the model',
  'stress/history': 'some order of all operations explains what threads saw',
}

/** All of them: first what is violated, last what was only cut short. */
export function findingsOf(given: RunResult): readonly Finding[] {
  const run = withPlainText(given)
  return [
    ...run.scopes.flatMap(violations),
    ...run.lockstep.flatMap(disagreements),
    ...(run.linear?.scopes ?? []).flatMap(linearFinding),
    ...otherParts(run),
    ...run.scopes.flatMap(pinsChanged),
    ...run.scopes.flatMap(scope =>
      scope.ok ? [] : coverageFindings(scopeName(scope), scope.coverage, scopeFile(scope)),
    ),
    ...(run.coverage ?? []).flatMap(system =>
      coverageFindings(system.system, system, file('checks/explorer/beyond.ts')),
    ),
    ...run.mutants.filter(({ verdict }) => verdict === 'survived').map(survivor),
    ...run.unkilled.map(unkilled),
    ...cuts(run),
  ]
}

const file = (path: string, line = 1): Source => ({ file: path, line })
/** Where nothing says better: the file that the package has under that name. */
const scopeFile = ({ name, source }: Pick<ScopeResult, 'name' | 'source'>): Source =>
  source ?? file(`checks/scopes/${name}.yaml`)
const ruleFileOf = (rule: string): Source => file(rule === '' ? 'spec/README.md' : `spec/${rule.split('#')[0]}`)

/** A token without its fingerprint: what changes with every edit of the model is no part of who a finding is. */
const wayOf = (token: string): string => token.split(':').slice(1, 3).join(':')

function violations(scope: ScopeResult): readonly Finding[] {
  if (scope.ok) return []
  return violatedClaims(scope).map(({ id, says, rule, witness, trace, source }): Finding => {
    const steps = trace?.steps ?? []
    const decided = steps.at(-1)?.source
    const where = scopeName(scope)
    return {
      rule: id,
      level: 'error',
      where,
      says: witness?.says ?? says,
      source: decided ?? source ?? ruleFileOf(rule),
      also: [
        ...(source === undefined ? [] : [{ says: `the claim ${id}: ${says}`, source }]),
        { says: `the scope ${where}`, source: scopeFile(scope) },
      ],
      steps,
      ...(trace === undefined ? {} : { token: trace.token }),
      identity: trace === undefined ? where : wayOf(trace.token),
    }
  })
}

function disagreements(result: LockstepResult): readonly Finding[] {
  const found = result.disagreement
  if (found === undefined || result.ok) return []
  const last = found.steps.at(-1)
  const isClaim = found.about.includes('/')
  return [
    {
      rule: isClaim ? found.about : `lockstep/${found.about}`,
      level: 'error',
      where: `${result.name}, ${result.driver}, ${result.geometry}`,
      says: `${found.says}: at ${found.place} the model has ${found.model}, the implementation ${found.machine}`,
      source: last?.source ?? ruleFileOf(last?.rule ?? ''),
      also: [{ says: `the scope ${result.name}`, source: scopeFile(result) }],
      steps: found.steps.map(({ command, model, machine, ...step }) => ({
        ...step,
        command,
        outcome: model === machine ? model : `model ${model}, implementation ${machine}`,
      })),
      token: found.token,
      identity: wayOf(found.token),
    },
  ]
}

/** A finding without a way there. */
const plain = (rule: string, where: string, says: string, source: Source, identity = where): Finding => ({
  rule,
  level: 'error',
  where,
  says,
  source,
  also: [],
  steps: [],
  identity,
})

const pinsChanged = (scope: ScopeResult): readonly Finding[] =>
  scope.mismatches.map(mismatch =>
    plain(
      'pins/changed',
      scopeName(scope),
      pinned(mismatch),
      scopeFile(scope),
      `${scopeName(scope)} ${mismatch.figure}`,
    ),
  )

function coverageFindings(
  where: string,
  { gaps, stale }: Pick<ScopeResult['coverage'], 'gaps' | 'stale'>,
  source: Source,
): readonly Finding[] {
  return [
    ...gaps.map(name => plain('coverage/gap', where, `never reached: ${name}`, source, `${where} ${name}`)),
    ...stale.map(name =>
      plain('coverage/stale', where, `reached, though listed as unreachable: ${name}`, source, `${where} ${name}`),
    ),
  ]
}

const survivor = ({ title, home, scope, token }: RunResult['mutants'][number]): Finding => ({
  ...plain(
    'mutants/survived',
    scope,
    `nobody notices that in the ${home === 'model' ? 'model' : 'implementation'} ${title}`,
    scopeFile({ name: scope }),
    `${scope} ${title}`,
  ),
  ...(token === undefined ? {} : { token }),
})

const unkilled = (claim: string): Finding =>
  plain('mutants/unkilled', claim, `no mutant breaks ${claim} alone`, file('checks/claims/index.ts'))

function linearFinding(scope: NonNullable<RunResult['linear']>['scopes'][number]): readonly Finding[] {
  const { name, ok, violation, broken } = scope
  if (ok || (violation === undefined && broken === undefined)) return []
  const where = scopeName(scope)
  const steps = violation?.trace.steps ?? []
  return [
    {
      ...plain('linear/order', where, violation?.says ?? broken ?? '', steps.at(-1)?.source ?? scopeFile({ name })),
      steps,
      ...(violation === undefined ? {} : { token: violation.trace.token, identity: wayOf(violation.trace.token) }),
    },
  ]
}

/** Parts that have no trace of the model: where in the text, is for their own screens to say. */
function otherParts({ granularity, museum, conform, schedules, stress = [] }: RunResult): readonly Finding[] {
  return [
    ...(granularity?.rows ?? []).flatMap(({ name, differences }) =>
      differences.map(says => plain('granularity/differs', name, says, scopeFile({ name }), `${name} ${says}`)),
    ),
    ...(museum?.entries ?? [])
      .filter(({ ok, cut }) => !ok && cut === undefined)
      .map(({ id, title }) =>
        plain('museum/entry', id, `${title}: not caught as told`, file(`checks/museum/entries/${id}.ts`)),
      ),
    ...(conform?.rows ?? [])
      .filter(({ ok }) => !ok)
      .map(({ id, situation }) => plain('conform/differs', id, situation, file('checks/conformance/linux.yaml'))),
    ...(schedules?.scenarios ?? []).flatMap(({ name, failure }) =>
      failure === undefined
        ? []
        : [
            {
              ...plain('schedules/failure', name, `${failure.about}: ${failure.says}`, scenarioFile(name)),
              token: failure.token,
              identity: wayOf(failure.token),
            },
          ],
    ),
    ...stress.flatMap(({ geometry, wrong }) =>
      wrong === undefined
        ? []
        : [plain('stress/history', `${geometry}, seed ${wrong.seed}`, wrong.says, file('checks/schedules/stress.ts'))],
    ),
  ]
}
const scenarioFile = (name: string): Source => file(`checks/schedules/scenarios/${name}.yaml`)

function cuts(run: RunResult): readonly Finding[] {
  const cutShort = (where: string, cut: string, source: Source): Finding => ({
    ...plain('run/cut-short', where, `cut short: ${cut}`, source),
    level: 'warning',
  })
  return [
    ...(run.cut === undefined ? [] : [cutShort(run.verb, run.cut, file('README.md'))]),
    ...run.scopes.flatMap(scope =>
      scope.cut === undefined ? [] : [cutShort(scopeName(scope), scope.cut, scopeFile(scope))],
    ),
    ...run.lockstep
      .filter(({ cut }) => cut !== undefined)
      .map(result => ({ ...cutShort(result.name, '', scopeFile(result)), says: oneLine(lockstepVerdict(result)) })),
  ]
}
