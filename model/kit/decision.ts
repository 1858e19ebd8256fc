// A decision is a pure function of a few finite inputs, written with ts-pattern and kept as a table: recipes look the
// row up (a `match` costs a microsecond, a look-up nanoseconds), the spec prints it, a mutant changes one row, and a
// row that no run reaches is a gap in coverage.

import { domainOf } from './domain.js'
import { type Leaf, type Leaves, ModelError, type Values } from './schema.js'

/** The answer of a row that no run can reach, because an invariant excludes its inputs. Looking it up is an error. */
export const impossible = 'impossible' as const

export interface Row {
  readonly index: number
  /** `region rw, access store, entry absent` */
  readonly label: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly result: string
}

/** What look-ups read: the results in force, and which rows were asked for. One run at a time owns it. */
interface Table {
  results: readonly string[]
  hits: Uint8Array
}

export interface Decision {
  readonly name: string
  readonly rule: string
  readonly rows: readonly Row[]
  /** Every result that some row has, `impossible` left out. */
  readonly results: readonly string[]
  /** Starts a run: with its own hit marks, and with some rows changed where a mutant says so. */
  open(changed?: ReadonlyMap<number, string>): Uint8Array
}
export interface DecisionOf<L extends Leaves, R extends string> extends Decision {
  (inputs: Values<L>): Exclude<R, typeof impossible>
}

const noBounds = { sizes: {}, switches: {} }

/** Source of `inputs → row`: inputs are compared with the values of their domain, which are booleans or words. */
function indexSource(names: readonly string[], domains: readonly (readonly unknown[])[]): string {
  let source = '0'
  names.forEach((name, i) => {
    const test = domains[i].map((value, code) => `x.${name} === ${JSON.stringify(value)} ? ${code}`).join(' : ')
    source = `(${source}) * ${domains[i].length} + (${test} : outside(${JSON.stringify(name)}, x.${name}))`
  })
  return source
}

function product(names: readonly string[], domains: readonly (readonly unknown[])[]): Record<string, unknown>[] {
  let rows: Record<string, unknown>[] = [{}]
  names.forEach((name, i) => {
    rows = rows.flatMap(row => domains[i].map(value => ({ ...row, [name]: value })))
  })
  return rows
}

/** Declares a decision; `decide` is run once on every combination of inputs. */
export function decision<const L extends { readonly [name: string]: Leaf<string | boolean> }, R extends string>(
  name: string,
  rule: string,
  inputs: L,
  decide: (x: Values<L>) => R,
): DecisionOf<L, R> {
  const names = Object.keys(inputs)
  const domains = Object.values(inputs).map(leaf => domainOf(leaf.leaf, noBounds, () => 0).values)
  const rows: Row[] = product(names, domains).map((row, index) => ({
    index,
    label: names.map(n => `${n} ${String(row[n])}`).join(', '),
    inputs: row,
    result: decide(row as Values<L>),
  }))
  const original = rows.map(row => row.result)
  const table: Table = { results: original, hits: new Uint8Array(rows.length) }
  const outside = (input: string, value: unknown): never => {
    throw new ModelError(`decision ${name} has no row for ${input} ${String(value)}`)
  }
  const excluded = (index: number): never => {
    throw new ModelError(`decision ${name} was asked for a row that is declared impossible: ${rows[index].label}`)
  }
  const look: unknown = new Function(
    'table',
    'outside',
    'excluded',
    `return x => { const row = ${indexSource(names, domains)}; table.hits[row] = 1
      const result = table.results[row]; return result === '${impossible}' ? excluded(row) : result }`,
  )(table, outside, excluded)
  const described: Omit<Decision, 'name'> & { rule: string } = {
    rule,
    rows,
    results: [...new Set(original)].filter(result => result !== impossible),
    open: changed => {
      table.results = changed === undefined ? original : original.map((result, i) => changed.get(i) ?? result)
      table.hits = new Uint8Array(rows.length)
      return table.hits
    },
  }
  Object.defineProperty(look, 'name', { value: name })
  return Object.assign(look as DecisionOf<L, R>, described)
}
