// Holds the words of a scope to its system: bounds within their ranges, switches, operations, steps, claims. What the
// schema cannot know is refused here, with the place in the file and the valid word that was probably meant.

import type { System } from '../../model/kit/index.js'
import { UserError, unknownWord } from '../errors.js'
import { systems } from '../systems.js'
import type { ScopeText } from './schema.js'
import type { Place } from './yaml.js'

/** Where a bound or switch stands: its name and its value. What is set on a command line stands in no file. */
export type Spot = (part: 'name' | 'value') => string

export function systemOf(name: string, place: string | undefined): System {
  const system = Object.hasOwn(systems, name) ? systems[name] : undefined
  if (system === undefined) throw unknownWord('system', name, Object.keys(systems), { place })
  return system
}

/** Ids of every claim that a search of the system may violate, recounts included. */
export const claimIds = (system: System): readonly string[] => [
  ...system.claims.filter(claim => claim.home !== 'machine').map(claim => claim.id),
  ...Object.values(system.recounts).map(recount => recount.id),
]

interface BuiltIn {
  readonly says: string
  readonly rule: string
  /** Its numbers in the catalogue. */
  readonly also: readonly string[]
}
/** What holds of every machine, whatever its claims: the search itself judges it. */
export const builtInClaims: { readonly [id: string]: BuiltIn } = {
  'refusal-changes-nothing': {
    says: 'an operation that is refused or faults leaves the state as it was',
    rule: '',
    also: [],
  },
  deadlock: {
    says: 'where an operation is under way, something can move',
    rule: 'concurrency.md#ends',
    also: ['LK2', 'TL14'],
  },
  livelock: {
    says: 'what is under way can come to its end, without anything else being begun',
    rule: 'concurrency.md#ends',
    also: ['LK8', 'TL14'],
  },
  'model-error': { says: 'the model keeps the rules of its own language', rule: '', also: [] },
}

export function judgeBound(system: System, name: string, value: number, spot: Spot): void {
  const range = Object.hasOwn(system.sizes, name) ? system.sizes[name] : undefined
  if (range === undefined) throw unknownWord('bound', name, Object.keys(system.sizes), { place: spot('name') })
  if (value >= range.low && value <= range.high) return
  throw new UserError({
    code: 'bound-out-of-range',
    message: `${name}=${value} is out of range: ${system.name} takes ${range.low} to ${range.high} ${name}`,
    place: spot('value'),
  })
}

export function judgeSwitch(system: System, name: string, value: string, spot: Spot): void {
  const words = Object.hasOwn(system.switches, name) ? system.switches[name] : undefined
  if (words === undefined) throw unknownWord('switch', name, Object.keys(system.switches), { place: spot('name') })
  if (!words.includes(value)) throw unknownWord(`value of ${name}`, value, words, { place: spot('value') })
}

/** The whole of a scope file. */
export function judgeScope(scope: ScopeText, place: Place): void {
  const system = systemOf(scope.system, place(['system']))
  for (const [name, value] of Object.entries(scope.bounds))
    judgeBound(system, name, value, part => place(['bounds', name], part))
  for (const [name, value] of Object.entries(scope.switches))
    judgeSwitch(system, name, value, part => place(['switches', name], part))
  const operations = system.operations.map(operation => operation.name)
  for (const name of Object.keys(scope.operations ?? {})) {
    if (!operations.includes(name))
      throw unknownWord('operation', name, operations, { place: place(['operations', name], 'name') })
  }
  const steps = [...new Set(system.operations.flatMap(operation => Object.keys(operation.steps)))]
  scope.fuse?.forEach((step, i) => {
    if (!steps.includes(step)) throw unknownWord('step', step, steps, { place: place(['fuse', i]) })
  })
  const claims = claimIds(system)
  scope.claims?.forEach((id, i) => {
    if (!claims.includes(id)) throw unknownWord('claim', id, claims, { place: place(['claims', i]) })
  })
  judgeExpectation(scope, [...claims, ...Object.keys(builtInClaims)], place)
}

function judgeExpectation({ expect }: ScopeText, claims: readonly string[], place: Place): void {
  const { claim, verdict } = expect
  if (claim === undefined) return
  if (!claims.includes(claim)) throw unknownWord('claim', claim, claims, { place: place(['expect', 'claim']) })
  if (verdict === 'violated') return
  const message = `expect names the claim ${claim}, but its verdict is ${verdict ?? 'holds'}`
  throw new UserError({
    code: 'broken-scope',
    message,
    place: place(['expect', 'claim']),
    next: 'say verdict: violated',
  })
}
