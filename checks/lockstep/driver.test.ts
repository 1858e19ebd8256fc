// The driver's hands and ears: what an answer means, and what an access must leave behind.

import test from 'ava'
import { EEXIST, type Machine, SEGV_ACCERR, SEGV_MAPERR } from '../../impl/index.js'
import { ChoiceError, type Command, ModelError } from '../../model/index.js'
import { errors } from '../../spec/interface.js'
import { bindScope, loadScope } from '../scope/index.js'
import { NoAbstraction } from './abstraction.js'
import { ChoiceLog, issue, NoAnswer } from './driver.js'
import { Followed } from './followed.js'
import { partedBy } from './parting.js'
import { placementOf } from './placement.js'
import { shipped } from './run.js'

const { machine } = bindScope(loadScope('tiny-limit'))
const placement = placementOf(machine.setting.bounds)

function command(name: string, args: Readonly<Record<string, unknown>> = {}): Command {
  const found = machine.commands.find(
    one => one.name === name && Object.entries(args).every(([key, value]) => one.args[key] === value),
  )
  if (found === undefined) throw new Error(`no command ${name}`)
  return found
}
const started = (): Machine => {
  const implementation = shipped(placement, new ChoiceLog())
  implementation.spawn(0)
  return implementation
}
const run = (implementation: Machine, name: string, args = {}, held = 0) =>
  issue(implementation, placement, command(name, args), held)
const mapped = { page: 0, count: 1, request: 'rw' }

test('every answer reads as an outcome: values, refusals by name, faults by kind', t => {
  const implementation = started()
  const answers = [
    [() => run(implementation, 'exit'), 0, { is: 'ok', value: null }],
    [() => run(implementation, 'spawn'), EEXIST, { is: 'refused', errno: 'EEXIST' }],
    [() => run(implementation, 'munmap'), SEGV_MAPERR, { is: 'faulted', fault: 'SIGSEGV MAPERR' }],
    [() => run(implementation, 'swapIn'), SEGV_ACCERR, { is: 'faulted', fault: 'SIGSEGV ACCERR' }],
  ] as const
  for (const [issued, answer, outcome] of answers) {
    for (const name of ['exit', 'spawn', 'munmap', 'swapIn'] as const) implementation[name] = () => answer
    t.deepEqual(issued(), outcome)
  }
  for (const [errno, number] of Object.entries(errors)) {
    implementation.swapOut = () => -number
    t.deepEqual(run(implementation, 'swapOut'), { is: 'refused', errno })
  }
})

test('an answer that nothing may answer is no answer', t => {
  const implementation = started()
  implementation.spawn = () => -7777
  t.throws(() => run(implementation, 'spawn'), { instanceOf: NoAnswer, message: /unknown answer -7777/ })
  t.throws(() => issue(implementation, placement, { ...command('spawn'), name: 'clone' }, 0), {
    instanceOf: NoAnswer,
    message: /no command clone/,
  })
})

test('addresses become pages of the window again', t => {
  const implementation = started()
  t.deepEqual(run(implementation, 'mmap', { ...mapped, page: 1 }), { is: 'ok', value: 1 })
  t.deepEqual(run(implementation, 'load', { page: 1 }), { is: 'ok', value: 0 })
  t.deepEqual(run(implementation, 'store', { page: 1, byte: 1 }), { is: 'ok', value: null })
  t.deepEqual(run(implementation, 'load', { page: 1 }), { is: 'ok', value: 1 })
})

test('a page that differs in its last word, or in its first, does not read as its byte', t => {
  for (const at of [0, placement.pageBytes - 4]) {
    const implementation = started()
    run(implementation, 'mmap', mapped)
    run(implementation, 'store', { page: 0, byte: 1 })
    implementation.store(0, placement.firstPage * placement.pageBytes + at, 12345)
    const { value } = run(implementation, 'load', { page: 0 }) as { value: number }
    t.not(value, 1)
  }
})

