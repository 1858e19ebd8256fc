// Parse after print is the identity, for every command, question and outcome that the vocabulary can form.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import {
  type AnswerKind,
  type Command,
  type CommandName,
  commands,
  type FieldKind,
  type NumberKind,
  type Outcome,
  statusOf,
  words,
} from '../../spec/interface.js'
import { makesSense, parseScenario, printCommand, printOutcome, printQuery, type Query, type Step } from './index.js'

const largest = 2 ** 31 - 1
const number = fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: largest }), fc.constant(largest))
const mode = fc.nat({ max: 0o777 })
const numbers: { readonly [K in NumberKind]: fc.Arbitrary<number> } = {
  process: number,
  page: fc.oneof(fc.constant(0), number),
  count: number,
  byte: fc.nat({ max: 255 }),
  frame: number,
  area: number,
  priority: fc.integer({ min: -1, max: 32767 }),
  user: number,
  key: number,
  mode: fc.oneof(fc.constant(0o600), mode),
  segment: fc.nat({ max: 4095 }),
  sequence: fc.nat({ max: 9 }),
  short: fc.oneof(fc.constant(0), fc.nat({ max: 4095 })),
}
const arbitraryOf = (kind: FieldKind): fc.Arbitrary<number | string> =>
  Object.hasOwn(words, kind)
    ? fc.constantFrom<string[]>(...words[kind as keyof typeof words])
    : numbers[kind as NumberKind]
const names = Object.keys(commands).filter((name): name is CommandName => Object.hasOwn(commands, name))

function commandOf(name: CommandName): fc.Arbitrary<Command> {
  const fields = Object.entries(commands[name].fields).map(([field, kind]) => [field, arbitraryOf(kind)] as const)
  // The arbitrary is made from the table that the type is derived from.
  return fc
    .record(Object.fromEntries(fields), { noNullPrototype: true })
    .map(values => ({ ...values, name }) as Command)
    .filter(makesSense)
}

const values: { readonly [K in AnswerKind]: fc.Arbitrary<number | null> } = {
  nothing: fc.constant(null),
  page: number,
  byte: numbers.byte,
  frame: number,
  segment: fc.nat({ max: 9 * 4096 }),
  residency: fc.integer({ min: 1, max: 2 ** 30 }),
  status: fc
    .record({ size: fc.nat({ max: 2 ** 20 }), attached: fc.nat({ max: 4095 }), mode, marked: fc.boolean() })
    .map(it => statusOf(it.size, it.attached, it.mode, it.marked)),
}

function outcomeOf(name: CommandName): fc.Arbitrary<Outcome> {
  const { answer, errors, faults } = commands[name]
  const value = values[answer]
  const failures: Outcome[] = [
    ...errors.flatMap(errno => [{ is: 'refused', errno } as const, { is: 'failed', errno } as const]),
    ...faults.map(fault => ({ is: 'faulted', fault }) as const),
    { is: 'killed' },
  ]
  return fc.oneof(
    value.map(value => ({ is: 'ok', value }) as const),
    fc.constantFrom(...failures),
  )
}

const command = fc.constantFrom(...names).chain(commandOf)
const processPage = fc.record({ process: number, page: number }, { noNullPrototype: true })
const query: fc.Arbitrary<Query> = fc.oneof(
  number.map(process => ({ name: 'vmas', process }) as const),
  processPage.map(at => ({ name: 'state', ...at }) as const),
  fc.tuple(number, number, number).map(([process, a, b]) => {
    return { name: 'states', process, first: Math.min(a, b), last: Math.max(a, b) } as const
  }),
  fc.tuple(processPage, processPage).map(([one, other]) => ({ name: 'same', one, other }) as const),
  processPage.map(at => ({ name: 'count', ...at }) as const),
  number.map(process => ({ name: 'locked', process }) as const),
  processPage.map(at => ({ name: 'flag', ...at, flag: at.page % 2 === 0 ? 'lo' : 'lf' }) as const),
  processPage.map(at => ({ name: 'smap', ...at, figure: at.page % 2 === 0 ? 'Rss' : 'Swap' }) as const),
)

const only = (text: string): Step | undefined => parseScenario(text).steps[0]

for (const name of names) {
  test(`a printed ${name} is read back as the same command`, t => {
    const property = fc.property(commandOf(name), sample => {
      assert.deepEqual(only(printCommand(sample)), { is: 'command', line: 1, column: 1, command: sample })
    })
    t.notThrows(() => fc.assert(property, { numRuns: 300 }))
  })
}

test('a printed outcome is read back as the expected answer, letter by letter', t => {
  const pair = command.chain(sample => outcomeOf(sample.name).map(outcome => [sample, outcome] as const))
  const property = fc.property(pair, ([sample, outcome]) => {
    const printed = printOutcome(sample.name, outcome)
    assert.equal(only(`${printCommand(sample)} -> ${printed}`)?.expect, printed)
  })
  t.notThrows(() => fc.assert(property))
})

test('a printed question is read back as the same question', t => {
  const property = fc.property(query, sample => {
    assert.deepEqual(only(printQuery(sample)), { is: 'query', line: 1, column: 1, query: sample })
  })
  t.notThrows(() => fc.assert(property))
})

