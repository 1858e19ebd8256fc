// From what a search found to the value that reports read: verdicts for each claim, the trace with its token, coverage
// without what the scope cannot reach, and whether all of it is as the scope's file says.

import type { Machine } from '../model/kit/index.js'
import type { ClaimResult, CoverageResult, Mismatch, Pins, ScopeResult, Trace, Verdict } from '../reports/result.js'
import { describe } from './describe.js'
import { alternativesAt } from './explorer/alternatives.js'
import { gapsOf } from './explorer/coverage.js'
import { type Exploration, type Found, modelError } from './explorer/explore.js'
import { initialState } from './explorer/initial.js'
import { statusesOf } from './explorer/statuses.js'
import type { Reached } from './explorer/together.js'
import { leavesOf, type WalkedStep, walk } from './explorer/trace.js'
import { type BoundScope, builtInClaims, claimIds } from './scope/index.js'
import { claimSource, located, scopeSource, stepSource } from './sources/index.js'
import { ruleTexts, stepText } from './spec/rule-text.js'
import { tokenOf } from './token/index.js'

/** A result with all that the scope reached, for the run to see what its scopes reach together. */
export interface ExploredScope extends ScopeResult {
  readonly parts: Reached['parts']
}

export interface Timed {
  readonly seconds: number
  readonly cpuSeconds: number
}

/** A violation, and the scope bound as it was searched when that was found. */
export interface Sight {
  readonly bound: BoundScope
  readonly found: Found
}

/** `seen` is the violation that was found, at a coarser granularity: then that is what is told of it. */
export function scopeResult(
  bound: BoundScope,
  found: Exploration,
  asked: readonly string[] | null,
  timed: Timed,
  seen: Sight | null = null,
): ExploredScope {
  const { scope, machine } = bound
  const planned = found.cut === 'depth' && scope.depth !== undefined && found.depth >= scope.depth
  const cut = planned ? null : found.cut
  const coverage = coverageResult(bound, found)
  const mismatches = cut === null && pinsHold(bound, asked) ? mismatchesOf(bound, found) : []
  return {
    name: scope.name,
    source: scopeSource(scope),
    system: bound.system.name,
    bounds: bound.bounds,
    granularity: machine.setting.granularity,
    ...(bound.mutant === null ? {} : { mutant: bound.mutant }),
    asked: scope.asked,
    ...(bound.sets.length === 0 ? {} : { sets: bound.sets }),
    verdict: found.verdict,
    ...(cut === null ? {} : { cut }),
    states: found.states,
    transitions: found.transitions,
    unchanged: found.unchanged,
    depth: found.depth,
    levels: found.levels,
    bytesPerState: found.states === 0 ? 0 : Math.round(found.bytes / found.states),
    audited: found.audited,
    engine: found.engine,
    ...timed,
    claims: claimResults(bound, found, seen),
    coverage,
    ...(bound.asWritten ? { pins: pinsOf(bound) } : {}),
    mismatches,
    parts: found.coverage,
    ok: cut === null && mismatches.length === 0 && asWanted(bound, found) && covered(bound, found, coverage),
  }
}

/** What the file pins is about the scope as it is written, and about its claims where it expects one to be violated. */
function pinsHold({ asWritten, scope }: BoundScope, asked: readonly string[] | null): boolean {
  const { claim } = scope.expect
  return asWritten && (asked === null || claim === undefined || asked.includes(claim))
}

function pinsOf({ scope: { expect } }: BoundScope): Pins {
  const { full: _, classes: __, ...pins } = expect
  return pins
}

function mismatchesOf({ scope: { expect } }: BoundScope, found: Exploration): readonly Mismatch[] {
  const figures = (['states', 'transitions', 'unchanged', 'depth'] as const).flatMap((figure): Mismatch[] =>
    expect[figure] === undefined || expect[figure] === found[figure]
      ? []
      : [{ figure, expected: String(expect[figure]), found: String(found[figure]) }],
  )
  const named = (verdict: Verdict | undefined, claim: string | undefined) => [verdict, claim].filter(Boolean).join(' ')
  const expected = named(expect.verdict, expect.claim)
  const given = named(found.verdict, expect.claim === undefined ? undefined : found.found?.claim)
  if (expect.verdict === undefined || expected === given) return figures
  return [{ figure: 'verdict', expected, found: given }, ...figures]
}

/** A violation is as wanted only where the file expects it, and that is held to the pins. */
const asWanted = ({ scope, asWritten }: BoundScope, { verdict }: Exploration): boolean =>
  verdict !== 'violated' || (asWritten && scope.expect.verdict === 'violated')

/**
 * Gaps are wrong where the whole space of the scope was searched, as its file describes it, and the file says what it
 * expects: a first run of a new scope reports them.
 */
