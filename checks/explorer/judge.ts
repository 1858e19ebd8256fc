// Holds states and transitions to the claims. State claims run on new states, step and return claims on every
// transition; recounts are derived from the declaration. The first violation ends a search, because what lies behind
// it proves nothing about the rest.

import {
  type Claim,
  type Command,
  domainOf,
  type Event,
  type Layout,
  type Leaves,
  type Machine,
  namesIn,
  readCell,
  type Signal,
  size,
  violated,
  type Witness,
} from '../../model/kit/index.js'

export interface Violation {
  readonly claim: string
  readonly witness: Witness
}

type Place = Readonly<Record<string, unknown>>
interface Posed {
  readonly claim: Claim
  readonly places: readonly Place[]
}

/** Every combination of members, or other values, that a claim is about. */
function placesOf(over: Leaves, machine: Machine): readonly Place[] {
  let rows: Record<string, unknown>[] = [{}]
  for (const [name, leaf] of Object.entries(over)) {
    const { values } = domainOf(leaf.leaf, machine.setting.bounds, () => 0)
    rows = rows.flatMap(row => values.map(value => ({ ...row, [name]: value })))
  }
  return rows
}

/**
 * Where others run in between, an answer says little of the state; a step is one only where each is a transition, and so
 * not where whole operations of several CPUs are.
 */
function isJudged({ kind, interleaved }: Claim, { setting, interleaved: between }: Machine): boolean {
  const ofSteps = kind === 'step' && interleaved
  if (!between) return !ofSteps || size(setting.bounds, 'cpu') === 0
  return interleaved && (!ofSteps || setting.granularity !== 'blocked')
}

/** A stored count of references, held to what the state really names. */
interface Recount {
  readonly id: string
  readonly set: string
  /** For each member, the cell that stores its count. */
  readonly stored: readonly { readonly cell: Layout['leaves'][number]; readonly member: number }[]
}

/** The claim that recounts the references stored in a list. */
function recountId(machine: Machine, path: string): string {
  const list = path.replace(/\[\d+\].*$/, '')
  return machine.system.recounts[list]?.id ?? `${list}/references-recount`
}

function recountsOf(machine: Machine): readonly Recount[] {
  const sets = new Map<string, { cell: Layout['leaves'][number]; member: number }[]>()
  for (const cell of machine.layout.leaves) {
    const { spec } = cell.domain
    if (spec.kind !== 'references') continue
    const member = Number(/\[(\d+)\]/.exec(cell.path)?.[1] ?? 0)
    const stored = sets.get(spec.set) ?? []
    sets.set(spec.set, [...stored, { cell, member }])
  }
  return [...sets].map(([set, stored]) => ({ id: recountId(machine, stored[0].cell.path), set, stored }))
}

export class Judge {
  readonly #state: readonly Posed[]
  readonly #quiescent: readonly Posed[]
  readonly #step: readonly Posed[]
  readonly #return: readonly Posed[]
  readonly #sometimes: Posed[]
  readonly #recounts: readonly Recount[]
  readonly #seen = new Set<string>()
  readonly claims: readonly string[]

