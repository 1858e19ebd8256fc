// mincore tells what is resident, page by page.

import test from 'ava'
import { EINVAL, ENOMEM } from '../answers.js'
import { tinyBoot } from '../boot.js'
import { createMachine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from './mapping.js'

const { guard, none, rw } = protectionBits
const { fixed, shared } = mapFlags

test('refusals come in the order of the specification, and no pages are none', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  t.is(machine.mincore(0, 1, 0), EINVAL)
  t.is(machine.mincore(0, 64, 0), 1)
  t.is(machine.mincore(0, 0, 33 * 64), ENOMEM)
  t.is(machine.mincore(0, 0, 64), ENOMEM)
})

test('resident is what has a frame, whatever may be done with it, and what the object has one for', t => {
  const machine = createMachine(tinyBoot)
  machine.spawn(0)
  machine.mmap(0, 0, 4 * 64, rw, fixed)
  machine.mmap(0, 4 * 64, 2 * 64, rw, fixed | shared)
  for (const page of [0, 1, 2, 4]) machine.store(0, page * 64, 1)
  machine.swapOut(0, 64)
  machine.mprotect(0, 2 * 64, 64, none)
  t.is(machine.mincore(0, 0, 6 * 64), 0b101_0101)
  machine.mprotect(0, 4 * 64, 64, guard)
  t.is(machine.mincore(0, 4 * 64, 64), 0b10)
  machine.mprotect(0, 4 * 64, 64, rw)
  t.is(machine.mincore(0, 4 * 64, 64), 0b11)
})
