// Walking a path again: what each step says of itself, and records that do not fit.

import test from 'ava'
import { ChoiceError, type Machine, ModelError, machineOf } from '../../model/kit/index.js'
import { choice } from '../toys/choice.js'
import { deadlock } from '../toys/deadlock.js'
import { settingOf, sized } from '../toys/index.js'
import { mmSmall } from '../toys/mm-small.js'
import { missed, tlb } from '../toys/tlb.js'
import { explore } from './explore.js'
import { initialState } from './initial.js'
import { diffOf, FollowError, follow, leavesOf, walk } from './trace.js'

const again = machineOf(tlb, settingOf(tlb, 'full', { mutant: missed[1] }))
const path = explore(again).found?.path ?? []

test('a walked path starts in the first state, ends in the last, and each step begins where the one before ended', t => {
  const steps = walk(again, path)
  t.is(steps.length, path.length)
  t.deepEqual(steps[0].before, initialState(again))
  steps.slice(1).forEach((step, i) => {
    t.deepEqual(step.before, steps[i].after)
  })
})

test('a step says its operation, the step that ran, its choices, and what changed', t => {
  const said = walk(again, path).map(
    s => `${s.command.kind} ${s.operation} ${s.step} [${s.choices.join()}] ${s.signal.then}`,
  )
  t.deepEqual(said.slice(0, 2), ['start map read [] moved', 'resume map look [] moved'])
  t.true(said.includes('resume map install [frame 0] moved'))
  const last = walk(again, path).at(-1)
  t.deepEqual(
    last?.diff.filter(change => !change.path.startsWith('cpu ')),
    [
      { path: 'pages[0].entry', from: 'present(frame 0)', to: 'present(frame 1)' },
      { path: 'frames[1].references', from: '0', to: '1' },
    ],
  )
})

test('a record of commands and choices leads the same way as the path it was made from', t => {
  const steps = walk(again, path)
  const followed = follow(
    again,
    steps.map(s => s.taken),
  )
  t.deepEqual(followed, steps)
})

test('a rule has no step of its own', t => {
  const machine = machineOf(deadlock, settingOf(deadlock, 'full'))
  const rule = walk(machine, explore(machine).found?.path ?? []).find(s => s.command.kind === 'rule')
  t.deepEqual([rule?.operation, rule?.step, rule?.rule], ['disk answers', '', ''])
})

test('a state reads leaf by leaf, with what every CPU is in the middle of', t => {
  const machine = machineOf(choice, settingOf(choice, 'full', { ...sized({ cpu: 2, box: 2 }), choices: 'all' }))
  const [first] = leavesOf(machine, initialState(machine))
  t.deepEqual(first, { path: 'boxes[0].full', value: 'false' })
  const start = machine.commands.findIndex(c => c.kind === 'start' && c.name === 'fill' && c.cpu === 1)
  const [step] = follow(machine, [{ command: start, choices: [1] }])
  t.deepEqual(step.diff, [{ path: 'cpu 1', from: 'idle', to: 'fill.fill(hands 1)' }])
  t.deepEqual(step.choices, ['box 1'])
  t.deepEqual(diffOf(machine, step.before, step.before), [])
})

const fillAt = (machine: Machine) => machine.commands.findIndex(c => c.kind === 'start' && c.name === 'fill')
const whole = machineOf(choice, settingOf(choice, 'whole', sized({ cpu: 1, box: 2 })))
const full = machineOf(choice, settingOf(choice, 'full', sized({ cpu: 1, box: 2 })))

test('a record that names no command, or one that cannot be issued there, is refused with its place', t => {
  const fill = { command: fillAt(whole), choices: [0] }
  const unknown = t.throws(() => follow(whole, [fill, { command: 99, choices: [] }]), { instanceOf: FollowError })
  t.is(unknown?.message, 'step 2 cannot be taken: there is no command 99')
  t.is(unknown?.at, 1)
  const early = t.throws(() => follow(whole, [{ command: fillAt(whole) + 1, choices: [] }]), {
    instanceOf: FollowError,
  })
  t.is(early?.message, 'step 1 cannot be taken: empty is disabled there')
  const resume = t.throws(() => follow(full, [{ command: 0, choices: [] }]), { instanceOf: FollowError })
  t.is(resume?.message, 'step 1 cannot be taken: resume is disabled there')
})

test('a record that blocks is refused', t => {
  const machine = machineOf(deadlock, settingOf(deadlock, 'full'))
  const start = (cpu: number) =>
    machine.commands.findIndex(c => c.kind === 'start' && c.name === 'forwards' && c.cpu === cpu)
  const both = [0, 1].map(cpu => ({ command: start(cpu), choices: [] }))
  t.throws(() => follow(machine, both), { instanceOf: FollowError, message: /forwards is blocked there/ })
})

test('a record must hold just the choices that are made, and only eligible ones', t => {
  const command = fillAt(whole)
  t.throws(() => follow(whole, [{ command, choices: [] }]), { instanceOf: ChoiceError })
  t.throws(() => follow(whole, [{ command, choices: [5] }]), { instanceOf: ChoiceError })
  t.throws(() => follow(whole, [{ command, choices: [0, 1] }]), {
    instanceOf: FollowError,
    message: 'step 1 cannot be taken: fill makes 1 choices, and the record holds 2',
  })
})

test('a path through a transition that is not there is an error', t => {
  const machine = machineOf(mmSmall, settingOf(mmSmall, 'whole'))
  t.throws(() => walk(machine, [0, 1000]), { instanceOf: ModelError, message: /no transition 1000/ })
})
