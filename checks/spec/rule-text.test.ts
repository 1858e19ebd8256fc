// Rules in the words of the specification: each has some, short enough to be read beside a step.

import test from 'ava'
import { chapters } from './chapters.js'
import { shaped } from './check.js'
import { ruleText, ruleTexts, stepText } from './rule-text.js'
import { rulesOf } from './rules.js'

test('every rule has words of its own, and no tables, examples or drawings', t => {
  const rules = shaped(chapters()).flatMap(rulesOf)
  t.true(rules.length > 150)
  const texts = ruleTexts(rules.map(({ id }) => id))
  t.deepEqual(
    rules.map(({ id }) => id).filter(id => !texts.some(({ rule }) => rule === id)),
    [],
  )
  for (const { rule, title, says } of texts) {
    t.true(
      rules.some(one => one.id === rule && one.title === title),
      rule,
    )
    t.true(says.join('').length < 2000, `${rule} has ${says.join('').length} letters`)
    t.notRegex(says.join('\n'), /^(?:\||```|<!--|#)/m, rule)
  }
})

test('a rule is told from its first sentence, lists item by item', t => {
  const { says = [] } = ruleText('tlb.md#shootdown') ?? {}
  t.regex(says[0], /^Whoever takes a right away/)
  t.regex(says[1], /^1\. The entry changes\./)
  t.regex(says[5], /^5\. Only now/)
  t.is(says.length, 7)
  t.is(says[6], '… continued in `spec/tlb.md#shootdown`')
})

test('a table is told row by row, and what is left out is not announced', t => {
  const says = ruleText('copy-on-write.md#fork')?.says ?? []
  t.true(
    says.includes(
      '- private, in a frame: what the child gets: the same frame, not writable; what happens to the parent: its entry loses writing too',
    ),
  )
  for (const text of ruleText('pins.md#pin')?.says ?? []) t.notRegex(text, /^Then.*:$/)
  t.regex(ruleText('pins.md#pin')?.says.at(-1) ?? '', /^8\. `grab`/)
})

test('a step that a numbered list tells has its item', t => {
  t.regex(stepText('pins.md#pin', 'compare') ?? '', /^looks at the entry again/)
})

test('a step has the line of its table, also where several share one', t => {
  t.regex(stepText('copy-on-write.md#fork', 'withdraw') ?? '', /its entry loses writing/)
  t.is(stepText('copy-on-write.md#fork', 'victim'), stepText('copy-on-write.md#fork', 'room'))
  t.is(stepText('copy-on-write.md#fork', 'no such step'), null)
})

test('what is no chapter is not read', t => {
  for (const rule of ['', 'no.md#rule', '../package.json#x', '/etc/passwd#x', 'frames.md', 'frames.md#no-such-rule'])
    t.is(ruleText(rule), null, rule)
})
