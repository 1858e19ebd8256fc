// What the judge holds states and transitions to, seen through the search: when each kind of claim is asked, about
// what, and what a violation says.

import test from 'ava'
import { blankSetting, blankSystem } from '../../model/kit/blank.js'
import {
  bool,
  type Claim,
  claims,
  done,
  type Event,
  type Granularity,
  type Id,
  kit,
  labelOf,
  list,
  machineOf,
  need,
  type Of,
  oneOf,
  optional,
  owned,
  range,
  record,
  references,
  type System,
  set,
  size,
  union,
  violated,
} from '../../model/kit/index.js'
import { explore } from './explore.js'

const item = set('item')
const Holder = union({ nothing: {}, one: { item }, two: { item, also: bool } })
const state = record({
  phase: oneOf('start', 'middle', 'end'),
  places: list(set('place'), record({ holds: Holder, spare: optional(item) })),
  items: list(item, record({ count: references(item) })),
})
type M = Of<typeof state>
const { operation } = kit<M>()
const claim = claims<M>()

const advance = operation('advance', { args: { by: range(1, 2) }, locals: { mine: owned(item) } }).steps({
  begin: m => {
    m.phase = 'middle'
  },
  end: m => {
    m.phase = 'end'
    return done(5)
  },
})

/** One CPU where steps are transitions; whole operations need none. */
const bind = (more: Partial<System>, granularity: Granularity = 'full', cpu = granularity === 'whole' ? 0 : 1) => {
  const system = { ...blankSystem, name: 'sample', state, operations: [advance], ...more }
  return machineOf(system, blankSetting(granularity, { cpu, item: 2, place: 2 }))
}

/** A claim that always holds and writes down what it was asked. */
function asked(kind: Claim['kind'], granularity: Granularity, cpus?: number): readonly string[] {
  const seen = new Set<string>()
  const say = ({ operation: name, arguments: args, outcome }: Event<M>) =>
    name === '' ? '' : ` ${name} ${args.by} ${outcome === null ? '-' : labelOf(outcome, true)}`
  const note = claim('sample/note', {
    says: 'notes what it is asked',
    rule: '',
    kind,
    interleaved: true,
    holds: (m, _at, event) => {
      seen.add(`${event.before === null ? '' : `${event.before.phase} > `}${m.phase}${say(event)}`)
      return true
    },
  })
  explore(bind({ claims: [note] }, granularity, cpus))
  return [...seen]
}

test('a state claim is asked in every state, a quiescent one where nothing is under way', t => {
  t.deepEqual(asked('state', 'full'), ['start', 'middle', 'end'])
  t.deepEqual(asked('quiescent', 'full'), ['start', 'end'])
  t.deepEqual(asked('quiescent', 'whole'), ['start', 'end'])
})

test('a step claim is asked on every transition and told the arguments, also of what is under way', t => {
  t.deepEqual(asked('step', 'whole'), [
    'start > end advance 1 ok 5',
    'start > end advance 2 ok 5',
    'end > end advance 1 ok 5',
    'end > end advance 2 ok 5',
  ])
  t.deepEqual(asked('step', 'full'), [
    'start > middle advance 1 -',
    'start > middle advance 2 -',
    'middle > end advance 1 ok 5',
    'middle > end advance 2 ok 5',
    'end > middle advance 1 -',
    'end > middle advance 2 -',
  ])
})

test('a claim about steps is not asked where whole operations of CPUs are transitions', t => {
  t.deepEqual(asked('step', 'whole', 1), [])
  t.not(asked('state', 'whole', 1).length, 0)
})

test('a return claim is asked when an operation answers', t => {
  t.deepEqual(asked('return', 'full'), ['middle > end advance 1 ok 5', 'middle > end advance 2 ok 5'])
})

