// What is remembered of claims is what they would say: a claim is evaluated again only where it reads something new, and one
// that goes by more than what it reads is refused.

import test from 'ava'
import { blankSetting, blankSystem } from '../../model/kit/blank.js'
import {
  bool,
  type Claim,
  claims,
  kit,
  list,
  ModelError,
  machineOf,
  type Of,
  range,
  record,
  set,
  violated,
} from '../../model/kit/index.js'
import { explore } from './explore.js'

const lamp = set('lamp')
const state = record({ lamps: list(lamp, record({ lit: bool })), count: range(0, 300) })
type M = Of<typeof state>
const { operation } = kit<M>()
const claim = claims<M>()
const lit = (m: M, which: number): boolean => [...m.lamps][which].lit

/** Each lamp can be lit, and the count is moved by itself: states in which some lamp is as it was. */
const light = operation('light', { args: { lamp }, locals: {} }).steps({
  light: (m, my) => {
    m.lamps[my.lamp].lit = true
  },
})
const count = operation('count', { args: { by: range(1, 2) }, locals: {} }).steps({
  count: (m, my) => {
    m.count = Math.min(300, m.count + my.by)
  },
})
const search = (...asked: readonly Claim[]) => {
  const system = { ...blankSystem, name: 'lamps', state, operations: [light, count], claims: asked }
  return explore(machineOf(system, blankSetting('whole', { lamp: 2 })))
}
const about = (kind: Claim['kind'], holds: Parameters<typeof claim>[1]['holds']) =>
  claim('sample/lamps', { says: 'of lamps', rule: '', kind, holds })

test('a claim is evaluated once for each different thing that it reads', t => {
  let evaluated = 0
  const isAsked = about('state', m => {
    evaluated++
    return lit(m, 0) || !lit(m, 0) || violated('neither')
  })
  t.is(search(isAsked).states, 4 * 301)
  t.is(evaluated, 2)
})

test('a value of two bytes is read as a whole', t => {
  const { found, depth } = search(about('state', m => m.count !== 258 || violated('too many')))
  t.is(found?.claim, 'sample/lamps')
  t.is(depth, 129)
})

test('a claim about a transition tells both states, the operation and each argument apart', t => {
  const met = new Set<string>()
  const notes = about('step', (m, _at, { before, operation, arguments: given }) => {
    met.add(`${operation} ${given.lamp ?? given.by} ${lit(before, 0)} ${lit(m, 0)}`)
    return true
  })
  search(notes)
  t.deepEqual([...met].sort(), [
    'count 1 false false',
    'count 1 true true',
    'count 2 false false',
    'count 2 true true',
    'light 0 false true',
    'light 0 true true',
    'light 1 false false',
    'light 1 true true',
  ])
})

test('a claim that goes by more than what it reads is refused', t => {
  let turns = 0
  const forgetful = about('state', m => {
    const isFirst = turns++ === 0
    return !(isFirst && lit(m, 0)) && m.count <= 300 ? true : violated('it was first')
  })
  t.throws(() => search(forgetful), { instanceOf: ModelError, message: /depends on more than what it reads/ })
})
