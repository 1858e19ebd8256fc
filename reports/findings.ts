// Everything in a run that is not as expected, one value a finding, for the formats that list findings: annotations and
// SARIF. A run that is red has at least one.

import { type Finding, file, plain, ruleFileOf, scopeFile, wayOf } from './finding.js'
import { cuts, linearFinding, otherParts } from './part-findings.js'
import type { LockstepResult, RunResult, ScopeResult, Source } from './result.js'
import { withPlainText } from './text.js'
import { pinned, scopeName, violatedClaims } from './verdicts.js'

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
