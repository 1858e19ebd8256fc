// The pages of a run, one for each thing that went wrong: counterexamples, disagreements, operations that no order explains,
// schedules. The report of the whole run leads to them by the same names.

import { counterexampleFile, disagreementFile, orderFile, scheduleFile } from '../names.js'
import type { ClaimResult, RunResult, ScopeResult, Trace } from '../result.js'
import { renderCounterexample } from './counterexample.js'
import { renderDisagreement } from './disagreement.js'
import { renderOrderPage } from './order-page.js'
import { renderSchedulePage } from './schedule-page.js'

export interface RunPage {
  readonly name: string
  readonly text: string
}

/** What a run has a page of its own for, each under its name. */
export function pagesOf(run: RunResult): readonly RunPage[] {
  const { version } = run
  return apart([
    ...run.scopes.flatMap(scope =>
      scope.claims.flatMap(claim =>
        isTold(claim)
          ? [page(counterexampleFile(scope, claim.id), renderCounterexample({ scope, claim, version }))]
          : [],
      ),
    ),
    ...run.lockstep.flatMap(result => {
      const { disagreement } = result
      // Without commands there is nothing to show step by step.
      if (disagreement === undefined || disagreement.steps.length === 0) return []
      return [
        page(disagreementFile(run.verb, result), renderDisagreement({ result: { ...result, disagreement }, version })),
      ]
    }),
    ...(run.linear?.scopes ?? []).flatMap(scope => {
      const { violation } = scope
      if (violation === undefined) return []
      return [page(orderFile(scope), renderOrderPage({ scope: { ...scope, violation }, version }))]
    }),
    ...(run.schedules?.scenarios ?? []).flatMap(it => {
      const text = it.failure === undefined ? null : renderSchedulePage({ run: it, failure: it.failure, version })
      return text === null ? [] : [page(scheduleFile(it), text)]
    }),
  ])
}

const page = (name: string, text: string): RunPage => ({ name: `${name}.html`, text })
const isTold = (claim: ScopeResult['claims'][number]): claim is ClaimResult & { readonly trace: Trace } =>
  claim.trace !== undefined

/** Of several under one name, as merged runs may have them, the first keeps it. */
function apart(pages: readonly RunPage[]): readonly RunPage[] {
  const taken = new Map<string, number>()
  return pages.map(({ name, text }) => {
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    return { name: count === 1 ? name : name.replace(/\.html$/, `-${count}.html`), text }
  })
}
