// One thing in a run that is not as expected: a sentence, a line of the sources, and where there is one, the way there.

import type { Change, ScopeResult, Source } from './result.js'

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
export const otherRules: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
)

export const file = (path: string, line = 1): Source => ({ file: path, line })
/** Where nothing says better: the file that the package has under that name. */
export const scopeFile = ({ name, source }: Pick<ScopeResult, 'name' | 'source'>): Source =>
  source ?? file(`checks/scopes/${name}.yaml`)
export const ruleFileOf = (rule: string): Source => file(rule === '' ? 'spec/README.md' : `spec/${rule.split('#')[0]}`)

/** A token without its fingerprint: what changes with every edit of the model is no part of who a finding is. */
export const wayOf = (token: string): string => token.split(':').slice(1, 3).join(':')

/** A finding without a way there. */
export const plain = (rule: string, where: string, says: string, source: Source, identity = where): Finding => ({
  rule,
  level: 'error',
  where,
  says,
  source,
  also: [],
  steps: [],
  identity,
})
