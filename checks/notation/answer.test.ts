// Questions about a small fixed state, so that each answer can be checked by eye.

import test from 'ava'
import { answer, type Observed, type ObservedEntry, type ObservedRegion, parseScenario } from './index.js'

const plain = { object: null, lock: 'none', grows: false } as const
const shared = (record: number, offset: number) => ({ is: 'anonymous', record, offset }) as const
// Process 0: pages 0-1 rw, page 2 unmapped, page 3 r, pages 4-5 none. Process 1: pages 0-5 rw. Process 2: not alive.
// Process 3: shared memory of three objects, a guard, and a stack that is locked.
const regions: { readonly [process: number]: readonly ObservedRegion[] } = {
  0: [
    { first: 0, last: 1, protection: 'rw', ...plain },
    { first: 3, last: 3, protection: 'r', ...plain },
    { first: 4, last: 5, protection: 'none', ...plain },
  ],
  1: [{ first: 0, last: 5, protection: 'rw', ...plain }],
  3: [
    { ...plain, first: 0, last: 0, protection: 'rw', object: shared(5, 1) },
    { ...plain, first: 1, last: 1, protection: 'rx', object: { is: 'segment', record: 5, offset: 2 } },
    { ...plain, first: 2, last: 2, protection: 'rw', object: shared(2, 0), lock: 'onfault' },
    { ...plain, first: 3, last: 3, protection: 'r', object: shared(5, 0) },
    { ...plain, first: 4, last: 4, protection: 'guard' },
    { ...plain, first: 5, last: 5, protection: 'rw', lock: 'locked', grows: true },
  ],
}
const entries: { readonly [place: string]: ObservedEntry } = {
  'P0@0': { kind: 'anon', identity: 7, mappings: 2 },
  'P0@1': { kind: 'swap', identity: 7, mappings: 1 },
  'P1@0': { kind: 'anon', identity: 7, mappings: 2 },
  'P1@1': { kind: 'anon', identity: 3, mappings: 1 },
  'P1@2': { kind: 'zero' },
  'P3@0': { kind: 'file', identity: 7, mappings: 1 },
  'P3@3': { kind: 'zero' },
  'P3@4': { kind: 'guard' },
  'P3@5': { kind: 'anon', identity: 8, mappings: 1 },
}
const observed: Observed = {
  pages: 6,
  regions: process => regions[process] ?? [],
  entry: (process, page) => entries[`P${process}@${page}`] ?? { kind: 'absent' },
  locked: process => (process === 3 ? 2 : 0),
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
  ['vmas P3', '@0 rw sh0+1, @1 rx s5+2, @2 rw sh1+0 onfault, @3 r sh0+0, @4 guard anon, @5 rw anon locked grows'],
  ['states P3 @0-5', 'f..zga'],
  ['state P3 @4', 'st:guard'],
  ['same P1@2 P3@3', 'yes'],
  ['same P3@0 P1@0', 'no'],
  ['same P3@4 P3@4', 'no'],
  ['count P3 @3', 'n:0'],
  ['count P3 @4', 'n:0'],
  ['locked P3', 'n:2'],
  ['locked P2', 'n:0'],
  ['flag P3 @5 lo', 'yes'],
  ['flag P3 @5 lf', 'no'],
  ['flag P3 @2 lo', 'yes'],
  ['flag P3 @2 lf', 'yes'],
  ['flag P3 @0 lo', 'no'],
  ['flag P0 @2 lo', 'no'],
  ['flag P0 @6 lo', 'outside'],
  ['smap P1 @4 Rss', 'n:2'],
  ['smap P1 @4 Locked', 'n:0'],
  ['smap P0 @0 Swap', 'n:1'],
  ['smap P3 @5 Locked', 'n:1'],
  ['smap P3 @3 Rss', 'n:0'],
  ['smap P0 @2 Rss', 'n:0'],
  ['smap P0 @6 Rss', 'outside'],
]

for (const [question, expected] of answers) {
  test(`? ${question} answers ${expected}, and a scenario may expect that`, t => {
    const [step] = parseScenario(`? ${question} -> ${expected}`).steps
    t.is(step?.is === 'query' ? answer(step.query, observed) : step?.is, expected)
    t.is(step?.expect, expected)
  })
}

test('a window without pages has no regions, and every page is outside', t => {
  const empty = { ...observed, pages: 0, regions: () => [] }
  t.is(answer({ name: 'vmas', process: 0 }, empty), 'none')
  t.is(answer({ name: 'state', process: 0, page: 0 }, empty), 'outside')
})
