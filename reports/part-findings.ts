// Findings of the parts of a run that are no searches of scopes: orders, granularity, the museum, recorded answers, schedules,
// stress; and what limits cut short, wherever it was.

import { type Finding, file, plain, scopeFile, wayOf } from './finding.js'
import type { RunResult, Source } from './result.js'
import { lockstepVerdict, scopeName } from './verdicts.js'

export function linearFinding(scope: NonNullable<RunResult['linear']>['scopes'][number]): readonly Finding[] {
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
export function otherParts({ granularity, museum, conform, schedules, stress = [] }: RunResult): readonly Finding[] {
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

export function cuts(run: RunResult): readonly Finding[] {
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
      .map(result => ({ ...cutShort(result.name, '', scopeFile(result)), says: lockstepVerdict(result) })),
    ...cutParts(run).flatMap(({ name, cut, source }) => (cut === undefined ? [] : [cutShort(name, cut, source)])),
  ]
}

/** What limits cut short in the other parts. */
function cutParts({ linear, granularity, museum, schedules, stress = [] }: RunResult) {
  return [
    ...(linear?.scopes ?? []).map(({ name, cut }) => ({ name, cut, source: scopeFile({ name }) })),
    ...(granularity?.rows ?? []).map(({ name, fused, full }) => ({
      name,
      cut: fused.cut ?? full.cut,
      source: scopeFile({ name }),
    })),
    ...(museum?.entries ?? []).map(({ id, cut }) => ({
      name: id,
      cut,
      source: file(`checks/museum/entries/${id}.ts`),
    })),
    ...(schedules?.scenarios ?? []).map(({ name, cut }) => ({ name, cut, source: scenarioFile(name) })),
    ...stress.map(({ geometry, cut }) => ({ name: geometry, cut, source: file('checks/schedules/stress.ts') })),
  ]
}
