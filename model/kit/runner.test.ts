// What a step may do and where it leads: every form of step, every granularity, the packed engine with and without
// notes and the immer engine. Each little system is explored completely on all of them, and they must agree.

import test from 'ava'
import { blankSetting, blankSystem } from './blank.js'
import {
  block,
  bool,
  choose,
  DomainError,
  disabled,
  done,
  type Engine,
  each,
  fail,
  fault,
  type Granularity,
  go,
  granularities,
  ImmerEngine,
  killed,
  kit,
  labelOf,
  leave,
  list,
  ModelError,
  machineOf,
  Odometer,
  type Of,
  type Operation,
  oneOf,
  optional,
  PackedEngine,
  PackedHost,
  type Rule,
  Runner,
  range,
  readCell,
  record,
  refuse,
  type Setting,
  set,
  step,
  sweep,
  transition,
  viewOf,
  weak,
  worldOf,
} from './index.js'

const box = set('box')
const state = record({
  trail: range(0, 9999),
  lamp: bool,
  boxes: list(box, record({ full: bool })),
  ghost: record({ moves: range(0, 9) }),
})
type M = Of<typeof state>
const { operation, rule } = kit<M>()
const noSpace = refuse('ENOSPC')

type Sample = { readonly operations: readonly Operation[]; readonly rules?: readonly Rule[] }
type More = Partial<Setting> & {
  readonly sizes?: { readonly [set: string]: number }
  readonly symmetric?: readonly string[]
}

const sample = ({ operations, rules = [] }: Sample, granularity: Granularity, more: More = {}) => {
  const { sizes = { cpu: 1, box: 3 }, symmetric = [], ...other } = more
  const system = { ...blankSystem, name: 'sample', state, operations, rules, symmetric }
  return machineOf(system, { ...blankSetting(granularity, sizes), choices: 'all', ...other })
}

/** Every reachable state with its transitions: command, choices, answer, successor. */
function explored(engine: Engine): Map<string, readonly string[]> {
  const first = new Uint8Array(engine.machine.bytes)
  const found = new Map<string, readonly string[]>()
  const queue = new Map([[first.join(), first]])
  for (const [key, bytes] of queue) {
    const lines: string[] = []
    engine.load(bytes)
    engine.transitions((command, signal) => {
      const said = signal.then === 'answer' ? labelOf(signal.outcome, true) : signal.then
      const next = engine.bytes.slice()
      lines.push(`${command.index} [${engine.taken.join(' ')}] ${said} ${next.join()}`)
      if (!queue.has(next.join())) queue.set(next.join(), next)
    })
    found.set(key, lines)
  }
  return found
}

/** All engines agree on the whole space; answers the states as they read. */
function agreed(what: Sample, granularity: Granularity, more: More = {}) {
  const machine = sample(what, granularity, more)
  const packed = explored(new PackedEngine(machine))
  const noted = explored(new PackedEngine(machine, { read: () => undefined, write: () => undefined }))
  const immer = explored(new ImmerEngine(machine))
  const same =
    JSON.stringify([...packed]) === JSON.stringify([...immer]) &&
    JSON.stringify([...packed]) === JSON.stringify([...noted])
  if (!same) throw new Error('the engines disagree')
  const bytes = new Uint8Array(machine.bytes)
  const m = viewOf(machine.layout, { bytes }) as M & { ghost: { moves: number } }
  const states = [...packed.keys()].map(key => {
    bytes.set(key.split(',').map(Number))
    const idle = machine.counters.every(counter => readCell(bytes, counter) === 0)
    return { trail: m.trail, lamp: m.lamp, full: [...m.boxes].filter(b => b.full).length, moves: m.ghost.moves, idle }
  })
  const answers = new Set([...packed.values()].flat().map(line => line.split('] ')[1].replace(/ [\d,]+$/, '')))
  return { states, answers, transitions: [...packed.values()].flat().length }
}
/** Trails that operations leave behind when all are done. */
const trails = (states: readonly { trail: number; idle: boolean }[]) =>
  [...new Set(states.filter(s => s.idle && s.trail > 0).map(s => s.trail))].sort((a, b) => a - b)

const once = (m: { readonly trail: number }) => (m.trail > 0 ? disabled : undefined)
const write = (m: { trail: number }, item: number) => {
  m.trail = m.trail * 10 + item + 1
}

