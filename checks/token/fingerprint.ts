// What a token's numbers stand for, in eight hex digits. Three parts are hashed apart (sha256) and share the digits, so
// that a mismatch can say which part has changed:
//
//   digits 1-3  scope       system, bounds, switches, granularity, steps that join, choices, narrowed arguments
//   digits 4-5  commands    the command table: names and arguments in their order
//   digits 6-8  operations  steps by name and text, rules, decision rows, with the mutant's edit
//
// A part of two digits agrees by chance once in 256 times; all three together once in four thousand million. The text
// of a step is what the compiler made of it. Helpers that steps call are not seen: a token may then still be followed,
// and a replay judges whatever happens.

import { createHash } from 'node:crypto'
import type { BoundStep, Machine } from '../../model/kit/index.js'

const digits = { scope: 3, commands: 2, operations: 3 } as const
export type FingerprintPart = keyof typeof digits

const parts: { readonly [P in FingerprintPart]: (machine: Machine) => unknown } = {
  scope: ({ system, setting }) => {
    const { bounds, granularity, fuse, choices, operations, start = [] } = setting
    const begun = start.length === 0 ? [] : [start]
    return [system.name, pairs(bounds.sizes), pairs(bounds.switches), granularity, fuse, choices, operations, ...begun]
  },
  commands: ({ commands }) => commands.map(({ kind, name, cpu, args }) => [kind, name, cpu, pairs(args)]),
  operations: machine => [
    machine.operations.map(({ operation, steps }) => [operation.name, steps.map(stepData)]),
    machine.system.rules.map(rule => [rule.name, String(rule.run)]),
    machine.system.decisions.map(({ name, rows }) => [name, rows.map(row => [row.label, row.result])]),
    mutantData(machine),
  ],
}

const pairs = (values: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))

const stepData = (step: BoundStep): unknown => [
  step.name,
  step.set,
  Object.entries(step).flatMap(([name, part]) => (typeof part === 'function' ? [[name, String(part)]] : [])),
]

const mutantData = ({ setting: { mutant } }: Machine): unknown =>
  mutant === null ? null : [mutant.title, mutant.edit?.text, mutant.decision?.name, mutant.row, mutant.result]

export const fingerprintOf = (machine: Machine): string =>
  (Object.keys(digits) as FingerprintPart[])
    .map(part => {
      const text = JSON.stringify(parts[part](machine))
      return createHash('sha256').update(text).digest('hex').slice(0, digits[part])
    })
    .join('')

/** The parts in which two fingerprints differ. */
export function changedParts(one: string, other: string): readonly FingerprintPart[] {
  let at = 0
  return (Object.keys(digits) as FingerprintPart[]).filter(part => {
    const from = at
    at += digits[part]
    return one.slice(from, at) !== other.slice(from, at)
  })
}
