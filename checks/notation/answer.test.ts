// Questions about a small fixed state, so that each answer can be checked by eye.

import test from 'ava'
import type { Protection } from '../../spec/interface.js'
import { answer, type Observed, type ObservedEntry, parseScenario } from './index.js'

// Process 0: pages 0-1 rw, page 2 unmapped, page 3 r, pages 4-5 none. Process 1: pages 0-5 rw. Process 2: not alive.
const protections: { readonly [process: number]: readonly (Protection | null)[] } = {
  0: ['rw', 'rw', null, 'r', 'none', 'none'],
  1: ['rw', 'rw', 'rw', 'rw', 'rw', 'rw'],
}
const entries: { readonly [place: string]: ObservedEntry } = {
  'P0@0': { kind: 'anon', identity: 7, mappings: 2 },
  'P0@1': { kind: 'swap', identity: 7, mappings: 1 },
  'P1@0': { kind: 'anon', identity: 7, mappings: 2 },
  'P1@1': { kind: 'anon', identity: 3, mappings: 1 },
}
const observed: Observed = {
  pages: 6,
  protection: (process, page) => protections[process]?.[page] ?? null,
  entry: (process, page) => entries[`P${process}@${page}`] ?? { kind: 'absent' },
}

const answers: readonly [question: string, expected: string][] = [
  ['vmas P0', '@0-1 rw anon, @3 r anon, @4-5 none anon'],
  ['vmas P1', '@0-5 rw anon'],
  ['vmas P2', 'none'],
  ['state P0 @0', 'st:anon'],
  ['state P0 @1', 'st:swap'],
  ['state P0 @2', 'st:absent'],
  ['state P0 @6', 'outside'],
  ['states P0 @0-5', 'as-...'],
  ['states P0 @1', 's'],
  ['states P0 @0-6', 'outside'],
  ['states P0 @0-2147483647', 'outside'],
  ['same P0@0 P1@0', 'yes'],
  ['same P0@0 P0@0', 'yes'],
  ['same P1@0 P1@1', 'no'],
  ['same P0@0 P0@1', 'no'],
  ['same P0@3 P0@3', 'no'],
  ['same P0@0 P0@3', 'no'],
  ['same P0@0 P0@6', 'outside'],
  ['count P0 @0', 'n:2'],
  ['count P0 @1', 'n:1'],
  ['count P0 @3', 'n:0'],
  ['count P0 @9', 'outside'],
]

for (const [question, expected] of answers) {
  test(`? ${question} answers ${expected}, and a scenario may expect that`, t => {
    const [step] = parseScenario(`? ${question} -> ${expected}`).steps
    t.is(step?.is === 'query' ? answer(step.query, observed) : step?.is, expected)
    t.is(step?.expect, expected)
  })
}

test('a window without pages has no regions, and every page is outside', t => {
  const empty = { ...observed, pages: 0 }
  t.is(answer({ name: 'vmas', process: 0 }, empty), 'none')
  t.is(answer({ name: 'state', process: 0, page: 0 }, empty), 'outside')
})
