import test from 'ava'
import fc from 'fast-check'
import { ChoiceError, Odometer, Recorded } from './index.js'

/** A run that chooses: how many options the next choice has, after what was picked so far; 0 ends the run. */
type Run = (picked: readonly number[]) => number

const what = { step: 'here', set: 'frame' }
const options = (count: number) => Array.from({ length: count }, (_, i) => 10 * i)

function visited(run: Run): string[] {
  const odometer = new Odometer()
  const all: string[] = []
  odometer.start()
  do {
    const picked: number[] = []
    for (let count = run(picked); count > 0; count = run(picked)) picked.push(odometer.pick(options(count)))
    all.push(picked.join(' '))
    if (picked.join(' ') !== odometer.taken.join(' ')) throw new Error('taken is not what was picked')
  } while (odometer.next())
  return all
}

function combinations(run: Run, picked: readonly number[] = []): string[] {
  const count = run(picked)
  if (count === 0) return [picked.join(' ')]
  return options(count).flatMap(code => combinations(run, [...picked, code]))
}

test('the odometer visits every combination exactly once, in order, also when later choices depend on earlier ones', t => {
  const runs = fc.tuple(fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }), fc.nat(4)).map(
    ([sizes, most]): Run =>
      picked =>
        picked.length >= most ? 0 : sizes[picked.reduce((sum, code) => sum + code / 10 + 1, 0) % sizes.length],
  )
  fc.assert(fc.property(runs, run => t.deepEqual(visited(run), combinations(run))))
})

test('the odometer starts anew after a run that was left in the middle', t => {
  const odometer = new Odometer()
  odometer.start()
  odometer.pick(options(3))
  odometer.next()
  odometer.start()
  t.is(odometer.pick(options(3)), 0)
})

test('a record gives back its choices in order, and says what it chose', t => {
  const recorded = new Recorded([20, 0])
  t.is(recorded.pick(options(3), what), 20)
  t.is(recorded.pick(options(1), { step: 'there', set: '', show: code => `number ${code}` }), 0)
  t.deepEqual(recorded.said, ['frame 20', 'there: number 0'])
})

test('a record does not choose what is not eligible, nor more often than it was recorded', t => {
  t.throws(() => new Recorded([5]).pick(options(3), what), {
    instanceOf: ChoiceError,
    message: /here cannot choose frame 5/,
  })
  t.throws(() => new Recorded([]).pick(options(3), what), { instanceOf: ChoiceError, message: /no more choices/ })
})