test('a store to a frame that was not cleared is noticed before the page is overwritten', t => {
  const implementation = started()
  run(implementation, 'mmap', mapped)
  run(implementation, 'store', { page: 0, byte: 1 })
  t.notThrows(() => run(implementation, 'store', { page: 0, byte: 1 }, 1))
  t.throws(() => run(implementation, 'store', { page: 0, byte: 1 }, 0), {
    instanceOf: NoAnswer,
    message: /word 1 of the page reads as .* and should read as 0/,
  })
})

test('a store that succeeds for the first word and not for the others is no answer', t => {
  const implementation = started()
  run(implementation, 'mmap', mapped)
  const { store } = implementation
  implementation.store = (process, address, word) => (address % 64 === 0 ? store(process, address, word) : -12)
  t.throws(() => run(implementation, 'store', { page: 0, byte: 1 }), {
    message: /word 1 of a page could not be stored/,
  })
})

test('an access must leave its mark in the entry: accessed, and dirty after a store', t => {
  const accessed = 1 << 5
  const dirty = 1 << 6
  for (const [name, mark, says] of [
    ['load', accessed, 'accessed'],
    ['store', dirty, 'dirty'],
    ['store', accessed, 'dirty'],
  ] as const) {
    const implementation = started()
    run(implementation, 'mmap', mapped)
    run(implementation, 'store', { page: 0, byte: 1 })
    const { inspect, pageTables, memory } = implementation
    const at = pageTables.walk(inspect.rootOf(0), placement.firstPage)
    const real = implementation[name]
    const forgetful = (process: number, address: number, word = 0): number => {
      const answer = real(process, address, word)
      new Int32Array(memory)[at] &= ~mark
      return answer
    }
    implementation[name] = forgetful
    t.throws(() => run(implementation, name, { page: 0 }, 1), {
      message: `the entry is not marked ${says} after the access`,
    })
  }
})

test('the model is told what the implementation took, in order, and only what it allows', t => {
  const log = new ChoiceLog()
  const followed = new Followed(log)
  log.chose('frame', 2)
  log.chose('frame', 1)
  log.chose('table', 0)
  log.chose('table', -1)
  const frame = { step: 'frame', set: 'frame' }
  t.is(followed.pick([1, 2], frame), 2)
  t.throws(() => followed.pick([0], frame), {
    instanceOf: ChoiceError,
    message: /chose frame 1, and the model allows 0/,
  })
  t.throws(() => followed.pick([0], frame), { message: /takes a frame, and the implementation took none/ })
  t.throws(() => followed.pick([0], { step: 'x', set: 'cpu' }), { message: /nothing says which cpu/ })
  t.is(followed.pick([0, 1], { step: 'tables', set: '' }), 0)
  t.is(followed.pick([0, 1], { step: 'tables', set: '' }), 1)
  t.deepEqual(followed.taken, [2, 0, 1])
  followed.clear()
  t.deepEqual(followed.taken, [])
  t.is(followed.pick([1, 2], frame), 2)
  log.clear()
  t.deepEqual(log.taken('frame'), [])
  t.is(new Followed(log).pick([0], { step: 'tables', set: '' }), 0)
})

test('what is evicted is another choice than the frame that is taken then, and a failed attempt is none', t => {
  const log = new ChoiceLog()
  const followed = new Followed(log)
  log.chose('frame', -1)
  log.chose('victim', 3)
  log.chose('slot', 0)
  log.chose('frame', 5)
  t.is(followed.pick([2, 3], { step: 'victim', set: 'frame' }), 3)
  t.is(followed.pick([0, 1], { step: 'slot', set: 'slot' }), 0)
  t.is(followed.pick([5], { step: 'frame', set: 'frame' }), 5)
})

test('exceptions of either side are told by what they mean', t => {
  const about = (error: unknown) => partedBy(error).about
  t.is(about(new ChoiceError('x')), 'choice')
  t.is(about(new ModelError('x')), 'model error')
  t.is(about(new NoAnswer('x')), 'state')
  t.is(about(new NoAbstraction('x')), 'state')
  t.is(about(new Error('x')), 'crash')
  t.is(partedBy('thrown').says, 'the implementation threw: thrown')
})
