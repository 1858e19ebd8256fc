// A system bound by a setting: its cells, its commands in their fixed order, and its operations with the mutant's edit
// applied. What a CPU is in the middle of is a record of the operation's arguments and locals, overlaid on the same
// bytes for all operations; between whole operations there is nothing to keep, and no cell for it.

import type { Decision } from './decision.js'
import { bytesFor, type Cell, Domains, type Layout, layoutOf, type Node, namingLeaves } from './layout.js'
import type { Answer, Choose, Each, Operation, Plain, Rule, Sweep } from './operation.js'
import { type LeafSpec, type Leaves, ModelError, type Shape, size } from './schema.js'
import type { Granularity, Narrowed, Setting, System } from './system.js'

/** A step in the form the runner wants, whatever form the author wrote. */
export type BoundStep = (
  | Plain<unknown, unknown, string>
  | Each<unknown, unknown, string>
  | Sweep<unknown, unknown, string>
  | Choose<unknown, unknown, string>
) & { readonly name: string; readonly options: readonly unknown[]; readonly set: string }

/** An argument or local, and where it lies in the overlay of a CPU. */
export interface Field {
  readonly name: string
  readonly cell: Cell
  readonly set: string
}

export interface BoundOperation {
  readonly operation: Operation
  readonly index: number
  readonly steps: readonly BoundStep[]
  /** Where `go` and `leave` lead, by name; the number of steps means the end. */
  readonly target: ReadonlyMap<string, number>
  readonly fields: readonly Field[]
  readonly locals: readonly (readonly [name: string, first: unknown])[]
  /** The number of its first step among all steps; a CPU that is idle stands at 0. */
  readonly first: number
  readonly chooses: boolean
  /** Answers that `leave` can carry to the end of unwinding. */
  readonly answers: readonly Answer[]
}

export interface Command {
  readonly index: number
  readonly kind: 'start' | 'resume' | 'rule'
  readonly name: string
  readonly cpu: number
  readonly operation: BoundOperation | null
  readonly rule: Rule | null
  readonly args: Readonly<Record<string, unknown>>
}

/** Locals that the kit adds: the member a loop stands at, and the answer that unwinding ends with. */
export const loopField = 'loop$'
export const answerField = 'answer$'

export interface Machine {
  readonly system: System
  readonly setting: Setting
  readonly layout: Layout
  readonly operations: readonly BoundOperation[]
  /** By number: which operation a step belongs to. Entry 0 stands for idle. */
  readonly stepOwner: readonly BoundOperation[]
  readonly commands: readonly Command[]
  readonly cpus: number
  /** Whether operations stay under way between transitions. */
  readonly interleaved: boolean
  /** For each CPU, the cell that says which step comes next; empty unless interleaved. */
  readonly counters: readonly Cell[]
  /** All cells of a packed state, the overlays included. */
  readonly cells: readonly { readonly at: number; readonly bytes: 0 | 1 | 2; readonly values: number }[]
  /** Bytes of a packed state, a multiple of four. */
  readonly bytes: number
  /** By number: whether a step joins the one before it. */
  readonly joins: readonly boolean[]
  /** Puts the setting's decision tables in force, and returns their fresh marks. One run at a time. */
  open(): ReadonlyMap<Decision, Uint8Array>
}

export function machineOf(system: System, setting: Setting): Machine {
  const { bounds } = setting
  const cpus = Math.max(1, size(bounds, 'cpu'))
  const interleaved = size(bounds, 'cpu') > 0 && setting.granularity !== 'whole'
  const inScope = system.operations.filter(o => setting.operations === null || setting.operations[o.name] !== undefined)
  const domains: Domains = new Domains(bounds, set => namings(system.state, bounds, inScope, cpus, set))
  const layout = layoutOf(system.state, bounds, domains)
  for (const set of system.symmetric) refuseUnequalMembers(layout, set)

  const operations: BoundOperation[] = []
  const stepOwner: BoundOperation[] = []
  let first = 1
  for (const operation of inScope) {
    const bound = bindOperation(operation, operations.length, first, setting, domains)
    refuseOrderOverSymmetric(system, setting, bound)
    operations.push(bound)
    for (let i = 0; i < bound.steps.length; i++) stepOwner[first++] = bound
  }
  if (operations[0] !== undefined) stepOwner[0] = operations[0]

  const overlay = overlays(operations, cpus, interleaved ? layout.bytes : -1, first)
  const placed = operations.map((o, i) => ({ ...o, fields: overlay.fields[i] }))
  const owners = stepOwner.map(o => placed[o.index])
  return {
    system,
    setting,
    layout,
    operations: placed,
    stepOwner: owners,
    commands: commandsOf(system, setting, placed, domains, cpus, interleaved),
    cpus,
    interleaved,
    counters: overlay.counters,
    cells: [...layout.cells.map(c => ({ at: c.at, bytes: c.bytes, values: c.domain.values.length })), ...overlay.cells],
    bytes: Math.max(4, ((interleaved ? overlay.end : layout.bytes) + 3) & ~3),
    joins: owners.map((o, i) => i > 0 && fuses(setting.granularity, setting.fuse, o, i)),
    open: () => new Map(system.decisions.map(d => [d, d.open(rowsOf(setting, d))])),
  }
}

