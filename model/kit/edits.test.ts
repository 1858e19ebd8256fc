// Edits as data: what a mutant does to the steps of an operation, and where jumps lead once a step is gone.

import test from 'ava'
import { blankSetting, blankSystem } from './blank.js'
import {
  after,
  block,
  bool,
  changed,
  choose,
  claims,
  decision,
  drop,
  type Edit,
  each,
  fail,
  fault,
  go,
  ignore,
  killed,
  kit,
  labelOf,
  leave,
  list,
  ModelError,
  type Mutant,
  machineOf,
  mutant,
  type Of,
  type Operation,
  oneOf,
  PackedEngine,
  range,
  record,
  refuse,
  rewritten,
  set,
  step,
  sweep,
  viewOf,
} from './index.js'

const box = set('box')
const state = record({
  trail: range(0, 9999),
  boxes: list(box, record({ full: bool })),
  ghost: record({ seen: range(0, 9) }),
})
type M = Of<typeof state>
const { operation } = kit<M>()
const noSpace = refuse('ENOSPC')

/** Runs the operation once at `whole`; answers the digits it wrote, and what it said, for the first of its choices. */
function run(it: Operation, m: Mutant | null) {
  const system = { ...blankSystem, name: 'sample', state, operations: [it] }
  const machine = machineOf(system, { ...blankSetting('whole', { box: 2 }), choices: 'all', mutant: m })
  const engine = new PackedEngine(machine)
  const seen: string[] = []
  engine.load(new Uint8Array(machine.bytes))
  engine.transitions((_command, signal) => {
    const { trail, ghost } = viewOf(machine.layout, { bytes: engine.bytes }) as M
    seen.push(`${trail} ${signal.then === 'answer' ? labelOf(signal.outcome) : signal.then} ${ghost.seen}`)
  })
  return seen[0]
}
const write = (digit: number) => (m: { trail: number }) => {
  m.trail = m.trail * 10 + digit
}
const see = (m: M) => {
  m.ghost.seen++
}

const four = operation('four', { args: {}, answers: [noSpace] }).steps({
  one: m => {
    write(1)(m)
    return go('three')
  },
  two: write(2),
  three: step((m: M) => write(3)(m), see),
  four: write(4),
})

test('the original goes its way', t => t.is(run(four, null), '134 ok 1'))

test('who goes to a dropped step goes to the next one that is left, or to the end', t => {
  t.is(run(four, mutant('', four, drop('one'))), '234 ok 1')
  t.is(run(four, mutant('', four, drop('two'))), '134 ok 1')
  const plain = operation('plain', { args: {}, answers: [noSpace] }).steps({
    one: m => {
      write(1)(m)
      return go('two')
    },
    two: write(2),
    three: () => leave('four', noSpace),
    four: write(4),
  })
  t.is(run(plain, mutant('', plain, drop('two', 'three'))), '14 ok 0')
  t.is(run(plain, mutant('', plain, drop('two', 'three', 'four'))), '1 ok 0')
  t.is(run(plain, mutant('', plain, drop('one', 'two', 'four'))), '0 refused ENOSPC 0')
})

test('a dropped step leaves its ghost behind, and a dropped choice nothing', t => {
  t.is(run(four, mutant('', four, drop('three'))), '14 ok 1')
  const loops = operation('loops', { args: {} }).steps({
    each: each(box, m => write(1)(m), { ghost: see }),
    sweep: sweep(box, m => write(2)(m), { ghost: see }),
    choose: choose(
      box,
      () => true,
      () => undefined,
      { ghost: see },
    ),
  })
  t.is(run(loops, null), '1122 ok 5')
  t.is(run(loops, mutant('', loops, drop('each', 'sweep', 'choose'))), '0 ok 4')
})

test('after moves a step behind another, forwards and backwards', t => {
  const abc = operation('abc', { args: {} }).steps({ a: write(1), b: write(2), c: write(3) })
  t.is(run(abc, mutant('', abc, after('c', 'a'))), '231 ok 0')
  t.is(run(abc, mutant('', abc, after('a', 'c'))), '132 ok 0')
  t.throws(() => run(abc, mutant('', abc, after('a', 'd' as 'c'))), { instanceOf: ModelError, message: /no step d/ })
})

test('ignore lets a step go on where it would have given one answer, and keeps its other answers', t => {
  const refuses = operation('refuses', { args: {}, answers: [noSpace, fail('ENOMEM')] }).steps({
    check: () => noSpace,
    unwind: () => leave('end', noSpace),
    mark: write(1),
    choose: choose(
      box,
      () => false,
      () => undefined,
      { none: () => noSpace },
    ),
    each: each(box, (_m, _my, b) => (b === 1 ? noSpace : undefined)),
    mark2: write(2),
    fails: () => fail('ENOMEM'),
    end: write(9),
  })
  const ignoring = (...names: ('check' | 'unwind' | 'choose' | 'each' | 'fails')[]): Mutant => {
    const edits: Edit[] = names.map(name => ignore<string>(name, noSpace))
    const all: Edit = { text: '', steps: rows => edits.reduce((left, edit) => edit.steps(left), rows) }
    return { ...mutant('', refuses, drop('end')), edit: all }
  }
  t.is(run(refuses, null), '0 refused ENOSPC 0')
  t.is(run(refuses, ignoring('check')), '9 refused ENOSPC 0')
  t.is(run(refuses, ignoring('check', 'unwind')), '1 refused ENOSPC 0')
  t.is(run(refuses, ignoring('check', 'unwind', 'choose')), '1 refused ENOSPC 0')
  t.is(run(refuses, ignoring('check', 'unwind', 'choose', 'each', 'fails')), '12 failed ENOMEM 0')
})

test('an edit says in words what it does', t => {
  t.is(drop('a', 'b').text, 'without a, b')
  t.is(after('a', 'b').text, 'b after a')
  t.is(ignore('a', noSpace).text, 'a does not answer ENOSPC')
  t.is(ignore('a', fault('SIGSEGV MAPERR')).text, 'a does not answer SIGSEGV MAPERR')
  t.is(ignore('a', killed).text, 'a does not answer killed')
})

test('rewritten replaces the steps it names and no others', t => {
  const other = rewritten('other', four, { four: write(7), two: () => block })
  t.is(run(four, other), '137 ok 1')
  t.is(other.edit?.text, 'other four, two')
  t.deepEqual([other.title, other.operation], ['other', 'four'])
})

test('a mutant edits its own operation and no other', t => {
  const other = operation('other', { args: {} }).steps({ one: write(5), two: write(6) })
  t.is(run(other, mutant('', four, drop('one'))), '56 ok 0')
})

test('a mutant of a decision is in force from opening its machine to opening the next', t => {
  const grants = decision('grants', '', { access: oneOf('load', 'store') }, ({ access }) =>
    access === 'load' ? 'yes' : 'no',
  )
  const system = { ...blankSystem, name: 'sample', state, operations: [four], decisions: [grants] }
  const opened = (m: Mutant | null) => {
    machineOf(system, { ...blankSetting('whole', { box: 1 }), mutant: m }).open()
    return grants({ access: 'store' })
  }
  t.is(opened(changed('stores are granted', grants, 1, 'yes')), 'yes')
  t.is(opened(null), 'no')
})

test('a claim is held to the model, about the whole state and cited nowhere, unless it says otherwise', t => {
  const claim = claims<M>()('chapter/name', {
    says: 'so it is',
    rule: '',
    holds: m => m.trail === 0 || { says: '', places: [] },
  })
  t.deepEqual([claim.kind, claim.home, claim.also, claim.over], ['state', 'model', [], {}])
})