  constructor(
    readonly machine: Machine,
    /** Claims in force, by id; null means all whose home is the model. */
    enabled: ReadonlySet<string> | null,
  ) {
    const wanted = (id: string) => enabled === null || enabled.has(id)
    const posed = (kind: Claim['kind']): Posed[] =>
      machine.system.claims
        .filter(claim => claim.kind === kind && claim.home !== 'machine' && wanted(claim.id))
        .filter(claim => isJudged(claim, machine))
        .map(claim => ({ claim, places: placesOf(claim.over, machine) }))
    this.#state = posed('state')
    this.#quiescent = posed('quiescent')
    this.#step = posed('step')
    this.#return = posed('return')
    this.#sometimes = posed('sometimes')
    this.#recounts = recountsOf(machine).filter(r => wanted(r.id))
    this.claims = [
      ...this.#recounts.map(r => r.id),
      ...[...this.#state, ...this.#quiescent, ...this.#step, ...this.#return, ...this.#sometimes].map(p => p.claim.id),
    ]
  }
  get judgesTransitions(): boolean {
    return this.#step.length + this.#return.length > 0
  }
  /** `sometimes` claims that no state has satisfied yet. */
  get missing(): readonly string[] {
    return this.#sometimes.map(p => p.claim.id).filter(id => !this.#seen.has(id))
  }

  state(m: unknown, bytes: Uint8Array): Violation | null {
    for (const recount of this.#recounts) {
      const wrong = this.#recount(recount, bytes)
      if (wrong !== null) return wrong
    }
    const found = firstOf(this.#state, m, noEvent)
    if (found !== null) return found
    if (this.#quiescent.length > 0 && this.#idle(bytes)) {
      const late = firstOf(this.#quiescent, m, noEvent)
      if (late !== null) return late
    }
    for (const { claim, places } of this.#sometimes) {
      if (!this.#seen.has(claim.id) && places.some(at => claim.holds(m, at, noEvent) === true)) this.#seen.add(claim.id)
    }
    return null
  }

  transition(
    m: unknown,
    before: unknown,
    args: Event<unknown>['arguments'],
    operation: string,
    signal: Signal,
  ): Violation | null {
    const outcome = signal.then === 'answer' ? signal.outcome : null
    const event: Event<unknown> = { before, operation, arguments: args, outcome }
    const found = firstOf(this.#step, m, event)
    if (found !== null || outcome === null) return found
    return firstOf(this.#return, m, event)
  }

  /** What is in force, with what it is asked of, in the order in which it is judged. */
  get posed(): readonly { readonly id: string; readonly kind: Claim['kind'] }[] {
    const claims = [...this.#state, ...this.#quiescent, ...this.#step, ...this.#return, ...this.#sometimes]
    return [
      ...this.#recounts.map(({ id }) => ({ id, kind: 'state' as const })),
      ...claims.map(({ claim: { id, kind } }) => ({ id, kind })),
    ]
  }

  /** Every claim that a state violates, not only the first, each with its first witness. */
  allOfState(m: unknown, bytes: Uint8Array): readonly Violation[] {
    const late = this.#idle(bytes) ? this.#quiescent : []
    return [
      ...this.#recounts.flatMap(recount => this.#recount(recount, bytes) ?? []),
      ...[...this.#state, ...late].flatMap(posed => firstOf([posed], m, noEvent) ?? []),
    ]
  }

  /** The same of a transition. */
  allOfTransition(m: unknown, event: Event<unknown>): readonly Violation[] {
    const answered = event.outcome === null ? [] : this.#return
    return [...this.#step, ...answered].flatMap(posed => firstOf([posed], m, event) ?? [])
  }

  isAtRest = (bytes: Uint8Array): boolean => this.#idle(bytes)

  #idle(bytes: Uint8Array): boolean {
    return this.machine.counters.every(counter => readCell(bytes, counter) === 0)
  }

  #recount({ id, set, stored }: Recount, bytes: Uint8Array): Violation | null {
    const { layout } = this.machine
    const counted = this.#counts
    counted.fill(0)
    for (const cell of layout.cells) {
      for (const name of cell.names[readCell(bytes, cell)]) if (name.counts && name.set === set) counted[name.member]++
    }
    this.#held(set, bytes, counted)
    for (const { cell, member } of stored) {
      const says = Number(cell.domain.values[readCell(bytes, cell)])
      if (says === counted[member]) continue
      const places = layout.cells.filter(c =>
        c.names[readCell(bytes, c)].some(n => n.set === set && n.member === member && n.counts),
      )
      return {
        claim: id,
        witness: violated(
          `${set} ${member}: ${cell.path} says ${says}, but ${counted[member]} ${counted[member] === 1 ? 'place names' : 'places name'} it`,
          cell.path,
          ...places.map(c => c.path),
        ),
      }
    }
    return null
  }
  readonly #counts = new Int32Array(256)

  /** References that operations in flight hold in their locals. */
  #held(set: string, bytes: Uint8Array, counted: Int32Array): void {
    const { machine } = this
    for (const counter of machine.counters) {
      const at = readCell(bytes, counter)
      if (at === 0) continue
      const owner = machine.stepOwner[at]
      for (const name of Object.keys(owner.operation.locals)) {
        const field = owner.fields.find(f => f.name === name)
        if (field === undefined) continue
        const value = field.cell.domain.values[readCell(bytes, { ...field.cell, at: field.cell.at + counter.at })]
        for (const n of namesIn(field.cell.domain.spec, value)) if (n.counts && n.set === set) counted[n.member]++
      }
    }
  }
}

/** What the operation that a command moves was called with: once under way, that is in the cells of its CPU. */
export function argumentsOf(machine: Machine, before: Uint8Array, command: Command): Event<unknown>['arguments'] {
  if (command.kind !== 'resume') return command.args
  const counter = machine.counters[command.cpu]
  const { fields, operation } = machine.stepOwner[readCell(before, counter)]
  const values = fields.slice(0, Object.keys(operation.args).length).map(({ name, cell }) => {
    return [name, cell.domain.values[readCell(before, { ...cell, at: cell.at + counter.at })]] as const
  })
  return { ...Object.fromEntries(values), cpu: command.cpu }
}

const noEvent: Event<unknown> = { before: null, operation: '', arguments: {}, outcome: null }

function firstOf(posed: readonly Posed[], m: unknown, event: Event<unknown>): Violation | null {
  for (const { claim, places } of posed) {
    for (const at of places) {
      const held = claim.holds(m, at, event)
      if (held !== true) return { claim: claim.id, witness: held }
    }
  }
  return null
}
