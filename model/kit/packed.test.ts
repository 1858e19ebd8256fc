// What a transition may write: nothing when it decides, nothing outside a domain, and the host's notes say what it did.
// And what is under way: its counter in two bytes, its members named by nothing but a CPU's hands.

import test from 'ava'
import {
  block,
  choose,
  DomainError,
  disabled,
  go,
  granularities,
  ImmerEngine,
  leave,
  ModelError,
  Odometer,
  oneOf,
  optional,
  PackedEngine,
  PackedHost,
  Runner,
  range,
  refuse,
  type Setting,
  sweep,
  transition,
  weak,
  worldOf,
} from './index.js'
import { agreed, box, explored, noSpace, operation, sample } from './trial.js'

const naughty = (answer: () => ReturnType<typeof refuse> | typeof block | typeof disabled) =>
  operation('naughty', { args: {}, answers: [refuse('EINVAL')] }).steps({
    only: m => {
      m.lamp = !m.lamp
      return answer()
    },
  })

test('a step that writes and then blocks or is disabled is caught where it runs directly', t => {
  for (const answer of [() => block, () => disabled]) {
    const engine = new PackedEngine(sample({ operations: [naughty(answer)] }, 'whole'))
    t.throws(() => explored(engine), { instanceOf: ModelError, message: /has written the state/ })
  }
})

test('a step that writes and then decides is caught where writes are counted, at every granularity', t => {
  const leaves = operation('naughty', { args: {}, answers: [noSpace] }).steps({
    first: m => {
      m.lamp = true
      return leave('last', noSpace)
    },
    last: () => undefined,
  })
  const all = [naughty(() => block), naughty(() => disabled), naughty(() => refuse('EINVAL')), leaves]
  for (const granularity of granularities) {
    for (const it of all) {
      const engine = new PackedEngine(sample({ operations: [it] }, granularity), { write: () => undefined })
      t.throws(() => explored(engine), {
        instanceOf: ModelError,
        message: /naughty\.\w+ has written the state and then answers/,
      })
    }
  }
})

// Cells.

test('a local holds nothing outside its domain, packed or plain', t => {
  const wrong = operation('wrong', { args: {}, locals: { count: range(0, 2), word: oneOf('a', 'b') } }).steps({
    first: (_m, my) => {
      my.count = 3
    },
    second: () => undefined,
  })
  const machine = sample({ operations: [wrong] }, 'full')
  t.throws(() => explored(new PackedEngine(machine)), { instanceOf: DomainError, message: /wrong.count cannot hold 3/ })
  t.throws(() => explored(new ImmerEngine(machine)), { instanceOf: DomainError, message: /wrong.count cannot hold 3/ })
})

test('a write outside a domain throws on both engines', t => {
  const wrong = operation('wrong', { args: {} }).steps({
    only: m => {
      m.trail = 10_000
    },
  })
  for (const granularity of granularities) {
    const machine = sample({ operations: [wrong] }, granularity)
    t.throws(() => explored(new PackedEngine(machine)), { instanceOf: DomainError, message: /trail cannot hold 10000/ })
    t.throws(() => explored(new ImmerEngine(machine)), { instanceOf: DomainError, message: /trail cannot hold 10000/ })
  }
})

test('the notes of a host list exactly the cells that a transition reads and writes', t => {
  const moves = operation('moves', { args: { from: box, to: box } }).steps({
    move: (m, my) => {
      if (!m.boxes[my.from].full) return disabled
      m.boxes[my.from].full = false
      m.boxes[my.to].full = true
      m.trail = 500
    },
  })
  const machine = sample({ operations: [moves] }, 'whole')
  const bytes = new Uint8Array(machine.bytes)
  const at = (path: string) => machine.layout.cells.find(c => c.path === path)?.at ?? -1
  bytes[at('boxes[0].full')] = 1
  const reads: number[] = []
  const writes: number[] = []
  const host = new PackedHost(machine, bytes, { read: a => reads.push(a), write: a => writes.push(a) })
  const command = machine.commands.find(c => c.args.from === 0 && c.args.to === 2)
  t.truthy(command)
  if (command === undefined) return
  const reached = new Uint8Array(machine.stepOwner.length + 1)
  new Runner(machine, host, new Odometer(), reached).run(command)
  t.deepEqual(reads, [at('boxes[0].full')])
  t.deepEqual(writes, [at('boxes[0].full'), at('boxes[2].full'), at('trail')])
  t.is(host.writes(), 3)
  t.is(new PackedHost(machine, bytes, { read: a => reads.push(a) }).writes(), -1)
})

