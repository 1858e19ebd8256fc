// The value that a comparison with a recorded kernel returns. Like every result it is versioned, and everything that is
// shown is a function of it. Answers are text as the kernel would put it, so that a reader sees what was compared.

export const conformSchema = 'mmspec/conform@1'

export interface ConformStep {
  /** The command or question, in the notation. */
  readonly does: string
  readonly kernel: string
  readonly model: string
  readonly machine: string
}

export interface ConformSide {
  readonly agrees: boolean
  /** The first step that it answers differently, from 1. */
  readonly step?: number
  /** Why it gave no answers. */
  readonly broke?: string
}

interface ToldRow {
  readonly id: string
  readonly group: string
  readonly situation: string
  /** Which test, page or file states the fact. */
  readonly source: string
}

export interface ConformRow extends ToldRow {
  /** What differs between this text and what the kernel was given. */
  readonly note?: string
  readonly model: ConformSide
  readonly machine: ConformSide
  readonly steps: readonly ConformStep[]
  readonly ok: boolean
}

/** A row that cannot be asked yet. */
export interface ConformLaterRow extends ToldRow {
  /** Names of reasons. */
  readonly needs: readonly string[]
}

export interface ConformResult {
  readonly schema: typeof conformSchema
  readonly verb: 'conform'
  readonly ok: boolean
  readonly version: string
  /** What answered, and how it was set. */
  readonly recorded: { readonly [name: string]: string }
  /** The settings in force here, in the notation. */
  readonly settings: string
  readonly rows: readonly ConformRow[]
  readonly later: readonly ConformLaterRow[]
  /** What the reasons of the later rows mean. */
  readonly reasons: { readonly [name: string]: string }
  readonly totals: {
    /** Rows that were recorded, whether or not they were chosen. */
    readonly recorded: number
    readonly asked: number
    readonly agreed: number
    readonly later: number
  }
}
