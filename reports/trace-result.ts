// What `mmspec trace` answers: what the system is asked to be, row by row, with what keeps each row.

export const traceSchema = 'mmspec/trace@1'
export const rowStatuses = ['not built', 'partly', 'built'] as const
export type RowStatus = (typeof rowStatuses)[number]

/** A function, or a file where it has no name. */
export interface TracedCode {
  readonly file: string
  readonly name?: string
  readonly line: number
}

export interface TraceRow {
  readonly id: string
  readonly layer: string
  readonly says: string
  readonly status: RowStatus
  /** What is missing, or why nothing more is needed. */
  readonly why?: string
  /** `regions.md#munmap` */
  readonly rules: readonly string[]
  readonly operations: readonly string[]
  readonly code: readonly TracedCode[]
  readonly claims: readonly string[]
  /** Titles of written mutants that these claims notice. */
  readonly mutants: readonly string[]
}

export interface TraceResult {
  readonly schema: typeof traceSchema
  /** How many rows there are, of all asked for; gaps first. */
  readonly totals: { readonly [S in RowStatus]: number }
  readonly rows: readonly TraceRow[]
}
