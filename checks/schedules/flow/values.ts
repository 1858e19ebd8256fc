// What is followed through a text: functions, records, modules, and the hooks by which a machine tells that another CPU may
// run. Numbers are not followed.

import type { Syntax } from '../../mutants/compiled.js'
import type { Scope } from './names.js'

/** A function of the text. */
export interface Fn {
  readonly is: 'function'
  readonly node: Syntax
  readonly file: string
  readonly name: string
  readonly scope: Scope
  /** What it may answer. */
  readonly answers: Cell
}
/** An object or an array of the text: one for each place that makes them. */
export interface Rec {
  readonly is: 'record'
  readonly members: Map<string, Cell>
}
export interface Mod {
  readonly is: 'module'
  readonly file: string
}
export interface Hook {
  readonly is: 'hook'
}
export type Value = Fn | Rec | Mod | Hook
/** A place that values come to: a name, a member, what a function answers. It only ever gains. */
export type Cell = Set<Value>

/** A call, what it may reach, and what is handed over to whatever nobody here has written. */
export interface Call {
  readonly node: Syntax
  readonly file: string
  /** The function around it; null at the top of a module. */
  readonly inside: Fn | null
  /** It stands in the default of a parameter, where a generator cannot wait. */
  readonly asDefault: boolean
  readonly callees: Set<Fn>
  hook: boolean
  readonly given: Set<Fn>
}

/** Whatever has such a member has it from its caller. */
export const hooks: ReadonlySet<string> = new Set(['preempt', 'pause'])
export const hook: Hook = { is: 'hook' }

/** The member that stands for all that have no name of their own: elements of an array, computed names. */
export const elements = '[]'

export function memberCell(record: Rec, name: string): Cell {
  const cell = record.members.get(name) ?? new Set()
  record.members.set(name, cell)
  return cell
}
