// The specification as a value: chapters as blocks of text, rules with what guards them, examples with the states they go
// through, and the sources that all of it refers to. Pages are made from it and from nothing else.

import type { Trace } from '../result.js'
import type { TracedCode, TraceResult } from '../trace-result.js'

export type Inline =
  | { readonly is: 'text' | 'code'; readonly text: string }
  | { readonly is: 'strong' | 'em'; readonly of: readonly Inline[] }
  | { readonly is: 'link'; readonly to: Target; readonly of: readonly Inline[] }

/** Where a link leads: a heading of a chapter, a file of the project, or the web. */
export type Target =
  | { readonly is: 'chapter'; readonly chapter: string; readonly anchor: string }
  | { readonly is: 'file'; readonly file: string }
  | { readonly is: 'web'; readonly address: string }

export type Block =
  | { readonly is: 'heading'; readonly depth: number; readonly anchor: string; readonly of: readonly Inline[] }
  | { readonly is: 'paragraph'; readonly of: readonly Inline[] }
  | { readonly is: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly is: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'example'; readonly walk: Walk }
type Cell = readonly Inline[]

/** An executed example: its text, and the states of the model on its way. */
export interface Walk {
  readonly text: string
  readonly initial: Trace['initial']
  /** Commands, without questions. */
  readonly steps: Trace['steps']
}

export interface SpecChapter {
  /** `regions`, `decisions/0001-one-text` */
  readonly name: string
  readonly title: string
  readonly blocks: readonly Block[]
}

/** Who follows a rule, and who watches that it is followed. */
export interface GuardedRule {
  /** `regions.md#munmap` */
  readonly id: string
  readonly operations: readonly string[]
  /** Ids of claims. */
  readonly claims: readonly string[]
  readonly code: readonly TracedCode[]
  /** Ids of rows that are asked for. */
  readonly rows: readonly string[]
}

export interface SpecClaim {
  readonly id: string
  /** `model`, `implementation`, or both. */
  readonly homes: readonly string[]
  readonly says: string
  readonly rule: string
  readonly also: readonly string[]
  readonly mutants: readonly string[]
}

export interface SpecSource {
  readonly file: string
  readonly text: string
}

export interface SpecDocument {
  readonly version: string
  /** In the order in which they are read. */
  readonly chapters: readonly SpecChapter[]
  readonly rules: readonly GuardedRule[]
  readonly claims: readonly SpecClaim[]
  readonly trace: TraceResult
  readonly sources: readonly SpecSource[]
}
