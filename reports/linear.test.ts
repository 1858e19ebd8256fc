// The screen of linearizability on made-up scopes: what agrees, what does not, and what was cut short.

import test from 'ava'
import { type LinearResult, type LinearScope, linearExitCode, linearSchema } from './linear-result.js'
import { renderLinear } from './linear-screen.js'
import { visibleWidth } from './text.js'

const scope: LinearScope = {
  name: 'sum',
  system: 'counter',
  bounds: ['cpus=2'],
  granularity: 'full',
  verdict: 'holds',
  rests: 4,
  starts: 3,
  states: 1234,
  transitions: 5678,
  ends: { ordered: 10, restarted: 2, spurious: 1 },
  ok: true,
}
const violated: LinearScope = {
  ...scope,
  mutant: 'add-takes-no-lock',
  verdict: 'violated',
  violation: {
    says: 'some order answers the same, and none ends in the same state',
    answers: [
      { command: 'cpu 0: add', outcome: 'ok' },
      { command: 'cpu 1: add', outcome: 'ok' },
    ],
    orders: [
      {
        answers: [
          { command: 'cpu 0: add', outcome: 'ok' },
          { command: 'cpu 1: add', outcome: 'ok' },
        ],
        diff: [{ path: 'count', from: '2', to: '1' }],
      },
    ],
    trace: {
      token: 'mm1:sum:0:00',
      initial: [],
      steps: [
        {
          command: 'cpu 0: add',
          outcome: 'under way',
          operation: 'add',
          step: 'look',
          rule: '',
          choices: [],
          diff: [{ path: 'cpu 0', from: 'idle', to: 'add.write()' }],
        },
      ],
    },
    before: 0,
  },
  ok: false,
}
const of = (...scopes: readonly LinearScope[]): LinearResult => ({
  schema: linearSchema,
  verb: 'linear',
  ok: scopes.every(({ ok }) => ok),
  version: '1.2.3',
  scopes,
})
const plain = { colour: false, width: 120 }

test('a line for each scope, and in the end that some order always agrees', t => {
  t.is(
    renderLinear(of(scope), plain),
    [
      'mmspec linear · 1.2.3',
      '',
      'scope  at rest  starts  states  ordered  restarted  spurious  verdict',
      'sum          4       3   1 234       10          2         1  some order agrees, always',
      '',
      '✔ as some order, always · 1 scope',
      '',
    ].join('\n'),
  )
})

test('where no order agrees: what it came to, what orders come to, where it begins, the token, and the steps', t => {
  const screen = renderLinear(of(violated), plain)
  t.regex(screen, /✖ sum with mutant add-takes-no-lock · some order answers the same/)
  t.regex(screen, /came to +cpu 0: add → ok · cpu 1: add → ok/)
  t.regex(screen, /an order +cpu 0: add → ok · cpu 1: add → ok\n +count 2→1/)
  t.regex(screen, /begins +in the first state/)
  t.regex(screen, /mmspec replay mm1:sum:0:00/)
  t.regex(screen, /✖ +1 +cpu 0: add +→ under way: look/)
  t.regex(screen, /✖ 1 scope · 1 as no order/)
})

test('the exit code is that of the worst', t => {
  t.is(linearExitCode(of(scope)), 0)
  t.is(linearExitCode(of(scope, violated, { ...scope, verdict: 'bounded', cut: 'time', ok: false })), 1)
  t.is(linearExitCode(of({ ...scope, verdict: 'bounded', cut: 'time', ok: false })), 3)
  t.is(linearExitCode(of({ ...scope, verdict: 'bounded', cut: 'interrupted', ok: false })), 130)
  t.regex(renderLinear(of({ ...scope, verdict: 'bounded', cut: 'time', ok: false }), plain), /… 1 scope · 1 cut short/)
  t.regex(
    renderLinear(of({ ...scope, verdict: 'violated', broken: 'a rule', ok: false }), plain),
    /model error: a rule/,
  )
})

test('nothing is wider than the screen', t => {
  for (const width of [40, 60, 80]) {
    const lines = renderLinear(of(scope, violated), { colour: false, width }).split('\n')
    t.deepEqual(
      lines.filter(line => visibleWidth(line) > width && !line.includes('mm1:')),
      [],
    )
  }
})