const inOrder = operation('in order', { args: {} }).steps({
  once,
  each: each(box, (m, _my, b) => write(m, b)),
})
const anyOrder = operation('any order', { args: {} }).steps({ once, sweep: sweep(box, (m, _my, b) => write(m, b)) })
const someOf = operation('some of them', { args: {} }).steps({
  once,
  each: each(box, (m, _my, b) => write(m, b), { where: (_my, b) => b !== 1 }),
  sweep: sweep(box, (m, _my, b) => write(m, b), { where: (_my, b) => b === 1 }),
  none: each(box, () => refuse('EINVAL'), { where: () => false }),
})
for (const granularity of granularities) {
  test(`each visits members in ascending order, sweep in every order, both only those they want (${granularity})`, t => {
    t.deepEqual(trails(agreed({ operations: [inOrder] }, granularity).states), [123])
    t.deepEqual(trails(agreed({ operations: [anyOrder] }, granularity).states), [123, 132, 213, 231, 312, 321])
    const some = agreed({ operations: [someOf] }, granularity)
    t.deepEqual(trails(some.states), [132])
    t.false(some.answers.has('refused EINVAL'))
  })

  test(`a choice takes each eligible member, and waits or answers when there is none (${granularity})`, t => {
    const fill = operation('fill', { args: {}, answers: [noSpace] }).steps({
      choose: choose(
        box,
        (m, _my, b) => !m.boxes[b].full,
        (m, _my, b) => {
          m.boxes[b].full = true
          return done(b)
        },
        { none: () => noSpace },
      ),
    })
    const waiting = operation('fill', { args: {} }).steps({
      choose: choose(
        box,
        (m, _my, b) => !m.boxes[b].full,
        (m, _my, b) => {
          m.boxes[b].full = true
        },
      ),
    })
    const all = agreed({ operations: [fill] }, granularity)
    t.is(all.states.length, 8)
    t.deepEqual([...all.answers].sort(), ['ok 0', 'ok 1', 'ok 2', 'refused ENOSPC'])
    t.is(all.transitions, 3 * 4 + 1)
    t.is(agreed({ operations: [waiting] }, granularity).transitions, 3 * 4)
  })

  test(`go leads back and out of a loop, which then starts anew (${granularity})`, t => {
    const twice = operation('twice', { args: {} }).steps({
      once,
      each: each(box, (m, _my, b) => (b === 1 && m.trail === 1 ? go('mark') : write(m, b))),
      end: () => done(7),
      mark: m => {
        m.trail = 9
        return go('each')
      },
    })
    const { states, answers } = agreed({ operations: [twice] }, granularity)
    t.true(answers.has('ok 7'))
    t.deepEqual(trails(states), [9123])
  })

  test(`leave carries its answer through the unwinding, also out of a loop (${granularity})`, t => {
    const unwinds = operation('unwinds', { args: {}, answers: [noSpace, fail('ENOMEM')] }).steps({
      once,
      light: m => {
        m.lamp = true
      },
      first: m => (m.boxes[0 as never].full ? leave('dark', fail('ENOMEM')) : undefined),
      sweep: sweep(box, (_m, _my, b) => (b === 2 ? leave('dark', noSpace) : undefined)),
      mark: m => write(m, 0),
      dark: m => {
        m.lamp = false
      },
    })
    const toggle = operation('toggle', { args: {} }).steps({
      toggle: m => {
        m.boxes[0 as never].full = !m.boxes[0 as never].full
      },
    })
    const { states, answers } = agreed({ operations: [unwinds, toggle] }, granularity)
    t.true(answers.has('refused ENOSPC') && answers.has('failed ENOMEM'))
    t.true(states.every(s => s.trail === 0 && !(s.idle && s.lamp)))
  })

  test(`an operation whose only step goes back to itself comes to its end (${granularity})`, t => {
    const counts = operation('counts', { args: {}, answers: [noSpace] }).steps({
      count: m => {
        if (m.trail === 3) return leave('count2', noSpace)
        m.trail++
        return go('count')
      },
      count2: () => undefined,
    })
    const alone = operation('alone', { args: {} }).steps({
      count: m => {
        if (m.trail === 3) return
        m.trail++
        return go('count')
      },
    })
    t.true(agreed({ operations: [counts] }, granularity).answers.has('refused ENOSPC'))
    const { states, answers } = agreed({ operations: [alone] }, granularity)
    t.true(answers.has('ok') && states.some(s => s.idle && s.trail === 3))
  })

  test(`the ghost state moves with each act and with nothing else (${granularity})`, t => {
    const moves = (m: { ghost: { moves: number } }) => {
      m.ghost.moves++
    }
    const acts = operation('acts', { args: {}, answers: [noSpace] }).steps({
      once,
      plain: step((m: M) => write(m, 0), moves),
      each: each(box, () => undefined, { ghost: moves }),
      sweep: sweep(box, () => undefined, { ghost: moves }),
      choose: choose(
        box,
        (_m, _my, b) => b === 1,
        () => undefined,
        { ghost: moves },
      ),
      leaves: step(() => leave('end', noSpace), moves),
      end: () => undefined,
    })
    const { states } = agreed({ operations: [acts] }, granularity)
    t.deepEqual([...new Set(states.filter(s => s.idle && s.trail > 0).map(s => s.moves))], [8])
  })
}