const rowsOf = ({ mutant }: Setting, decision: Decision): ReadonlyMap<number, string> | undefined =>
  mutant?.decision === decision ? new Map([[mutant.row, mutant.result]]) : undefined

const fuses = (granularity: Granularity, fuse: readonly string[], o: BoundOperation, at: number): boolean => {
  const step = o.steps[at - o.first]
  return granularity === 'fused' && fuse.includes(step.name) && step.kind !== 'choose'
}

/** Leaves that can hold a reference: in the state, and in the locals of every CPU. */
function namings(state: Shape, bounds: Setting['bounds'], operations: readonly Operation[], cpus: number, set: string) {
  const held = operations.map(o =>
    Object.values(o.locals).reduce((sum, local) => sum + namingLeaves(local, bounds, set), 0),
  )
  return namingLeaves(state, bounds, set) + cpus * Math.max(0, ...held)
}

/** An ordered visit of members that may be interchanged loses states silently (an orbit audit would show it). */
function refuseOrderOverSymmetric(system: System, setting: Setting, { steps, operation }: BoundOperation): void {
  const ordered = steps.find(step => step.kind === 'each' && system.symmetric.includes(step.set))
  if (ordered !== undefined && setting.choices === 'representatives') {
    throw new ModelError(
      `${operation.name}.${ordered.name} visits ${ordered.set} in order, but its members are declared interchangeable: use sweep`,
    )
  }
}

/** Members that the scope gives different constants can be told apart for good. */
function refuseUnequalMembers(layout: Layout, set: string): void {
  const fixed = (node: Node): unknown =>
    node.kind === 'constant'
      ? node.value
      : node.kind === 'list'
        ? node.items.map(fixed)
        : node.kind === 'record'
          ? node.fields.map(([, field]) => fixed(field))
          : null
  for (const list of layout.lists.filter(l => l.set === set)) {
    if (new Set(list.items.map(item => JSON.stringify(fixed(item)))).size > 1) {
      throw new ModelError(`${set} is declared interchangeable, but its members have different constants`)
    }
  }
}

const setOf = (spec: LeafSpec): string =>
  spec.kind === 'id' ? spec.set : spec.kind === 'optional' || spec.kind === 'when' ? setOf(spec.of) : ''

function bindOperation(
  operation: Operation,
  index: number,
  first: number,
  setting: Setting,
  domains: Domains,
): BoundOperation {
  const original = Object.entries(operation.steps)
  const edit = setting.mutant?.operation === operation.name ? setting.mutant.edit : null
  const rows = edit === null ? original : edit.steps(original)
  const names = rows.map(([name]) => name)
  const survivor = (from: number): number => {
    const next = original.slice(from).find(([name]) => names.includes(name))
    return next === undefined ? rows.length : names.indexOf(next[0])
  }
  const steps = rows.map(([name, step]): BoundStep => {
    const form: Exclude<Operation['steps'][string], (...a: never) => unknown> =
      typeof step === 'function' ? { kind: 'plain', run: step } : step
    const chosen = form.kind === 'choose' ? form.from.leaf : null
    // Only a plain id has its members as codes; other leaves are never reduced to representatives.
    const set =
      form.kind === 'choose' ? (form.from.leaf.kind === 'id' ? form.from.leaf.set : '') : 'set' in form ? form.set : ''
    const options = chosen === null ? [] : domains.of(chosen).domain.values
    return Object.assign({ ...form }, { name, options, set }) as unknown as BoundStep
  })
  const leaves: [string, LeafSpec][] = [...fieldsOf(operation.args), ...fieldsOf(operation.locals)]
  for (const step of steps) {
    if ((step.kind === 'each' || step.kind === 'sweep') && !leaves.some(([name]) => name === loopField)) {
      leaves.push([loopField, { kind: 'range', low: 0, high: loopCeiling(steps, setting) }])
    }
  }
  const answers = operation.about.answers
  if (answers.length > 0) leaves.push([answerField, { kind: 'range', low: 0, high: answers.length }])
  const fields = leaves.map(([name, spec]): Field => {
    const { domain, names: named } = domains.of(spec)
    return {
      name,
      set: setOf(spec),
      cell: { at: -1, bytes: bytesFor(domain.values.length), path: `${operation.name}.${name}`, domain, names: named },
    }
  })
  const argumentCount = Object.keys(operation.args).length
  return {
    operation,
    index,
    steps,
    target: new Map(original.map(([name], i) => [name, survivor(i)])),
    fields,
    locals: fields.slice(argumentCount).map(f => [f.name, f.cell.domain.values[0]] as const),
    first,
    chooses: steps.some(step => step.kind === 'choose' || step.kind === 'sweep'),
    answers,
  }
}

