// Scenarios run as they read: settings, commands, questions, answers. What a scenario gets wrong is told apart from what
// the system gets wrong.

import test from 'ava'
import { NotationError, parseScenario } from '../notation/index.js'
import { boundsOf, type OpenSide, openImplementation, openModel, partings, runScenario, settingNames } from './index.js'

const run = (text: string, side: OpenSide = openModel) => runScenario(parseScenario(text, { file: 'a.mm' }), side)

/** Runs a text that must be refused. */
function refused(text: string, side: OpenSide = openModel): NotationError {
  try {
    run(text, side)
  } catch (error) {
    if (error instanceof NotationError) return error
    throw error
  }
  throw new Error('the scenario was not refused')
}

const sides = [
  ['model', openModel],
  ['implementation', openImplementation],
] as const

for (const [name, side] of sides) {
  test(`on the ${name}, every step has its answer, expected or not`, t => {
    const ran = run('P0 spawn\nP0 mmap @1 2 rw private|anon|fixed -> ok @1\nP0 read @1 -> v:4\n? vmas P0', side)
    t.deepEqual(
      ran.steps.map(step => [step.line, step.says, step.answer, step.expected, step.asExpected]),
      [
        [1, 'P0 spawn', 'ok', null, true],
        [2, 'P0 mmap @1 2 rw private|anon|fixed', 'ok @1', 'ok @1', true],
        [3, 'P0 read @1', 'v:0', 'v:4', false],
        [4, '? vmas P0', '@1-2 rw anon', null, true],
      ],
    )
    t.false(ran.ok)
  })

  test(`on the ${name}, a command that cannot be issued is a mistake of the scenario, with its place and the reason`, t => {
    const mapped = 'P0 spawn\nP0 mmap @0 2 rw private|anon|fixed\n'
    const cases: readonly (readonly [string, string])[] = [
      ['P0 read @0', 'a.mm:1:1: P0 is not alive'],
      ['P0 exit', 'a.mm:1:1: P0 is not alive'],
      ['P0 spawn\n  P0 spawn', 'a.mm:2:3: P0 is alive already'],
      [`${mapped}P0 swapout @1`, 'a.mm:3:1: page @1 of P0 is not resident: it holds nothing'],
      [`${mapped}P0 write @1 5\nP0 swapin @1`, 'a.mm:4:1: page @1 of P0 is not swapped: it has a frame'],
      [`${mapped}P0 read @1\nP0 swapout @1\nP0 swapout @1`, 'a.mm:5:1: page @1 of P0 is not resident: it is in a slot'],
    ]
    for (const [text, message] of cases) t.is(refused(text, side).message, message)
  })

  test(`on the ${name}, a range past a window that is not at the top is not issued`, t => {
    const text = 'with window=straddle-1\nP0 spawn\nP0 mmap @7 2 r private|anon|fixed -> ok @7'
    t.regex(refused(text, side).message, /^a\.mm:3:1: the range passes the end of the window/)
    t.true(run('P0 spawn\nP0 mmap @7 2 r private|anon|fixed -> E:ENOMEM', side).ok)
  })

  test(`on the ${name}, the real x86-64 geometry answers as the tiny one, wherever the window lies`, t => {
    const steps =
      'P0 spawn\nP0 mmap @2 4 rw private|anon|fixed\nP0 write @3 1\nP0 write @4 2\nP0 swapout @3\nP0 read @3 -> v:1'
    for (const window of ['top', 'straddle-1', 'straddle-2', 'straddle-3']) {
      t.true(run(`with geometry=x86 window=${window}\n${steps}\n? states P0 @2-5 -> .aa.`, side).ok)
    }
  })
}

test('a process, page, count or byte that the machine does not have is refused with what it has', t => {
  t.is(refused('P2 spawn').message, 'a.mm:1:1: process P2 is outside, with processes=2; expected P0 to P1')
  t.is(refused('P0 spawn\nP0 read @8').message, 'a.mm:2:1: page @8 is outside, with pages=8; expected @0 to @7')
  t.is(refused('P0 spawn\nP0 munmap @0 9').message, 'a.mm:2:1: count 9 is outside, with pages=8; expected 0 to 8')
  t.is(refused('P0 write @0 0').message, 'a.mm:1:1: byte 0 is outside, with values=200; expected 1 to 200')
  t.is(refused('? vmas P7').message, 'a.mm:1:1: process P7 is outside, with processes=2; expected P0 to P1')
})

test('a question about a page beyond the window answers outside', t => {
  t.true(run('? state P0 @8 -> outside').ok)
})

test('a misspelt setting is refused at its place, with the nearest one', t => {
  const error = refused('with pages=4 frame=2')
  t.deepEqual([error.line, error.column, error.nearest], [1, 14, 'frames'])
  t.deepEqual(error.expected, settingNames)
})

test('a value outside its range, or a word that a switch does not know, is refused where it stands', t => {
  t.is(refused('with frames=99').message, 'a.mm:1:13: frames cannot be 99; expected 1 to 64')
  t.is(refused('with frames=few').message, 'a.mm:1:13: frames cannot be few; expected 1 to 64')
  const word = refused('with tables=seperate')
  t.deepEqual([word.column, word.nearest], [13, 'separate'])
  t.is(refused('with tables=2').message, 'a.mm:1:13: tables cannot be 2; expected one of separate, counted')
})

test('settings that are left out are comfortable, and each process has room for a space', t => {
  const { sizes, switches } = boundsOf({})
  t.deepEqual(sizes, { process: 2, space: 2, page: 8, frame: 8, slot: 4, region: 8, value: 200, tableFrame: 18 })
  t.deepEqual(switches, { tables: 'separate', window: 'top', geometry: 'tiny' })
  t.is(boundsOf(parseScenario('with processes=3').setup).sizes.space, 3)
  t.is(boundsOf(parseScenario('with processes=3 spaces=1').setup).sizes.space, 1)
})

test('two sides that answer differently part at the line where they do', t => {
  const forgetful: OpenSide = bounds => {
    const side = openModel(bounds)
    return {
      ...side,
      run: command => (command.name === 'load' ? { is: 'ok', value: 0 } : side.run(command)),
    }
  }
  const text = 'P0 spawn\nP0 mmap @0 1 rw private|anon|fixed\nP0 write @0 3\nP0 read @0 -> v:3'
  t.deepEqual(partings(run(text), run(text, forgetful)), [{ line: 4, says: 'P0 read @0', one: 'v:3', other: 'v:0' }])
  t.deepEqual(partings(run(text), run(text, openImplementation)), [])
})

test('the same scenario gives the same result twice', t => {
  const text = 'with frames=2\nP0 spawn\nP1 spawn\nP0 mmap @0 3 rw private|anon|fixed\nP0 write @2 9\n? states P0 @0-2'
  t.deepEqual(run(text), run(text))
})
