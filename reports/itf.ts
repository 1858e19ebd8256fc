// A trace in the Informal Trace Format (Apalache's ADR-015), for the viewers and tools of others. Lists are maps from
// numbers, as functions are in TLA+. What was called stands where model-based testing with Quint looks for it, and, with the
// answer and the rule, in the metadata of each state. No time: the same trace is the same bytes.

import { shotsOf } from './html/states.js'
import {
  fieldName,
  type ItfValue,
  integer,
  type Leaf,
  none,
  recordOf,
  some,
  type Writer,
  writersOf,
} from './itf-values.js'
import type { ClaimResult, ScopeResult, Trace, TraceStep } from './result.js'
import { replayLine, scopeName } from './verdicts.js'

export interface FoundTrace {
  readonly scope: Pick<ScopeResult, 'name' | 'mutant'>
  readonly claim: Pick<ClaimResult, 'id' | 'says' | 'witness'> & { readonly trace: Trace }
  readonly version: string
}

const actionTaken = 'mbt::actionTaken'
const nondetPicks = 'mbt::nondetPicks'

/** The whole file: `….itf.json`. */
export function renderItf({ scope, claim, version }: FoundTrace): string {
  const { trace } = claim
  const shots = leavesOf(trace)
  const writers = writersOf(shots.flat())
  const picks = picksOf(trace)
  const states = shots.map((leaves, i) => {
    const step = i === 0 ? null : trace.steps[i - 1]
    return {
      '#meta': { index: i, ...(step === null ? {} : metaOf(step)) },
      ...nested(leaves, writers),
      [actionTaken]: step === null ? 'init' : step.operation,
      [nondetPicks]: picks(i),
    }
  })
  const vars = [...new Set(states.flatMap(Object.keys))].filter(name => name !== '#meta')
  const meta = {
    format: 'ITF',
    'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
    source: scopeName(scope),
    status: 'violation',
    description: `Created by mmspec ${version}: ${claim.id}, ${claim.witness?.says ?? claim.says}`,
    replay: replayLine(trace.token),
  }
  // A state a line: indented, a file would be four times as long.
  const lines = states.map(state => JSON.stringify(state)).join(',\n')
  return `{"#meta": ${JSON.stringify(meta)},\n"vars": ${JSON.stringify(vars)},\n"states": [\n${lines}\n]}\n`
}

/** The leaves of each state. Every state must have all that any has: what only changes name was there before, as they say. */
function leavesOf({ initial, steps }: Trace): readonly (readonly Leaf[])[] {
  const first = new Map(initial.map(({ path, value }) => [path, value]))
  for (const { path, from } of steps.flatMap(step => step.diff)) if (!first.has(path)) first.set(path, from)
  const shots = shotsOf({ initial: [...first].map(([path, value]) => ({ path, value })), steps })
  return shots.map(({ leaves }) => [...leaves].map(([path, value]) => ({ path, value })))
}

const metaOf = ({ command, outcome, step, rule, choices }: TraceStep) => ({ command, outcome, step, rule, choices })

/** The names of all free choices of the trace, and for each state what was taken: every state has the same fields. */
function picksOf({ steps }: Trace): (state: number) => ItfValue {
  const taken = steps.map(({ command, choices }) => new Map([['command', command], ...named(choices)]))
  const names = [...new Set(['command', ...taken.flatMap(picks => [...picks.keys()])])]
  return state =>
    recordOf(
      names.map((name): readonly [string, ItfValue] => {
        const pick = state === 0 ? undefined : taken[state - 1].get(name)
        return [name, pick === undefined ? none : some(pick)]
      }),
    )
}

/** `frame 1`, `tables: false`, by name; a name that comes again is numbered. */
function named(choices: readonly string[]): readonly (readonly [string, string])[] {
  const seen = new Map<string, number>()
  return choices.map(choice => {
    const [, name, value] = /^(.*?):? (.*)$/s.exec(choice) ?? ['', choice, '']
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return [count === 1 ? name : `${name} ${count}`, value]
  })
}

/** A node on the way to leaves: fields by name, or members by number. */
type Tree = Map<string | number, Tree | ItfValue>

/** Leaves by their paths as records and maps: `frames[1].references` is in `frames`, at 1, as `references`. */
function nested(leaves: readonly Leaf[], writers: (path: string) => Writer): Record<string, ItfValue> {
  const tree: Tree = new Map()
  for (const { path, value } of leaves) put(tree, keysOf(path), writers(path)(value))
  return Object.fromEntries([...tree].map(([name, part]) => [fieldName(String(name)), written(part)]))
}

const keysOf = (path: string): readonly (string | number)[] =>
  [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) => (index === undefined ? name : Number(index)))

function put(tree: Tree, [key = '', ...rest]: readonly (string | number)[], value: ItfValue): void {
  if (rest.length === 0) {
    tree.set(key, value)
    return
  }
  const below = tree.get(key)
  const next: Tree = below instanceof Map ? below : new Map()
  tree.set(key, next)
  put(next, rest, value)
}

function written(part: Tree | ItfValue): ItfValue {
  if (!(part instanceof Map)) return part
  const entries = [...part].map(([key, below]) => [key, written(below)] as const)
  return entries.every(([key]) => typeof key === 'number')
    ? { '#map': entries.map(([key, value]) => [integer(key), value]) }
    : recordOf(entries.map(([key, value]) => [String(key), value]))
}
