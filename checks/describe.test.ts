// What reports print of the memory system can be typed again: every command of a scope reads back as itself.

import test from 'ava'
import { done, fault, refuse } from '../model/kit/index.js'
import { commandText, outcomeText } from './describe.js'
import { parseScenario } from './notation/index.js'
import { bindScope, loadScope } from './scope/index.js'

const { machine } = bindScope(loadScope('tiny-separate'))
const toy = bindScope(loadScope('tlb')).machine

test('every command of the memory system is printed in the notation', t => {
  for (const command of machine.commands) {
    const [step] = parseScenario(commandText(machine, command)).steps
    const { cpu: _, ...args } = command.args
    t.deepEqual(step.is === 'command' ? step.command : null, { name: command.name, ...args } as never)
  }
})

test('answers of the memory system are printed in the notation', t => {
  t.is(outcomeText(machine, 'mmap', done(1)), 'ok @1')
  t.is(outcomeText(machine, 'load', done(0)), 'v:0')
  t.is(outcomeText(machine, 'store', done()), 'ok')
  t.is(outcomeText(machine, 'spawn', refuse('EAGAIN')), 'E:EAGAIN')
  t.is(outcomeText(machine, 'load', fault('SIGSEGV MAPERR')), 'SIGSEGV:MAPERR')
})

test('commands of a toy name their arguments, and the CPU where there are several', t => {
  const texts = toy.commands.map(command => commandText(toy, command))
  t.true(texts.includes('cpu 1: resume'))
  t.true(texts.includes('cpu 0: unmap page=1'))
})
