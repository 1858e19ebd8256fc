// Histories with an explanation, and some that have none.

import test from 'ava'
import { type Event, Log, noMemory, noPage, noRight, recordWords, unexplained } from './history.js'

type Done = readonly [cpu: number, event: Event, value: number, answer: number, page?: number]

/** Operations of two CPUs; those in one row overlap, rows come one after the other. */
function judged(...rows: readonly (readonly Done[])[]) {
  const cpus = 2
  const finished = new Int32Array(new SharedArrayBuffer(4 * cpus))
  const words = Array.from({ length: cpus }, () => new Int32Array(100 * recordWords(cpus)))
  const logs = words.map((it, cpu) => new Log(it, finished, cpu, cpus))
  for (const row of rows) {
    for (const [cpu] of row) logs[cpu].begin()
    for (const [cpu, event, value, answer, page = 0] of row) {
      logs[cpu].record(event, page, value, answer)
    }
    for (const [cpu] of row) logs[cpu].end()
  }
  return unexplained(
    words,
    logs.map(log => log.records),
    2,
    null,
  )
}

test('what happens one after the other must have happened in that order', t => {
  t.is(judged([[0, 'map', 0, 0]], [[0, 'store', 7, 0]], [[1, 'load', 0, 7]]), null)
  t.is(judged([[0, 'map', 0, 0]], [[0, 'store', 7, 0]], [[1, 'load', 0, 0]])?.explained, 2)
})

test('what overlaps may have happened in either order', t => {
  for (const seen of [0, 7]) {
    t.is(
      judged(
        [[0, 'map', 0, 0]],
        [
          [0, 'store', 7, 0],
          [1, 'load', 0, seen],
        ],
      ),
      null,
    )
  }
})

test('a store that was done is not undone', t => {
  const wrong = judged(
    [[0, 'map', 0, 0]],
    [
      [0, 'store', 7, 0],
      [1, 'load', 0, 7],
    ],
    [[1, 'load', 0, 0]],
  )
  t.deepEqual(wrong, { page: 0, explained: 3, next: ['the page is 7, writable', 'CPU 1: load 0 answered 0'] })
})

test('a store to a page that has gone fails, and one that succeeded was before', t => {
  const both = (answer: number) =>
    judged(
      [[0, 'map', 0, 0]],
      [
        [0, 'unmap', 0, 0],
        [1, 'store', 7, answer],
      ],
      [[1, 'load', 0, noPage]],
    )
  t.is(both(0), null)
  t.is(both(noPage), null)
  t.not(both(noRight), null)
  t.not(judged([[0, 'map', 0, 0]], [[0, 'unmap', 0, 0]], [[1, 'store', 7, 0]]), null)
})

test('rights that are taken away are gone, and that there is no memory changes nothing', t => {
  t.is(judged([[0, 'map', 0, 0]], [[0, 'protect', 0, 0]], [[1, 'store', 7, noRight]]), null)
  t.not(judged([[0, 'map', 0, 0]], [[0, 'protect', 0, 0]], [[1, 'store', 7, 0]]), null)
  t.is(judged([[0, 'map', 0, 0]], [[0, 'store', 7, noMemory]], [[1, 'load', 0, 0]]), null)
})

test('a child sees each page as it was at some time of the fork, and pages apart', t => {
  const seen = (one: number, other: number) =>
    judged(
      [[0, 'map', 0, 0]],
      [[0, 'map', 0, 0, 1]],
      [
        [0, 'see', 0, one],
        [0, 'see', 0, other, 1],
        [1, 'store', 7, 0],
      ],
    )
  t.is(seen(0, 0), null)
  t.is(seen(7, 0), null)
  t.not(seen(0, 7), null)
})
