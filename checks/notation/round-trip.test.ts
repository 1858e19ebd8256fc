// Parse after print is the identity, for every command, question and outcome that the vocabulary can form.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import {
  type Command,
  type CommandName,
  commands,
  type FieldKind,
  type Outcome,
  requests,
} from '../../spec/interface.js'
import { parseScenario, printCommand, printOutcome, printQuery, type Query, type Step } from './index.js'

const largest = 2 ** 31 - 1
const number = fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: largest }), fc.constant(largest))
const kinds: { readonly [K in FieldKind]: fc.Arbitrary<number | string> } = {
  process: number,
  page: number,
  count: number,
  request: fc.constantFrom(...requests),
  byte: fc.nat({ max: 255 }),
}
const names = Object.keys(commands).filter((name): name is CommandName => Object.hasOwn(commands, name))

function commandOf(name: CommandName): fc.Arbitrary<Command> {
  const fields = Object.entries(commands[name].fields).map(([field, kind]) => [field, kinds[kind]] as const)
  // The arbitrary is made from the table that the type is derived from.
  return fc
    .record(Object.fromEntries(fields), { noNullPrototype: true })
    .map(values => ({ ...values, name }) as Command)
}

function outcomeOf(name: CommandName): fc.Arbitrary<Outcome> {
  const { answer, errors, faults } = commands[name]
  const value = { nothing: fc.constant(null), page: number, byte: kinds.byte.map(Number) }[answer]
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
)

const only = (text: string): Step | undefined => parseScenario(text).steps[0]

test('a printed command is read back as the same command', t => {
  const property = fc.property(command, sample => {
    assert.deepEqual(only(printCommand(sample)), { is: 'command', line: 1, column: 1, command: sample })
  })
  t.notThrows(() => fc.assert(property))
})

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

test('the notation reads as the design writes it', t => {
  const mmap: Command = { name: 'mmap', process: 0, page: 0, count: 2, request: 'rw' }
  t.is(printCommand(mmap), 'P0 mmap @0 2 rw private|anon|fixed')
  t.is(printCommand({ name: 'store', process: 1, page: 0, byte: 9 }), 'P1 write @0 9')
  t.is(printCommand({ name: 'load', process: 1, page: 7 }), 'P1 read @7')
  t.is(printOutcome('mmap', { is: 'ok', value: 5 }), 'ok @5')
  t.is(printOutcome('load', { is: 'ok', value: 5 }), 'v:5')
  t.is(printOutcome('store', { is: 'ok', value: null }), 'ok')
  t.is(printOutcome('mmap', { is: 'refused', errno: 'ENOMEM' }), 'E:ENOMEM')
  t.is(printOutcome('load', { is: 'faulted', fault: 'SIGSEGV MAPERR' }), 'SIGSEGV:MAPERR')
  t.is(printOutcome('load', { is: 'killed' }), 'killed')
})

test('a command that succeeds without the value that it answers is a broken invariant, not an answer', t => {
  const message = 'mmap succeeded without the page that it answers'
  t.throws(() => printOutcome('mmap', { is: 'ok', value: null }), { instanceOf: TypeError, message })
})
