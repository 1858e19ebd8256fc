// What a text in the notation means, as plain data: settings, then steps, each with the place where it stands.
// The parser builds it; whoever runs, prints or reports a scenario reads it. Nothing here depends on how it is written,
// except that expected answers stay text: an answer is compared as it is printed, so a reader sees what was compared.
// Lines and columns count from 1; a column counts UTF-16 units, as editors and CI annotations do.

import type { Command } from '../../spec/interface.js'
import type { Figure, RegionFlag } from './figures.js'

export interface Place {
  readonly line: number
  readonly column: number
}

/** One `name=value` of the `with` line. Whoever opens the scenario judges names and values, and can say where they are. */
export interface Setting extends Place {
  readonly value: number | string
  readonly valueColumn: number
}

/** The settings by name. Iterate over it or use `Object.hasOwn`: a name may be any word, `constructor` too. */
export type Setup = { readonly [name: string]: Setting }

export interface ProcessPage {
  readonly process: number
  readonly page: number
}

/** A question about the state. It never changes anything. A range holds both of its ends. */
export type Query =
  | { readonly name: 'vmas'; readonly process: number }
  | ({ readonly name: 'state' } & ProcessPage)
  | { readonly name: 'states'; readonly process: number; readonly first: number; readonly last: number }
  | { readonly name: 'same'; readonly one: ProcessPage; readonly other: ProcessPage }
  | ({ readonly name: 'count' } & ProcessPage)
  | { readonly name: 'locked'; readonly process: number }
  | ({ readonly name: 'flag'; readonly flag: RegionFlag } & ProcessPage)
  | ({ readonly name: 'smap'; readonly figure: Figure } & ProcessPage)
export type QueryName = Query['name']

export interface CommandStep extends Place {
  readonly is: 'command'
  readonly command: Command
  /** The answer after the arrow, in the form in which `printOutcome` prints one. */
  readonly expect?: string
}

export interface QueryStep extends Place {
  readonly is: 'query'
  readonly query: Query
  /** The answer after the arrow, in the form in which `answer` gives one. */
  readonly expect?: string
}

export type Step = CommandStep | QueryStep

export interface Scenario {
  readonly file: string | null
  readonly setup: Setup
  readonly steps: readonly Step[]
}
