// The explorer at a prompt: a conversation as it was last agreed on, and lines that make no sense.

import test from 'ava'
import fc from 'fast-check'
import { sameAsGolden } from '../../reports/golden/compare.js'
import { bindScope, loadScope } from '../scope/index.js'
import { tokenOf } from '../token/index.js'
import { Prompt } from './prompt.js'
import { viewOf, wayOf } from './view.js'

const open = (scope: string, mutant: string | null = null, kept: string[] = []) =>
  new Prompt(bindScope(loadScope(scope), [], mutant), [], { colour: false, width: 80 }, (token, name) => {
    kept.push(token)
    return name
  })
const say = (prompt: Prompt, ...lines: readonly string[]): string =>
  lines.map(line => prompt.answer(line).text).join('')

test('a conversation reads as it was agreed on', t => {
  const prompt = open('depth7')
  let text = prompt.begins
  for (const line of ['3', 'back', 'way', 'goto 1', 'state', 'claims', '9', 'turn dial=1', 'trun dial=2', 'token']) {
    text += `${prompt.prompt}${line}\n${prompt.answer(line).text}`
  }
  sameAsGolden(t, 'explore-80.txt', text)
})

test('a command is taken by its number or by its text, with the words that may be left out', t => {
  const prompt = open('fork-swap')
  t.regex(say(prompt, 'P0 spawn'), /1 {2}P0 spawn {2}→ ok/)
  t.regex(say(prompt, 'P0 mmap @0 1 rw private|anon|fixed'), /2 {2}P0 mmap @0 1 rw private\|anon\|fixed {2}→ ok @0/)
  t.regex(say(prompt, 'P0  write  @0  1'), /frames\[0\]\.references: 0 → 1/)
  t.is(prompt.prompt, 'fork-swap 3> ')
})

test('a refused command says why, and nothing is taken', t => {
  const prompt = open('fork-swap')
  say(prompt, 'P0 spawn')
  t.regex(say(prompt, 'P0 read @0'), /SIGSEGV:MAPERR: load\.look · access of region unmapped/)
  t.regex(say(prompt, 'refused fork'), /^ {2}P0 fork P1 → E:ENOMEM: fork\.tables\n$/)
  t.is(prompt.prompt, 'fork-swap 1> ')
})

test('the way ahead stays until something else is taken, which begins another way', t => {
  const prompt = open('depth7')
  say(prompt, '1', '1', '1', 'back', 'back')
  t.regex(say(prompt, 'way'), /ahead: 2 more/)
  t.regex(say(prompt, 'goto 3'), /^ {2}3 {2}/)
  say(prompt, 'goto 1', '2')
  t.is(prompt.prompt, 'depth7 2> ')
  t.regex(say(prompt, 'goto 3'), /there are steps 0 to 2 here/)
})

test('a violated claim is told where it is violated', t => {
  const prompt = open('fork-swap', 'fork-lets-the-parent-go-on-writing')
  const said = say(prompt, 'P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed', 'P0 read @0', 'P0 fork P1')
  t.regex(said, /✖ frames\/no-double-mapping\n {5}frame 0 is mapped by 2 pages/)
})

test('a way is saved by its token, which leads here again', t => {
  const kept: string[] = []
  const prompt = open('fork-swap', null, kept)
  t.regex(say(prompt, 'save x'), /nothing to save yet/)
  t.regex(say(prompt, '1', '1', 'save two-steps'), /saved two-steps/)
  const { bound, steps } = wayOf(kept[0])
  t.is(steps.length, 2)
  t.is(tokenOf(bound, steps), kept[0])
  t.true(say(prompt, 'token').startsWith(kept[0]))
})

test('no line ends the conversation, and none that is not understood changes anything', t => {
  const prompt = open('diamond')
  say(prompt, '1')
  const nonsense = fc.oneof(
    fc.string(),
    fc.constantFrom('constructor', 'goto', 'goto -1', 'goto 1e9', '0', '99999', '1.5'),
  )
  fc.assert(
    fc.property(nonsense, line => {
      fc.pre(!/^\s*(q|quit|exit|back|[1-9]|save.*)\s*$/.test(line))
      t.false(prompt.answer(line).ends)
      t.is(prompt.prompt, 'diamond 1> ')
    }),
  )
  t.true(prompt.answer(' quit ').ends)
})

test('what can be done on several CPUs holds steps under way and what hardware does', t => {
  const { possible } = viewOf(bindScope(loadScope('smp-munmap')), [])
  t.true(possible.length > 0)
  t.true(possible.every(({ command }) => /^cpu \d|[a-z]/.test(command)))
})
