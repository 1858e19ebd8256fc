// A little state for trying out one operation at a time, explored completely on every engine: for tests of the kit.

import { blankSetting, blankSystem } from './blank.js'
import {
  bool,
  type Engine,
  type Granularity,
  ImmerEngine,
  kit,
  labelOf,
  list,
  machineOf,
  type Of,
  type Operation,
  PackedEngine,
  type Rule,
  range,
  readCell,
  record,
  refuse,
  type Setting,
  set,
  viewOf,
} from './index.js'

export const box = set('box')
export const state = record({
  trail: range(0, 9999),
  lamp: bool,
  boxes: list(box, record({ full: bool })),
  ghost: record({ moves: range(0, 9) }),
})
export type M = Of<typeof state>
export const { operation, rule } = kit<M>()
export const noSpace = refuse('ENOSPC')

type Sample = { readonly operations: readonly Operation[]; readonly rules?: readonly Rule[] }
type More = Partial<Setting> & {
  readonly sizes?: { readonly [set: string]: number }
  readonly symmetric?: readonly string[]
}

export const sample = ({ operations, rules = [] }: Sample, granularity: Granularity, more: More = {}) => {
  const { sizes = { cpu: 1, box: 3 }, symmetric = [], ...other } = more
  const system = { ...blankSystem, name: 'sample', state, operations, rules, symmetric: () => symmetric }
  return machineOf(system, { ...blankSetting(granularity, sizes), choices: 'all', ...other })
}

/** Every reachable state with its transitions: command, choices, answer, successor. */
export function explored(engine: Engine): Map<string, readonly string[]> {
  const first = new Uint8Array(engine.machine.bytes)
  const found = new Map<string, readonly string[]>()
  const queue = new Map([[first.join(), first]])
  for (const [key, bytes] of queue) {
    const lines: string[] = []
    engine.load(bytes)
    engine.transitions((command, signal) => {
      const said = signal.then === 'answer' ? labelOf(signal.outcome, true) : signal.then
      const next = engine.bytes.slice()
      lines.push(`${command.index} [${engine.taken.join(' ')}] ${said} ${next.join()}`)
      if (!queue.has(next.join())) queue.set(next.join(), next)
    })
    found.set(key, lines)
  }
  return found
}

/** All engines agree on the whole space; answers the states as they read. */
export function agreed(what: Sample, granularity: Granularity, more: More = {}) {
  const machine = sample(what, granularity, more)
  const packed = explored(new PackedEngine(machine))
  const noted = explored(new PackedEngine(machine, { read: () => undefined, write: () => undefined }))
  const immer = explored(new ImmerEngine(machine))
  const same =
    JSON.stringify([...packed]) === JSON.stringify([...immer]) &&
    JSON.stringify([...packed]) === JSON.stringify([...noted])
  if (!same) throw new Error('the engines disagree')
  const bytes = new Uint8Array(machine.bytes)
  const m = viewOf(machine.layout, { bytes }) as M & { ghost: { moves: number } }
  const states = [...packed.keys()].map(key => {
    bytes.set(key.split(',').map(Number))
    const idle = machine.counters.every(counter => readCell(bytes, counter) === 0)
    return { trail: m.trail, lamp: m.lamp, full: [...m.boxes].filter(b => b.full).length, moves: m.ghost.moves, idle }
  })
  const answers = new Set([...packed.values()].flat().map(line => line.split('] ')[1].replace(/ [\d,]+$/, '')))
  return { states, answers, transitions: [...packed.values()].flat().length }
}
/** Trails that operations leave behind when all are done. */
export const trails = (states: readonly { trail: number; idle: boolean }[]) =>
  [...new Set(states.filter(s => s.idle && s.trail > 0).map(s => s.trail))].sort((a, b) => a - b)