for (const kind of ['step', 'return'] as const) {
  test(`a ${kind} claim that says nothing of others is not judged where operations are interleaved`, t => {
    const never = claim('sample/never', { says: 'never', rule: '', kind, holds: () => violated('always') })
    t.is(explore(bind({ claims: [never] }, 'full')).found, null)
    t.is(explore(bind({ claims: [never] }, 'whole')).found?.claim, 'sample/never')
  })

  test(`a violated ${kind} claim is reported with the transition that violates it as its last`, t => {
    const never = claim('sample/never-ends', {
      says: 'it never ends',
      rule: '',
      kind,
      interleaved: true,
      holds: m => m.phase !== 'end' || violated('it has ended', 'phase'),
    })
    const { found, depth } = explore(bind({ claims: [never] }))
    t.deepEqual(
      [found?.claim, found?.path.length, depth, found?.witness.places],
      ['sample/never-ends', 2, 2, ['phase']],
    )
  })
}

test('a claim is asked about every combination of what it is about, members or other values', t => {
  const seen: string[] = []
  const over = { place: set('place'), word: oneOf('a', 'b'), number: range(3, b => 2 + size(b, 'item')) }
  const each = claim('sample/each', {
    says: '',
    rule: '',
    over,
    holds: (_m, at) => {
      seen.push(`${at.place}${at.word}${at.number}`)
      return true
    },
  })
  explore(bind({ claims: [each], operations: [] }), { audit: false })
  t.deepEqual(seen, ['0a3', '0a4', '0b3', '0b4', '1a3', '1a4', '1b3', '1b4'])
})

test('a claim about the machine is not held against the model', t => {
  const machine = claim('sample/machine', { says: '', rule: '', home: 'machine', holds: () => violated('never') })
  const result = explore(bind({ claims: [machine] }))
  t.is(result.verdict, 'holds')
  t.false(result.claims.includes('sample/machine'))
})

// Recounts.

const puts = (put: (m: M) => void) => operation('put', { args: {} }).steps({ put })
const recounts = { items: { id: 'sample/items-recount', says: 'an item counts who holds it', rule: '' } }
const [p0, p1] = [0, 1] as Id<'place'>[]
const [i0, i1] = [0, 1] as Id<'item'>[]

test('a count that is too low names the member, the count and every place that names it', t => {
  const put = puts(m => {
    m.places[p0].holds = Holder.one({ item: i1 })
    m.places[p1].spare = i1
    m.items[i1].count = 1
  })
  const { found } = explore(bind({ operations: [put], recounts }, 'whole'))
  t.is(found?.claim, 'sample/items-recount')
  t.is(found?.witness.says, 'item 1: items[1].count says 1, but 2 places name it')
  t.deepEqual(found?.witness.places, ['items[1].count', 'places[0].holds', 'places[1].spare'])
})

test('a count that is too high is noticed too, by a claim that has a name even if the system gives none', t => {
  const put = puts(m => {
    m.places[p0].holds = Holder.two({ item: i0, also: true })
    m.items[i0].count = 2
  })
  const { found, claims: ids } = explore(bind({ operations: [put] }, 'whole'))
  t.is(found?.claim, 'items/references-recount')
  t.is(found?.witness.says, 'item 0: items[0].count says 2, but 1 place names it')
  t.deepEqual(ids, ['items/references-recount'])
})

test('what an operation holds in an owned local counts while it is under way', t => {
  const keeps = (gives: boolean) =>
    operation('keeps', { args: {}, locals: { mine: owned(item) } }).steps({
      take: (m, my) => {
        my.mine = i1
        m.items[i1].count++
      },
      give: (m, my) => {
        if (gives) m.items[need(my.mine)].count--
        my.mine = null
      },
      end: () => undefined,
    })
  t.is(explore(bind({ operations: [keeps(true)] })).verdict, 'holds')
  const { found } = explore(bind({ operations: [keeps(false)] }))
  t.is(found?.witness.says, 'item 1: items[1].count says 1, but 0 places name it')
  t.is(found?.path.length, 2)
})
