// The screen of a comparison with a recorded kernel.

import { stripVTControlCharacters } from 'node:util'
import test from 'ava'
import { renderConform } from './conform-screen.js'
import { sameAsGolden } from './golden/compare.js'
import { conformed, conformedGreen } from './golden/conform-fixture.js'
import { visibleWidth } from './text.js'

for (const width of [80, 120]) {
  test(`the conform screen at width ${width} is the one agreed on`, t => {
    sameAsGolden(t, `conform-${width}.txt`, renderConform(conformed, { colour: false, width }))
  })
}

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1) ?? ''

test('the last line says how many rows were asked, how many agree, and how many were recorded', t => {
  const page = { colour: false, width: 120 }
  t.is(lastLine(renderConform(conformed, page)), '✖ 1 of 3 rows as the kernel answered · 1 not asked · 152 recorded')
  t.is(
    lastLine(renderConform(conformedGreen, page)),
    '✔ 1 of 1 row as the kernel answered · 0 not asked · 152 recorded',
  )
})

test('the steps of a row that agrees are shown when asked for, and only then', t => {
  t.notRegex(renderConform(conformedGreen, { colour: false, width: 120 }), /private\|anon/)
  t.regex(renderConform(conformedGreen, { colour: false, width: 120, verbose: true }), / 1 {2}P0 mmap @0 1 w private/)
})

test('colour moves nothing, and no line is wider than the screen', t => {
  for (const width of [60, 80, 140]) {
    const plain = renderConform(conformed, { colour: false, width, verbose: true })
    t.is(stripVTControlCharacters(renderConform(conformed, { colour: true, width, verbose: true })), plain)
    for (const line of plain.split('\n')) t.true(visibleWidth(line) <= width || !line.trim().includes(' '), line)
  }
})

test('what a row says cannot draw outside its place', t => {
  const hostile = { ...conformed, rows: conformed.rows.map(row => ({ ...row, situation: 'a\u{1b}[2J\nb' })) }
  t.false(renderConform(hostile, { colour: false, width: 100 }).includes('\u{1b}'))
})
