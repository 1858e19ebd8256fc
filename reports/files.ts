// The pages that a run becomes, by the names of their files: the whole run, and one for each thing that is told step by step.
// They lie beside each other, so that the first can lead to the others.

import { renderCounterexample } from './html/counterexample.js'
import { renderDisagreement } from './html/disagreement.js'
import { renderMuseumPage } from './html/museum-page.js'
import { renderOrderPage } from './html/order-page.js'
import { renderRunReport } from './html/run-report.js'
import { renderSchedulePage } from './html/schedule-page.js'
import type { FoundTrace } from './itf.js'
import { counterexampleFile, disagreementFile, museumFile, orderFile, scheduleFile } from './names.js'
import type { ClaimResult, LockstepResult, RunResult, ScopeResult, Trace } from './result.js'
import type { WalkResult } from './walk-result.js'

export interface RunFile {
  readonly name: string
  readonly text: string
}

/** The page that shows a whole run. */
export const reportName = 'index.html'

/** Every page of a run, the one that shows all of it first. */
export function pagesOf(run: RunResult): readonly RunFile[] {
  return [
    { name: reportName, text: renderRunReport(run) },
    ...tracesOf(run).map(({ name, ...found }) => ({ name: `${name}.html`, text: renderCounterexample(found) })),
    ...run.lockstep.flatMap(result => disagreementPage(result, run)),
    ...(run.museum?.entries ?? []).flatMap(entry => {
      const text = renderMuseumPage(entry, run.version)
      return text === null ? [] : [{ name: `${museumFile(entry)}.html`, text }]
    }),
    ...(run.linear?.scopes ?? []).flatMap(scope => {
      const { violation } = scope
      if (violation === undefined) return []
      const text = renderOrderPage({ scope: { ...scope, violation }, version: run.version })
      return [{ name: `${orderFile(scope)}.html`, text }]
    }),
    ...(run.schedules?.scenarios ?? []).flatMap(it => {
      const { failure } = it
      const text = failure === undefined ? null : renderSchedulePage({ run: it, failure, version: run.version })
      return text === null ? [] : [{ name: `${scheduleFile(it)}.html`, text }]
    }),
  ]
}

export interface NamedTrace extends FoundTrace {
  readonly name: string
  readonly scope: ScopeResult
  readonly claim: ClaimResult & { readonly trace: Trace }
}

/** A page for each trace that random walks left. */
export const pagesOfWalks = ({ scopes, version }: WalkResult): readonly RunFile[] =>
  scopes.flatMap(({ failure, ...scope }) => {
    const trace = failure?.shrunk.trace
    if (failure === undefined || trace === undefined) return []
    const { claim: id, witness, shrunk } = failure
    const rule = trace.claims?.find(claim => claim.id === id)?.rule ?? ''
    const text = renderCounterexample({
      scope: { ...scope, states: 0, depth: trace.steps.length },
      claim: { id, says: shrunk.says, rule, verdict: 'violated', witness, trace },
      version,
    })
    return [{ name: `${counterexampleFile(scope, id)}.html`, text }]
  })

/** Every counterexample of a run, under a name that no other has. */
export function tracesOf({ scopes, version }: RunResult): readonly NamedTrace[] {
  const taken = new Map<string, number>()
  return scopes.flatMap(scope =>
    scope.claims.flatMap(({ trace, ...claim }) => {
      if (trace === undefined) return []
      const plain = counterexampleFile(scope, claim.id)
      const count = (taken.get(plain) ?? 0) + 1
      taken.set(plain, count)
      return [{ name: count === 1 ? plain : `${plain}-${count}`, scope, claim: { ...claim, trace }, version }]
    }),
  )
}

function disagreementPage(result: LockstepResult, { verb, version }: RunResult): readonly RunFile[] {
  const { disagreement } = result
  // Without commands there is nothing to show step by step.
  if (disagreement === undefined || disagreement.steps.length === 0) return []
  const text = renderDisagreement({ result: { ...result, disagreement }, version })
  return [{ name: `${disagreementFile(verb, result)}.html`, text }]
}
