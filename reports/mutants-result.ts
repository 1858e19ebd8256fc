// What became of a mutant, and which claims only a mutant's violation reveals.

export interface MutantResult {
  readonly title: string
  /** `model` edits the model's operations, `machine` the implementation's text. */
  readonly home: 'model' | 'machine'
  readonly kind: 'written' | 'generated'
  readonly scope: string
  readonly verdict: 'killed' | 'equivalent' | 'survived'
  /** What noticed it: a claim id, `deadlock`, `model error`, `lockstep: outcome`, `search: states`. */
  readonly by: string
  /** Commands to the violation; 0 where there is no trace. */
  readonly length: number
  /** Why it cannot be noticed, where it is listed as equivalent. */
  readonly reason?: string
  readonly token?: string
}

/** A claim and the mutants that only its violation reveals. */
export interface KillResult {
  readonly claim: string
  readonly home: 'model' | 'machine'
  readonly killedBy: string
}