test('an operation that has nothing to do answers at once', t => {
  const idle = operation('idle', { args: {} }).steps({ each: each(box, () => refuse('EINVAL')) })
  t.deepEqual([...agreed({ operations: [idle] }, 'full', { sizes: { cpu: 1, box: 0 } }).answers], ['ok'])
})

test('every kind of answer reads as it should', t => {
  const answers = [done(), done(3), refuse('EINVAL'), fail('ENOMEM'), fault('SIGSEGV ACCERR'), killed]
  t.deepEqual(
    answers.map(a => labelOf(a.outcome, true)),
    ['ok', 'ok 3', 'refused EINVAL', 'failed ENOMEM', 'faulted SIGSEGV ACCERR', 'killed'],
  )
  t.is(refuse('EINVAL'), refuse('EINVAL'))
  t.is(fail('ENOMEM'), fail('ENOMEM'))
})

// Where another CPU may run.

const asks = operation('asks', { args: {} }).steps({
  ask: m => {
    m.lamp = true
  },
  wait: m => (m.lamp ? block : undefined),
  mark: m => {
    m.trail = 1
  },
  release: m => {
    m.trail = 0
  },
})
const answerer = rule('answers', { args: {}, interrupt: true }, m => {
  if (!m.lamp) return disabled
  m.lamp = false
})

test('an operation gives way nowhere, where it waits, where it does not just give back, or after every step', t => {
  const counts = (granularity: Granularity, rules: readonly Rule[] = [answerer]) => {
    const { states, answers } = agreed({ operations: [asks], rules }, granularity, { fuse: ['release'] })
    return [states.length, answers.has('stuck')]
  }
  t.deepEqual(counts('whole'), [1, false])
  t.deepEqual(counts('blocked'), [3, false])
  t.deepEqual(counts('fused'), [4, false])
  t.deepEqual(counts('full'), [5, false])
  t.deepEqual(counts('whole', []), [2, true])
})

test('a transition that comes to no end is an error of the model, except where it ends after one step', t => {
  const spins = operation('spins', { args: {} }).steps({
    start: m => {
      m.lamp = true
    },
    spin: () => go('spin'),
  })
  for (const granularity of ['whole', 'blocked'] as const) {
    t.throws(() => agreed({ operations: [spins] }, granularity), {
      instanceOf: ModelError,
      message: /spins comes to no end/,
    })
  }
  t.is(agreed({ operations: [spins] }, 'full').states.length, 2)
})

test('a transition that no interrupt ever ends is an error of the model', t => {
  const tick = rule('tick', { args: {}, interrupt: true }, () => undefined)
  const waits = operation('waits', { args: {} }).steps({ start: () => undefined, wait: () => block })
  t.throws(() => agreed({ operations: [waits], rules: [tick] }, 'whole'), {
    instanceOf: ModelError,
    message: /comes to no end/,
  })
})

test('only a first step may say that the command cannot be issued', t => {
  const late = operation('late', { args: {} }).steps({ first: () => undefined, second: () => disabled })
  for (const granularity of granularities) {
    t.throws(() => agreed({ operations: [late] }, granularity), {
      instanceOf: ModelError,
      message: /disabled when it is under way/,
    })
  }
})

// A step decides or acts.

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
  const steps = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [`s${i}`, i === 299 ? inOrder.steps.once : () => undefined]),
  )
  const long = operation('long', { args: {} }).steps({
    ...steps,
    last: m => {
      m.trail = 1
    },
  })
  const machine = sample({ operations: [long] }, 'full')
  t.is(machine.counters[0].bytes, 2)
  t.throws(() => agreed({ operations: [long] }, 'full'), { message: /under way/ })
  t.is(
    agreed({ operations: [operation('long', { args: {} }).steps({ ...steps, s299: () => undefined })] }, 'full').states
      .length,
    300,
  )
})

test('a transition on immer is pure: frozen in, frozen out, and the same world where nothing happened', t => {
  const machine = sample({ operations: [inOrder, asks] }, 'full')
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
