// Rules on a page: the few marks that are known become elements, everything else stays text.

import test from 'ava'
import fc from 'fast-check'
import { hostileStrings } from '../golden/hostile.js'
import { html } from './markup.js'
import { inline, ruleMarkup } from './rule-text.js'

const shown = (text: string) => html`${inline(text)}`.toString()

test('code, emphasis and links are read, and a link leads nowhere', t => {
  t.is(shown('a `b` c'), 'a <code>b</code> c')
  t.is(shown('**never** *twice*'), '<b>never</b> <i>twice</i>')
  t.is(shown('see [the `range`](#ranges), **[x](y.md)**'), 'see the <code>range</code>, <b>x</b>')
  t.is(shown('2 * 3 and a ` alone'), '2 * 3 and a &#96; alone')
})

test('items of a list keep their signs', t => {
  const markup = ruleMarkup({ rule: 'x.md#y', title: 'y', says: ['first:', '1. one', '- other'] }).toString()
  t.regex(markup, /<p>first:<\/p><p class="item"><span>1\.<\/span> <span>one<\/span>.*<span>•<\/span> <span>other/)
})

test('no text of a rule becomes other elements than these', t => {
  fc.assert(
    fc.property(hostileStrings, text => {
      t.notRegex(shown(text).replaceAll(/<\/?(?:code|b|i)>/g, ''), /[<>"'`]/)
    }),
  )
})
