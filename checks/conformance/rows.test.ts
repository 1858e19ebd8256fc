// The recorded rows as a text: none is lost, each can be read, and a word that names none is refused with the one meant.

import test from 'ava'
import { UserError } from '../errors.js'
import { NotationError, parseScenario } from '../notation/index.js'
import { kernelView } from './kernel-view.js'
import { chosenRows, groupOf, loadRows } from './rows.js'

const all = loadRows()
const every = [...all.rows, ...all.later]

test('the rows that are asked and those that are not add up to all that were recorded', t => {
  t.is(all.rows.length + all.later.length, all.recorded.count)
  t.is(all.recorded.count, 152)
  t.is(new Set(every.map(({ id }) => id)).size, 152)
})

test('each group has as many rows as were recorded', t => {
  const counts = new Map<string, number>()
  for (const row of every) counts.set(groupOf(row), (counts.get(groupOf(row)) ?? 0) + 1)
  const of = (count: number) => [...counts].flatMap(([group, found]) => (found === count ? [group] : []))
  const recorded: readonly (readonly [number, readonly string[]])[] = [
    [18, ['mmap']],
    [15, ['mremap']],
    [14, ['madvise']],
    [12, ['merge']],
    [10, ['guard']],
    [8, ['mprotect', 'mlock']],
    [6, ['shmat', 'swap']],
    [5, ['mlockall', 'fork']],
    [4, ['munmap', 'brk', 'msync', 'shmget', 'shmctl']],
    [3, ['read-fault', 'mlock2', 'mincore', 'shmdt', 'mseal']],
    [2, ['munlock', 'limits', 'growsdown']],
    [1, ['kernel-access', 'munlockall', 'overcommit', 'remap_file_pages']],
  ]
  for (const [count, groups] of recorded) t.deepEqual(of(count).sort(), [...groups].sort())
  t.is(recorded.flatMap(([, groups]) => groups).length, counts.size)
})

test('every row that is not asked has a reason, and every reason a row', t => {
  const needed = new Set(all.later.flatMap(({ needs }) => needs))
  t.deepEqual([...needed].sort(), Object.keys(all.reasons).sort())
})

test('every step of every row has an answer', t => {
  for (const { id, steps } of all.rows) {
    const scenario = parseScenario(steps, { file: id })
    t.true(scenario.steps.length > 0)
    for (const step of scenario.steps) t.not(step.expect, undefined, `${id}:${step.line}`)
  }
})

test('rows are chosen by id and by group, in the order of the file', t => {
  t.deepEqual(chosenRows(all, []), all)
  const { rows, later } = chosenRows(all, ['shmctl', 'mlock-05', 'mmap-35'])
  t.deepEqual(
    rows.map(({ id }) => id),
    ['mlock-05', 'shmctl-01', 'shmctl-03', 'shmctl-05', 'shmctl-07'],
  )
  t.deepEqual(
    later.map(({ id }) => id),
    ['mmap-35'],
  )
})

test('an unknown row is refused with the one that was probably meant', t => {
  const error = t.throws(() => chosenRows(all, ['mlok-05']), { instanceOf: UserError })
  t.is(error.message, "unknown row or group 'mlok-05'")
  t.is(error.nearest, 'mlock-05')
  t.is(t.throws(() => chosenRows(all, ['merg']), { instanceOf: UserError }).nearest, 'merge')
})

test('only what the kernel does not tell apart is left out of the comparison', t => {
  const stepOf = (text: string) => parseScenario(text).steps[0]
  t.is(kernelView(stepOf('P0 mlock @0 5'), 'failed:ENOMEM'), 'E:ENOMEM')
  t.is(kernelView(stepOf('? vmas P0'), '@0-1 rw anon locked grows, @3 r s0+0 onfault'), '@0-1 rw anon, @3 r s0+0')
  t.is(kernelView(stepOf('? states P0 @0-3'), 'a-.s'), 'a..s')
  t.is(kernelView(stepOf('P0 mmap null 1 rw private|anon'), 'ok @63'), 'ok @63')
  t.throws(() => parseScenario('? states P0 @0-3 -> q'), { instanceOf: NotationError })
})
