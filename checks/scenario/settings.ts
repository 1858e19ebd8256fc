// The settings of a scenario, `with frames=2 tables=counted`, become the bounds of a machine. Names and ranges are those
// of the memory system, so that a scope and a scenario mean the same by a word. What a scenario leaves out is
// comfortable rather than small: examples should run out of something only where they say so.

import { type Bounds, geometryOf, type SizeRange } from '../../model/index.js'
import { memory } from '../memory/system.js'
import { NotationError, nearest, type Setting, type Setup } from '../notation/index.js'

const comfortable: { readonly [name: string]: number } = {
  processes: 2,
  pages: 8,
  frames: 8,
  slots: 4,
  regions: 8,
  values: 200,
  objects: 4,
  parts: 8,
  users: 4,
  keys: 4,
  sequences: 4,
  segments: 4,
  segmentPages: 16,
  largest: 8,
}

/** What can be asked for at no cost is there without being asked for. */
const comfortableSwitches: { readonly [name: string]: string } = { locking: 'on', stacks: 'on' }

const mostChains = 32

/** A machine's pool of tables is not offered: in a scenario it has one for every need, as the model's first choice has. */
const { tableFrames, ...sizes } = memory.sizes
const { switches } = memory
export const settingNames: readonly string[] = [...Object.keys(sizes), ...Object.keys(switches)]

export function boundsOf(setup: Setup, file: string | null = null): Bounds {
  const numbers = new Map(Object.entries(sizes).map(([name, { usual }]) => [name, comfortable[name] ?? usual]))
  const words = new Map(Object.entries(switches).map(([name, [first]]) => [name, comfortableSwitches[name] ?? first]))
  for (const [name, setting] of Object.entries(setup)) {
    if (Object.hasOwn(sizes, name)) numbers.set(name, numberFrom(file, name, sizes[name], setting))
    else if (Object.hasOwn(switches, name)) words.set(name, wordFrom(file, name, switches[name], setting))
    else refuseName(file, name, setting)
  }
  // Regions that keep their identity need one for every page; frames have names unless tables are counted among them.
  if (!Object.hasOwn(setup, 'chains') && words.get('profile') === 'linux') numbers.set('chains', mostChains)
  if (!Object.hasOwn(setup, 'kernel') && words.get('tables') !== 'counted') words.set('kernel', 'on')
  // Each process has room for its space, unless the scenario is about running out of them.
  if (!Object.hasOwn(setup, 'spaces')) numbers.set('spaces', numbers.get('processes') ?? 1)
  const bounds = withTables({
    sizes: Object.fromEntries([...numbers].map(([name, value]) => [sizes[name].of, value])),
    switches: Object.fromEntries(words),
  })
  refuseContradiction(setup, bounds, file)
  return bounds
}

/** Settings that mean nothing together. */
function refuseContradiction(setup: Setup, bounds: Bounds, file: string | null): void {
  const found = memory.contradiction?.(bounds, []) ?? null
  if (found === null) return
  const { line, column } = setup[found.name ?? ''] ?? Object.values(setup)[0]
  throw new NotationError({ file, line, column, says: `${found.message}: ${found.next}` })
}

/** Table frames for every page of every space. */
function withTables(bounds: Bounds): Bounds {
  const { space = 1, page = 1 } = bounds.sizes
  const enough = space * (1 + page * (geometryOf(bounds).levels - 1))
  return { ...bounds, sizes: { ...bounds.sizes, [tableFrames.of]: enough } }
}

function numberFrom(file: string | null, name: string, { low, high }: SizeRange, setting: Setting): number {
  const { value, line, valueColumn } = setting
  if (typeof value === 'number' && value >= low && value <= high) return value
  const says = `${name} cannot be ${value}`
  throw new NotationError({ file, line, column: valueColumn, says, expected: [`${low} to ${high}`] })
}

function wordFrom(file: string | null, name: string, words: readonly string[], setting: Setting): string {
  const { value, line, valueColumn } = setting
  const word = words.find(known => known === value)
  if (word !== undefined) return word
  const wanted = { expected: words, nearest: nearest(String(value), words) }
  throw new NotationError({ file, line, column: valueColumn, says: `${name} cannot be ${value}`, ...wanted })
}

function refuseName(file: string | null, name: string, { line, column }: Setting): never {
  const wanted = { expected: settingNames, nearest: nearest(name, settingNames) }
  throw new NotationError({ file, line, column, says: `there is no setting ${name}`, ...wanted })
}