test('white space and comments change nothing but columns', t => {
  const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\u00a0', '\u3000', '\ufeff', '\u2028'), minLength: 1 })
  const property = fc.property(command, space, fc.string(), (sample, gap, comment) => {
    const text = `${gap}${printCommand(sample).replaceAll(' ', gap)}${gap}#${comment.replaceAll(/[\r\n]/g, '')}`
    const step = only(text)
    assert.deepEqual(step, { is: 'command', line: 1, column: gap.length + 1, command: sample })
  })
  t.notThrows(() => fc.assert(property))
})

const lines = [
  'P0 spawn -> ok',
  'P0 fork P1 -> E:EAGAIN',
  'P0 setuid 2 -> ok',
  'P0 dropcap ipc_lock -> ok',
  'P0 rlimit memlock 3 -> ok',
  'reserve F2 -> E:EBUSY',
  'alloc -> ok F3',
  'free F3 -> ok',
  'P0 mmap @0 2 rw private|anon -> ok @5',
  'P0 mmap null 2 rw private|anon -> ok @5',
  'P0 mmap @0 2 rw private|anon|fixed -> ok @0',
  'P0 mmap @1+ 2 rw shared|anon|noreplace|populate|noreserve -> E:EINVAL',
  'P0 mmap @0 2 rwx private|anon|fixed|locked|growsdown -> failed:ENOMEM',
  'P0 mmap @0 1 r private|file|fixed -> ok @0',
  'P0 discard @0 2 -> E:ENOMEM',
  'P0 poke @0 7 -> E:EFAULT',
  'writeback -> ok',
  'dropcache -> E:EBUSY',
  'P0 munmap @1+ 2 -> E:EINVAL',
  'P0 mprotect @0 1 guard -> ok',
  'P0 mprotect @0 1 rw+cow -> ok',
  'P0 mremap @0 1 2 -> E:ENOMEM',
  'P0 mremap @0 1 2 maymove -> ok @3',
  'P0 mremap @0 1 2 maymove|fixed @5 -> ok @5',
  'P0 mremap @0 1 2 fixed @0 -> E:EINVAL',
  'P0 mremap @1+ 1 2 maymove|dontunmap -> E:EINVAL',
  'P0 mincore @0 3 -> vec:010',
  'P0 mincore @0 0 -> vec:',
  'P0 read kernel -> SIGSEGV:ACCERR',
  'P0 write noncanonical 5 -> SIGSEGV:MAPERR',
  'P0 exec @3 -> ok',
  'P0 read @7 -> v:5',
  'P0 shmget 0 1 creat|excl -> ok s0',
  'P0 shmget 0 1-100b creat 640 -> ok s1.2',
  'P0 shmget 1 1 none 0 -> E:EACCES',
  'P0 shmget 1 1 -> E:ENOENT',
  'P0 shmat s0 @4 rdonly|exec|remap -> ok @4',
  'P0 shmat s0.1 @4+ rnd -> ok @4',
  'P0 shmat s0 null -> ok @6',
  'P0 shmdt @4 -> ok',
  'P0 shmrm s0 -> E:EIDRM',
  'P0 shmset s0 2 640 -> ok',
  'P0 shmstat s0 -> st:size=4096,nattch=1,mode=600,dest',
  'P0 shmlock s0 -> ok',
  'P0 mlock @0 2 -> failed:EAGAIN',
  'P0 mlock2 @0 2 onfault -> ok',
  'P0 mlock2 @0 2 -> ok',
  'P0 mlockall current|future -> ok',
  'P0 mlockall none -> E:EINVAL',
  'P0 munlockall -> ok',
  'P0 swapon A0 5 -> ok',
  'P0 swapon A0 -> ok',
  'P0 swapoff A0 -> E:ENOMEM',
  '? locked P0 -> n:2',
]
for (const line of lines) {
  test(`the notation reads as the design writes it: ${line}`, t => {
    const step = only(line)
    const printed = step?.is === 'query' ? printQuery(step.query) : step ? printCommand(step.command) : ''
    t.is(`${printed} -> ${step?.expect}`, line)
  })
}

test('what a line means anyway may be written, and is not printed', t => {
  const printed = (line: string) => {
    const step = only(line)
    return step?.is === 'command' ? printCommand(step.command) : ''
  }
  t.is(printed('P0 shmget 0 1 none 600'), 'P0 shmget 0 1')
  t.is(printed('P0 mremap @0 1 2 none'), 'P0 mremap @0 1 2')
  t.is(printed('P0 mlock2 @0 2 none'), 'P0 mlock2 @0 2')
  t.is(printed('P0 munmap @1+100 1'), 'P0 munmap @1+ 1')
  t.is(printed('P0 mmap @0 1 n fixed|anon|private'), 'P0 mmap @0 1 none private|anon|fixed')
})

test('a command that succeeds without the value that it answers is a broken invariant, not an answer', t => {
  const message = 'mmap succeeded without the page that it answers'
  t.throws(() => printOutcome('mmap', { is: 'ok', value: null }), { instanceOf: TypeError, message })
})