function covered({ asWritten, scope }: BoundScope, { verdict }: Exploration, { gaps, stale }: CoverageResult): boolean {
  const pinned = Object.keys(scope.expect).length + scope.unreachable.length > 0
  return !asWritten || !pinned || verdict === 'violated' || gaps.length + stale.length === 0
}

/** Of a search that ended early, what it has not reached says nothing; what it has reached does. */
function coverageResult({ scope, asWritten }: BoundScope, { coverage, verdict, cut }: Exploration): CoverageResult {
  const unreachable = asWritten ? scope.unreachable : []
  const { gaps, stale } = gapsOf(coverage, unreachable)
  const declared = coverage.filter(entry => !unreachable.includes(entry.name))
  const reached = coverage.filter(entry => entry.count > 0)
  const early = verdict === 'violated' || cut !== null
  return {
    reached: declared.filter(entry => entry.count > 0).length,
    declared: declared.length,
    outcomes: declared.filter(entry => entry.kind === 'outcome').map(({ name, count }) => ({ name, count })),
    gaps: early ? [] : gaps,
    stale: early ? stale.filter(name => reached.some(entry => entry.name === name)) : stale,
  }
}

function claimResults(
  bound: BoundScope,
  { claims, found, verdict }: Exploration,
  seen: Sight | null,
): readonly ClaimResult[] {
  const others: Verdict = verdict === 'violated' ? 'bounded' : verdict
  const ids = found === null || claims.includes(found.claim) ? claims : [...claims, found.claim]
  return ids.map(id => ({
    id,
    ...aboutClaim(bound, id),
    ...(found?.claim === id ? violation(seen ?? { bound, found }) : { verdict: others }),
  }))
}

type Violated = Pick<ClaimResult, 'verdict' | 'granularity' | 'witness' | 'trace' | 'source'>
function violation({ bound, found }: Sight): Violated {
  const { machine } = bound
  const { says, places } = found.witness
  const trace = toldTrace(bound, walk(machine, found.path), aboutClaim(bound, found.claim).rule)
  const at = machine.interleaved ? { granularity: machine.setting.granularity } : {}
  const stated = located(claimSource(bound.system.name, found.claim))
  if (found.claim !== modelError) return { verdict: 'violated', ...at, witness: { says, places }, trace, ...stated }
  const broken = trace.next?.shown.find(({ is }) => is === 'broken')
  if (broken === undefined) return { verdict: 'violated', witness: { says, places } }
  const where = `${says}, where ${broken.command} is tried behind the last step`
  return { verdict: 'violated', ...at, witness: { says: where, places }, trace }
}
/** A trace with what else could have happened at each step, where each is written, and what claims and rules say there. */
export function toldTrace(bound: BoundScope, steps: readonly WalkedStep[], rule = ''): Trace {
  const { machine } = bound
  const trace = traceOf(bound, steps)
  const last = steps.at(-1)?.after ?? initialState(machine)
  return {
    ...trace,
    steps: trace.steps.map((step, i) => ({
      ...step,
      others: alternativesAt(machine, steps[i].before, step),
      ...located(stepSource(bound.system.name, step.operation, step.step)),
      ...inWords(machine, step),
    })),
    next: alternativesAt(machine, last),
    ...statusesOf(machine, steps),
    rules: ruleTexts([rule, ...trace.steps.map(step => step.rule)]),
  }
}

/** What the last step of a transition does, as its operation's rule has it. */
export function inWords(
  machine: Machine,
  { operation, step }: Pick<WalkedStep, 'operation' | 'step'>,
): { readonly says?: string } {
  const of = machine.operations.find(one => one.operation.name === operation)
  const says = of === undefined ? null : stepText(of.operation.about.rule, step)
  return says === null ? {} : { says }
}

/** The sentence and the rule of a claim, by its id. */
export function aboutClaim({ system }: BoundScope, id: string): Pick<ClaimResult, 'says' | 'rule'> {
  const stated = [...system.claims, ...Object.values(system.recounts)].find(claim => claim.id === id)
  const { says = '', rule = '' } = stated ?? builtInClaims[id] ?? {}
  return { says, rule }
}

/** A walked path as reports show it, with the token that walks it again. */
export function traceOf(bound: BoundScope, steps: readonly WalkedStep[]): Trace {
  const { machine } = bound
  return {
    token: tokenOf(
      bound,
      steps.map(step => step.taken),
    ),
    initial: leavesOf(machine, initialState(machine)),
    steps: steps.map(step => ({
      ...describe(machine, step),
      operation: step.operation,
      step: step.step,
      rule: step.rule,
      choices: step.choices,
      diff: step.diff,
    })),
  }
}

/** The claims that a run of this scope judges: what was asked for, else what the file lists, else all. */
export const judged = ({ scope, system }: BoundScope, asked: readonly string[] | null): ReadonlySet<string> | null => {
  const wanted = asked ?? scope.claims ?? null
  return wanted === null ? null : new Set(claimIds(system).filter(id => wanted.includes(id)))
}
