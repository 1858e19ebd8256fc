// What a search of one scope found: how large it is, what became of its claims, what it covered, and what of that was
// not as its file pins it.

import type { Cut, Verdict } from './result.js'
import type { Source, Trace, WitnessResult } from './trace.js'

export interface ClaimResult {
  readonly id: string
  readonly says: string
  readonly rule: string
  readonly verdict: Verdict
  /** Of the trace, where operations interleave: the coarsest that shows the violation, perhaps coarser than the scope's. */
  readonly granularity?: string
  readonly witness?: WitnessResult
  readonly trace?: Trace
  /** Where it is stated; only where it is violated. */
  readonly source?: Source
}

export interface CoverageResult {
  readonly reached: number
  readonly declared: number
  /** Operation x answer with how often it happened. */
  readonly outcomes: readonly { readonly name: string; readonly count: number }[]
  /** Declared and never given: `munmap · refused ENOMEM`. */
  readonly gaps: readonly string[]
  /** Listed as unreachable by the scope, and reached. */
  readonly stale: readonly string[]
}

/** How much of a system a run reached with all its scopes together: judged where all of the package's small ones ran. */
export interface SystemCoverage {
  readonly system: string
  readonly outcomes: Figures
  readonly steps: Figures
  readonly rows: Figures
  /** Reached by no scope: `munmap · refused ENOMEM`, `munmap.clear`, `access · region rw, …`. */
  readonly gaps: readonly string[]
  /** Listed as beyond all scopes, and reached. */
  readonly stale: readonly string[]
}
export interface Figures {
  readonly reached: number
  readonly declared: number
}

/** A figure that the scope pins and the run did not give. */
export interface Mismatch {
  readonly figure: 'verdict' | 'states' | 'transitions' | 'unchanged' | 'depth'
  readonly expected: string
  readonly found: string
}

/** What a scope's file pins. */
export interface Pins {
  readonly verdict?: Verdict | undefined
  readonly claim?: string | undefined
  readonly states?: number | undefined
  readonly transitions?: number | undefined
  readonly unchanged?: number | undefined
  readonly depth?: number | undefined
}

export interface ScopeResult {
  readonly name: string
  /** Where its file says what is expected. */
  readonly source?: Source
  readonly system: string
  /** Bounds and switches in force, as on the command line: `processes=2`, … */
  readonly bounds: readonly string[]
  readonly granularity: string
  readonly mutant?: string
  /** How it was asked for, by name or by path, and what was set beside it. */
  readonly asked?: string
  readonly sets?: readonly string[]
  readonly verdict: Verdict
  readonly cut?: Cut
  readonly states: number
  readonly transitions: number
  readonly unchanged: number
  readonly depth: number
  /** States first found at each depth. */
  readonly levels?: readonly number[]
  /** Bytes of the visited set for each state. */
  readonly bytesPerState: number
  /** Transitions run again on the reference engine, all of which agreed. */
  readonly audited: number
  readonly engine: string
  readonly seconds?: number
  readonly cpuSeconds?: number
  readonly claims: readonly ClaimResult[]
  readonly coverage: CoverageResult
  /** What the run was held to; absent where the scope is not as its file has it. */
  readonly pins?: Pins
  readonly mismatches: readonly Mismatch[]
  readonly ok: boolean
}