const fieldsOf = (leaves: Leaves): [string, LeafSpec][] => Object.entries(leaves).map(([name, l]) => [name, l.leaf])

/** A loop in order keeps a member's number, a sweep keeps the set of members it has done. */
function loopCeiling(steps: readonly BoundStep[], { bounds }: Setting): number {
  const needs = steps.map(step =>
    step.kind === 'each' ? size(bounds, step.set) : step.kind === 'sweep' ? 2 ** size(bounds, step.set) - 1 : 0,
  )
  return Math.max(0, ...needs)
}

interface Overlay {
  readonly fields: readonly (readonly Field[])[]
  readonly counters: readonly Cell[]
  readonly cells: readonly { at: number; bytes: 0 | 1 | 2; values: number }[]
  readonly end: number
}

/** Lays the fields of all operations over the same bytes, once for each CPU. `start` -1: nothing stays under way. */
function overlays(operations: readonly BoundOperation[], cpus: number, start: number, steps: number): Overlay {
  const all = operations.map(o => o.fields)
  if (start < 0) return { fields: all, counters: [], cells: [], end: 0 }
  const slots = Math.max(0, ...all.map(fields => fields.length))
  const widths = Array.from({ length: slots }, (_, k) =>
    Math.max(1, ...all.map(f => f[k]?.cell.domain.values.length ?? 1)),
  )
  const cells: { at: number; bytes: 0 | 1 | 2; values: number }[] = []
  const counters: Cell[] = []
  const counts = Array.from({ length: steps }, (_, i) => i)
  const counter = {
    spec: { kind: 'range', low: 0, high: steps - 1 } as const,
    values: counts,
    code: (v: unknown) => Number(v),
  }
  let at = start
  const starts: number[] = []
  for (let cpu = 0; cpu < cpus; cpu++) {
    const bytes = bytesFor(steps)
    counters.push({ at, bytes, path: `cpu ${cpu}`, domain: counter, names: [] })
    cells.push({ at, bytes, values: steps })
    at += bytes
    widths.forEach((values, k) => {
      if (cpu === 0) starts[k] = at - start
      cells.push({ at, bytes: bytesFor(values), values })
      at += bytesFor(values)
    })
  }
  // Offsets within one CPU's part; the views add the part's start. All fields of a slot take the slot's width.
  const fields = all.map(list =>
    list.map((f, k) => ({ ...f, cell: { ...f.cell, at: starts[k], bytes: bytesFor(widths[k]) } })),
  )
  return { fields, counters, cells: cells.filter(c => c.bytes > 0), end: at }
}

function commandsOf(
  system: System,
  setting: Setting,
  operations: readonly BoundOperation[],
  domains: Domains,
  cpus: number,
  interleaved: boolean,
): readonly Command[] {
  const commands: Command[] = []
  const add = (c: Omit<Command, 'index'>) => commands.push({ index: commands.length, ...c })
  for (const rule of system.rules) {
    for (const args of combinations(rule.name, rule.args, {}, domains)) {
      add({ kind: 'rule', name: rule.name, cpu: -1, operation: null, rule, args })
    }
  }
  for (let cpu = 0; cpu < cpus; cpu++) {
    if (interleaved) add({ kind: 'resume', name: 'resume', cpu, operation: null, rule: null, args: {} })
    for (const o of operations) {
      const narrowed = setting.operations?.[o.operation.name] ?? {}
      for (const args of combinations(o.operation.name, o.operation.args, narrowed, domains)) {
        add({
          kind: 'start',
          name: o.operation.name,
          cpu,
          operation: o,
          rule: null,
          args: Object.freeze({ ...args, cpu }),
        })
      }
    }
  }
  return commands
}

/** A scope asks for an argument value that the operation does not have. */
export class NarrowingError extends Error {
  override readonly name = 'NarrowingError'
  constructor(
    readonly operation: string,
    readonly argument: string,
    readonly value: string | null,
    readonly expected: readonly string[],
  ) {
    super(
      value === null
        ? `${operation} has no argument ${argument}`
        : `${operation}: ${argument} cannot be ${value}; expected ${expected.join(', ')}`,
    )
  }
}

function combinations(
  operation: string,
  leaves: Leaves,
  narrowed: Narrowed,
  domains: Domains,
): readonly Record<string, unknown>[] {
  for (const name of Object.keys(narrowed)) {
    if (leaves[name] === undefined) throw new NarrowingError(operation, name, null, Object.keys(leaves))
  }
  let rows: Record<string, unknown>[] = [{}]
  for (const [name, leaf] of Object.entries(leaves)) {
    const all = domains.of(leaf.leaf).domain.values
    const wanted = narrowed[name]
    const missing = wanted?.find(value => !all.includes(value))
    if (missing !== undefined) throw new NarrowingError(operation, name, String(missing), all.map(String))
    const values = wanted === undefined ? all : all.filter(value => wanted.some(w => w === value))
    rows = rows.flatMap(row => values.map(value => ({ ...row, [name]: value })))
  }
  return rows
}
