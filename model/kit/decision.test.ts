import test from 'ava'
import fc from 'fast-check'
import { bool, changed, decision, impossible, ModelError, oneOf } from './index.js'

const inputs = { region: oneOf('none', 'r', 'rw'), store: bool, sure: bool }
type Inputs = { readonly region: 'none' | 'r' | 'rw'; readonly store: boolean; readonly sure: boolean }

function grants({ region, store, sure }: Inputs) {
  if (region === 'none' && sure) return impossible
  if (region === 'none') return 'unmapped'
  return store && region === 'r' ? 'denied' : 'granted'
}
const grant = decision('grant', 'rules.md#grant', inputs, grants)

const anyInputs = fc.record({
  region: fc.constantFrom('none' as const, 'r' as const, 'rw' as const),
  store: fc.boolean(),
  sure: fc.boolean(),
})

test('the table answers what the function answers, for every input', t => {
  grant.open()
  fc.assert(
    fc.property(anyInputs, x => {
      fc.pre(grants(x) !== impossible)
      t.is<string, string>(grant(x), grants(x))
    }),
  )
  t.is(grant.rows.length, 12)
  t.deepEqual(grant.results, ['unmapped', 'granted', 'denied'])
  t.is(grant.name, 'grant')
})

test('a row says its inputs in words', t => {
  t.is(grant.rows[6].label, 'region r, store true, sure false')
  t.deepEqual(grant.rows[6].inputs, { region: 'r', store: true, sure: false })
})

test('a changed row is seen, the others are as they were, and opening again undoes it', t => {
  grant.open(new Map([[6, 'granted']]))
  t.is(grant({ region: 'r', store: true, sure: false }), 'granted')
  t.is(grant({ region: 'r', store: true, sure: true }), 'denied')
  grant.open()
  t.is(grant({ region: 'r', store: true, sure: false }), 'denied')
})

test('an opened decision marks exactly the rows that were asked for', t => {
  const hits = grant.open()
  grant({ region: 'none', store: false, sure: false })
  grant({ region: 'rw', store: true, sure: true })
  t.deepEqual(
    [...hits].flatMap((hit, row) => (hit ? [grant.rows[row].label] : [])),
    ['region none, store false, sure false', 'region rw, store true, sure true'],
  )
})

test('asking for an impossible row, or with a word that no row has, is an error of the model', t => {
  grant.open()
  t.throws(() => grant({ region: 'none', store: true, sure: true }), {
    instanceOf: ModelError,
    message: /impossible: region none/,
  })
  t.throws(() => grant({ region: 'rx' as 'r', store: true, sure: true }), {
    instanceOf: ModelError,
    message: /no row for region rx/,
  })
})

test('a mutant names the row that it changes', t => {
  const mutant = changed('reads are denied', grant, 4, 'denied')
  t.is(mutant.decision, grant)
  t.deepEqual([mutant.row, mutant.result, mutant.edit], [4, 'denied', null])
})
