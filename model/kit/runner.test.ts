// What a step may do and where it leads: every form of step, at every granularity. Each little system is explored
// completely on the packed engine, with and without notes, and on the immer engine, and they must agree.

import test from 'ava'
import {
  block,
  choose,
  disabled,
  done,
  each,
  fail,
  fault,
  type Granularity,
  go,
  granularities,
  killed,
  labelOf,
  leave,
  ModelError,
  type Rule,
  refuse,
  step,
  sweep,
} from './index.js'
import { agreed, box, type M, noSpace, operation, rule, trails } from './trial.js'

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
