// What a well-formed text means, and that no text, however hostile, does anything but parse or be refused with a place.

import test from 'ava'
import fc from 'fast-check'
import { commands } from '../../spec/interface.js'
import { NotationError, parseScenario } from './index.js'
import { cut } from './line.js'
import { parseCommand } from './parse-command.js'

const example = `# two processes

with processes=2 pages=8 tables=separate   # bounds and a switch
P0 spawn -> ok
  P0 mmap @0 2 rw fixed|anon|private -> ok @0
P0 read @0->v:0
? states P0 @0-1 -> a.
? vmas P0 -> @0-1 rw anon ,@3 r anon
? same P0@0 P1@1 -> no
`

test('a scenario is its settings and its steps, each with its place', t => {
  const scenario = parseScenario(example, { file: 'swap.md' })
  t.is(scenario.file, 'swap.md')
  t.deepEqual(scenario.setup, {
    processes: { line: 3, column: 6, value: 2, valueColumn: 16 },
    pages: { line: 3, column: 18, value: 8, valueColumn: 24 },
    tables: { line: 3, column: 26, value: 'separate', valueColumn: 33 },
  })
  t.deepEqual(scenario.steps, [
    { is: 'command', line: 4, column: 1, command: { name: 'spawn', process: 0 }, expect: 'ok' },
    {
      is: 'command',
      line: 5,
      column: 3,
      command: {
        name: 'mmap',
        process: 0,
        page: 0,
        count: 2,
        request: 'rw',
        sharing: 'private',
        backing: 'anon',
        placement: 'fixed',
        filling: 'lazy',
        growth: 'steady',
        reserve: 'reserve',
        skew: 'aligned',
      },
      expect: 'ok @0',
    },
    { is: 'command', line: 6, column: 1, command: { name: 'load', process: 0, page: 0, reach: 'user' }, expect: 'v:0' },
    { is: 'query', line: 7, column: 1, query: { name: 'states', process: 0, first: 0, last: 1 }, expect: 'a.' },
    { is: 'query', line: 8, column: 1, query: { name: 'vmas', process: 0 }, expect: '@0-1 rw anon, @3 r anon' },
    {
      is: 'query',
      line: 9,
      column: 1,
      query: { name: 'same', one: { process: 0, page: 0 }, other: { process: 1, page: 1 } },
      expect: 'no',
    },
  ])
})

test('an empty text is a scenario without settings and steps', t => {
  t.deepEqual(parseScenario(''), { file: null, setup: {}, steps: [] })
  t.deepEqual(parseScenario('\n \r\n# nothing\n', { firstLine: 7 }), { file: null, setup: {}, steps: [] })
})

test('lines end as on any system, and are counted from where the text stands in its file', t => {
  const steps = (text: string) => parseScenario(text, { firstLine: 10 }).steps.map(({ line }) => line)
  t.deepEqual(steps('P0 spawn\r\nP0 exit\n\nP0 spawn\rP0 exit'), [10, 11, 13, 14])
})

test('n is read as none, as the recorded rows of a live kernel write it', t => {
  const [step] = parseScenario('P0 mmap @0 1 n private|anon|fixed').steps
  t.like(step, { command: { request: 'none' } })
})

for (const answer of ['st:absent', 'st:zero', 'st:anon', 'st:file', 'st:swap', 'st:guard', 'outside']) {
  test(`a page can be expected to be ${answer}`, t => {
    t.is(parseScenario(`? state P0 @3 -> ${answer}`).steps[0]?.expect, answer)
  })
}

test('questions about pages can be expected to ask beyond the window', t => {
  const { steps } = parseScenario('? states P0 @9 -> outside\n? count P0 @9 -> outside\n? same P0@9 P0@9 -> outside')
  t.deepEqual(
    steps.map(({ expect }) => expect),
    ['outside', 'outside', 'outside'],
  )
})

test('vmas can be expected to find nothing, and a count to be any number', t => {
  const { steps } = parseScenario('? vmas P0 -> none\n? count P0 @0 -> n:2\n? states P0 @4 -> -')
  t.deepEqual(
    steps.map(({ expect }) => expect),
    ['none', 'n:2', '-'],
  )
})

test('a command added to the vocabulary is parsed without a change here', t => {
  const grown = {
    ...commands,
    clone: { ...commands.spawn, word: 'clone', fields: { process: 'process', child: 'process' } },
    sync: { ...commands.spawn, word: 'sync', fields: { count: 'count' } },
  } as const
  t.deepEqual(parseCommand(cut(null, 1, 'P0 clone P1'), grown), { name: 'clone', process: 0, child: 1 })
  t.deepEqual(parseCommand(cut(null, 1, 'sync 3'), grown), { name: 'sync', count: 3 })
  t.throws(() => parseCommand(cut(null, 1, 'P0 sync 3'), grown), { instanceOf: NotationError })
})

test('ten thousand lines are ten thousand steps', t => {
  const { steps } = parseScenario('P0 write @1 9 -> ok\n'.repeat(10_000))
  t.is(steps.length, 10_000)
  t.is(steps.at(-1)?.line, 10_000)
})

test('a word of a megabyte is refused in a short message', t => {
  for (const start of ['', 'P0 ', 'P0 read @', 'P0 read @0 -> ', '? ', '? vmas P0 -> ', 'with ', 'with a=']) {
    const error = t.throws(() => parseScenario(start + '9'.repeat(1_000_000)), { instanceOf: NotationError })
    t.true((error?.message.length ?? 0) < 500, error?.message)
  }
})

const pieces = fc.constantFrom(
  ...'P0 P P-1 spawn mmap read write munmap @0 @ @-1 2 rw private|anon|fixed || -> ? with a=1 a= = vmas states'.split(
    ' ',
  ),
  ...'null @1+ alloc F0 s0 s0.1 A0 1-2b fork shmget shmat none|fixed fixed|| locked populate|locked'.split(' '),
  ...'vec:01 vec: st:size=1,nattch=,mode= ok s0. failed:ENOMEM kernel'.split(' '),
  ...'@3-1 @0-4 @0- same P0@0 P0@ ok v:5 v: E: E:ENOMEM st: n:1 n: , # __proto__ __proto__=1 constructor'.split(' '),
  '\r',
  '\n',
  '\0',
  '\ud800',
)

test('any text parses or is refused with a place inside it, and never crashes', t => {
  const mixed = fc.array(fc.oneof(pieces, pieces, fc.string())).map(words => words.join(' '))
  const property = fc.property(fc.oneof(fc.string({ unit: 'binary' }), mixed), text => {
    try {
      parseScenario(text)
    } catch (error) {
      if (!(error instanceof NotationError)) throw error
      const line = text.split(/\r\n|\n|\r/)[error.line - 1]
      return line !== undefined && error.column >= 1 && error.column <= line.length + 1
    }
    return true
  })
  t.notThrows(() => fc.assert(property, { numRuns: 1000 }))
})
