// What reports print of the memory system can be typed again: every command of a scope reads back as itself.

import test from 'ava'
import { done, fault, refuse } from '../model/kit/index.js'
import { type CommandName, commands } from '../spec/interface.js'
import { commandText, outcomeText } from './describe.js'
import { memory } from './memory/system.js'
import { makesSense, parseScenario } from './notation/index.js'
import { bindScope, loadScope } from './scope/index.js'

/** Operations without a word in the notation: nobody outside the model can ask for them. */
const onlyInTheModel: readonly string[] = ['pin', 'unpin', 'switch', 'idle', 'vmap', 'vunmap', 'kill', 'reap']
const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)

const { machine } = bindScope(loadScope('tiny-separate'))
const toy = bindScope(loadScope('tlb')).machine

test('every command of the memory system is printed in the notation', t => {
  for (const command of machine.commands.filter(({ name, args }) => makesSense({ ...args, name } as never))) {
    const [step] = parseScenario(commandText(machine, command)).steps
    const { cpu: _, ...args } = command.args
    t.deepEqual(step.is === 'command' ? step.command : null, { name: command.name, ...args } as never)
  }
})

test('arguments of every operation are the fields of its command', t => {
  for (const { name, args } of memory.operations) {
    t.true(isCommandName(name) || onlyInTheModel.includes(name), name)
    if (isCommandName(name)) t.deepEqual(Object.keys(args).sort(), Object.keys(commands[name].fields).sort(), name)
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
