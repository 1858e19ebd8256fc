import test from 'ava'
import fc from 'fast-check'
import { blankSetting, blankSystem } from '../../model/kit/blank.js'
import { kit, type Machine, machineOf, range, record } from '../../model/kit/index.js'
import { keysOf } from './keys.js'

/** A machine whose state is one leaf for each size, with so many values. */
function machineWith(sizes: readonly number[]): Machine {
  const state = record(Object.fromEntries(sizes.map((size, i) => [`leaf${i}`, range(0, size - 1)])))
  const nothing = kit<unknown>()
    .operation('nothing', { args: {} })
    .steps({ nothing: () => undefined })
  return machineOf({ ...blankSystem, name: 'sample', state, operations: [nothing] }, blankSetting('whole'))
}

/** Leaves of one value (no cell), of one byte and of two; up to fifty, so that keys have two words and many. */
const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 250, max: 700 })), { maxLength: 50 })
const machines = sizes.chain(chosen => {
  const machine = machineWith(chosen)
  const codes = fc.tuple(...machine.cells.map(cell => fc.nat(cell.values - 1)))
  return fc.tuple(codes, codes).map(states => ({ machine, states: states.map(s => bytesOf(machine, s)) }))
})
function bytesOf(machine: Machine, codes: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(machine.bytes)
  machine.cells.forEach((cell, i) => {
    bytes[cell.at] = codes[i] & 255
    if (cell.bytes === 2) bytes[cell.at + 1] = codes[i] >> 8
  })
  return bytes
}

test('unpacking a packed state gives the same bytes, wherever in the buffer it lies', t => {
  fc.assert(
    fc.property(machines, fc.nat(5), ({ machine, states }, place) => {
      const keys = keysOf(machine)
      const buffer = new Int32Array((place + 1) * keys.words).fill(-1)
      for (const state of states) {
        const again = new Uint8Array(machine.bytes)
        keys.pack(state, buffer, place * keys.words)
        keys.unpack(buffer, place * keys.words, again)
        t.deepEqual(again, state)
      }
    }),
  )
})

test('different states have different keys, equal states equal ones', t => {
  fc.assert(
    fc.property(machines, ({ machine, states: [a, b] }) => {
      const keys = keysOf(machine)
      const packed = [a, b].map(state => {
        const out = new Int32Array(keys.words)
        keys.pack(state, out, 0)
        return out.join()
      })
      t.is(packed[0] === packed[1], a.join() === b.join())
    }),
  )
})

test('no word of a key uses its highest bit: the visited set marks taken places there', t => {
  for (const size of [2, 256, 65_536]) {
    const machine = machineWith(Array.from({ length: 9 }, () => size))
    const keys = keysOf(machine)
    const out = new Int32Array(keys.words)
    const full = machine.cells.map(() => size - 1)
    keys.pack(bytesOf(machine, full), out, 0)
    t.true(out.every(word => word >= 0))
    t.is(keys.bits, 9 * Math.log2(size))
  }
})

test('a machine without a single cell still has a key', t => {
  const keys = keysOf(machineWith([]))
  t.deepEqual([keys.words, keys.bits], [2, 0])
})
