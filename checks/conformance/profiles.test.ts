// The chapter on profiles names exactly the rows that tell the two profiles apart.

import test from 'ava'
import type { Tokens } from 'marked'
import { ofType, readChapter } from '../spec/chapters.js'
import { loadRows } from './rows.js'
import { conform } from './run.js'

const chapter = readChapter('spec/profiles.md')
const rowsOf = (text: string): readonly string[] => [...text.matchAll(/`([a-z_0-9-]+-\d\d)`/g)].map(([, id]) => id)

test('the rows that the textbook profile answers differently are those that the table of differences names', t => {
  const table = ofType<Tokens.Table>(chapter, 'table').find(({ token }) => token.header.at(-1)?.text === 'rows')
  const named = (table?.token.rows ?? []).flatMap(cells => rowsOf(cells[3]?.text ?? ''))
  const differing = conform([], { profile: 'textbook' }).rows.filter(row => !row.ok)
  t.deepEqual(named.toSorted(), differing.map(({ id }) => id).toSorted())
})

test('what can be asked under the textbook profile, both sides answer alike, right or wrong', t => {
  for (const { id, steps, model: side } of conform([], { profile: 'textbook' }).rows) {
    if (side.broke !== undefined) continue
    for (const { does, model, machine } of steps) t.is(model, machine, `${id}: ${does}`)
  }
})

test('every row that the chapter names was recorded', t => {
  const { rows, later } = loadRows()
  const known = new Set([...rows, ...later].map(({ id }) => id))
  t.deepEqual(
    rowsOf(chapter.text).filter(id => !known.has(id)),
    [],
  )
})
