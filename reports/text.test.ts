// How text is measured and broken.

import test from 'ava'
import { createPaint } from './paint.js'
import { flow, grouped, oneLine, padEnd, padStart, visibleWidth, withPlainText } from './text.js'

test('colour has no width', t => {
  const red = createPaint(true).bad('abc')
  t.is(visibleWidth(red), 3)
  t.is(visibleWidth(padEnd(red, 6)), 6)
  t.is(padStart('✖', 3), '  ✖')
})

test('thousands are apart by a space, and only whole numbers are touched', t => {
  t.deepEqual([0, 999, 1000, 1234567].map(grouped), ['0', '999', '1 000', '1 234 567'])
  t.is(grouped('bounded'), 'bounded')
})

test('what would move the cursor is written out', t => {
  t.is(oneLine('a\nb\u001b[2J\u202ec\ud800'), 'a\\u{a}b\\u{1b}[2J\\u{202e}c\\u{d800}')
  t.deepEqual(withPlainText({ a: ['\t'], n: 1, b: true }), { a: ['\\u{9}'], n: 1, b: true })
})

test('a line breaks between parts, and inside a part only if it is too long for a line', t => {
  const options = { lead: '> ', separator: ' · ', width: 12 }
  t.deepEqual(flow(['one', 'two', 'three'], options), ['> one · two', '  three'])
  t.deepEqual(flow(['a', 'some long words here'], options), ['> a', '  some long', '  words here'])
  t.deepEqual(flow(['a', 'unbreakable-token', 'b'], options), ['> a', '  unbreakable-token', '  b'])
  t.deepEqual(flow([], options), ['>'])
})
