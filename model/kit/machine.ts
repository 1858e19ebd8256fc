// A system bound by a setting: its cells, its commands in their fixed order, and its operations with the mutant's edit
// applied. What a CPU is in the middle of is a record of the operation's arguments and locals, overlaid on the same
// bytes for all operations; between whole operations there is nothing to keep, and no cell for it.

import { type BoundOperation, bindOperation } from './bound.js'
import { type Command, commandsOf } from './commands.js'
import type { Decision } from './decision.js'
import { type Cell, Domains, type Layout, layoutOf, type Node, namingLeaves } from './layout.js'
import type { Operation } from './operation.js'
import { overlays } from './overlay.js'
import { ModelError, type Shape, size } from './schema.js'
import type { Setting, System } from './system.js'

export interface Machine {
  readonly system: System
  readonly setting: Setting
  /** Sets whose members can be interchanged. */
  readonly symmetric: readonly string[]
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
  /** By number: whether others may run before a step, by the granularity alone. */
  readonly stops: readonly boolean[]
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
  const symmetric = system.symmetric(bounds)
  for (const set of symmetric) refuseUnequalMembers(layout, set)

  const operations: BoundOperation[] = []
  const stepOwner: BoundOperation[] = []
  let first = 1
  for (const operation of inScope) {
    const bound = bindOperation(operation, operations.length, first, setting, domains)
    refuseOrderOverSymmetric(symmetric, setting, bound)
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
    symmetric,
    layout,
    operations: placed,
    stepOwner: owners,
    commands: commandsOf(system, setting, placed, domains, cpus, interleaved),
    cpus,
    interleaved,
    counters: overlay.counters,
    cells: [...layout.cells.map(c => ({ at: c.at, bytes: c.bytes, values: c.domain.values.length })), ...overlay.cells],
    bytes: Math.max(4, ((interleaved ? overlay.end : layout.bytes) + 3) & ~3),
    stops: owners.map((o, i) => i === 0 || stopsAt(system, setting, o, i)),
    open: () => new Map(system.decisions.map(d => [d, d.open(rowsOf(setting, d))])),
  }
}

const rowsOf = ({ mutant }: Setting, decision: Decision): ReadonlyMap<number, string> | undefined =>
  mutant?.decision === decision ? new Map([[mutant.row, mutant.result]]) : undefined

function stopsAt(
  system: System,
  { granularity, fuse }: Setting,
  { first, steps }: BoundOperation,
  at: number,
): boolean {
  const { name, kind } = steps[at - first]
  switch (granularity) {
    case 'whole':
    case 'blocked':
      return false
    case 'attempts':
      return at === first || system.parts?.includes(name) === true
    case 'fused':
      return !fuse.includes(name) || kind === 'choose'
    case 'full':
      return true
  }
}

/** Leaves that can hold a reference: in the state, and in the locals of every CPU. */
function namings(state: Shape, bounds: Setting['bounds'], operations: readonly Operation[], cpus: number, set: string) {
  const held = operations.map(o =>
    Object.values(o.locals).reduce((sum, local) => sum + namingLeaves(local, bounds, set), 0),
  )
  return namingLeaves(state, bounds, set) + cpus * Math.max(0, ...held)
}

/** An ordered visit of members that may be interchanged loses states silently (an orbit audit would show it). */
function refuseOrderOverSymmetric(
  symmetric: readonly string[],
  setting: Setting,
  { steps, operation }: BoundOperation,
) {
  const ordered = steps.find(step => step.kind === 'each' && symmetric.includes(step.set))
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