test('an operation of more than 255 steps is counted in two bytes', t => {
  const names = Array.from({ length: 300 }, (_, i) => `s${i}`)
  const long = operation('long', { args: {} }).steps(Object.fromEntries(names.map(name => [name, () => undefined])))
  t.is(sample({ operations: [long] }, 'full').counters[0].bytes, 2)
  t.is(agreed({ operations: [long] }, 'full').states.length, 300)
})

test('a transition on immer is pure: frozen in, frozen out, and the same world where nothing happened', t => {
  const lights = operation('lights', { args: {} }).steps({
    first: m => {
      m.lamp = true
    },
    second: () => undefined,
  })
  const machine = sample({ operations: [lights] }, 'full')
  const before = worldOf(machine, new Uint8Array(machine.bytes))
  const [resume, start] = machine.commands
  const { world, signal } = transition(machine, before, start, new Odometer())
  t.is(signal.then, 'moved')
  t.not(world, before)
  t.true(Object.isFrozen(world) && Object.isFrozen(world.tasks[0]) && Object.isFrozen(world.tasks[0].my))
  t.is(before.tasks[0].at, 0)
  t.is(transition(machine, before, resume, new Odometer()).world, before)
  t.deepEqual(worldOf(machine, new Uint8Array(machine.bytes)), before)
})

test('a step that goes to a step that does not exist is an error of the model', t => {
  const lost = operation('lost', { args: {} }).steps({ first: () => go('nowhere' as 'first'), second: () => undefined })
  t.throws(() => agreed({ operations: [lost] }, 'full'), {
    instanceOf: ModelError,
    message: /lost has no step nowhere/,
  })
  const silent = operation('silent', { args: {} }).steps({
    first: () => leave('second', noSpace),
    second: () => undefined,
  })
  t.throws(() => agreed({ operations: [silent] }, 'full'), { instanceOf: ModelError, message: /does not declare/ })
})

test('representatives: a member that another CPU has in hand, or has swept, is told from its equals', t => {
  const pick = operation('pick', { args: {}, locals: { mine: optional(weak(box)) } }).steps({
    pick: choose(
      box,
      () => true,
      (_m, my, b) => {
        my.mine = b
      },
    ),
    sweep: sweep(box, () => undefined),
    end: () => undefined,
  })
  const count = (choices: Setting['choices']) => {
    const machine = sample({ operations: [pick] }, 'full', { sizes: { cpu: 2, box: 2 }, symmetric: ['box'], choices })
    return new Set([...explored(new PackedEngine(machine)).keys()].map(key => orbit(machine, key))).size
  }
  /** The lesser of a state and its mirror image: boxes 0 and 1 exchanged in every local. */
  const orbit = (machine: ReturnType<typeof sample>, key: string) => {
    const bytes = Uint8Array.from(key.split(',').map(Number))
    const world = worldOf(machine, bytes)
    const mirrored = world.tasks.map(({ at, my }) => {
      const swept = Number(my.loop$ ?? 0)
      const mirror = ((swept & 1) << 1) | (swept >> 1)
      return {
        at,
        my: at === 0 ? {} : { mine: my.mine === null ? null : 1 - Number(my.mine), loop$: mirror, cpu: my.cpu },
      }
    })
    const plain = world.tasks.map(({ at, my }) => ({
      at,
      my: at === 0 ? {} : { mine: my.mine, loop$: my.loop$, cpu: my.cpu },
    }))
    return [JSON.stringify(plain), JSON.stringify(mirrored)].sort()[0]
  }
  t.is(count('representatives'), count('all'))
})
