// From the words after `?` to a question. Questions are few and each has its own operands, so each is a short
// function; what they have in common is that they name processes and pages in the forms of the commands.

import { quote } from './error.js'
import { forms, lastPage, oneOf } from './fields.js'
import { figures, regionFlags } from './figures.js'
import { type Line, Reader, readAs, refuse } from './line.js'
import { nearest } from './nearest.js'
import type { ProcessPage, Query, QueryName } from './scenario.js'
import { laterQueries, queryNames } from './words.js'

export function parseQuery(line: Line): Query {
  const reader = new Reader(line, line.step.slice(1))
  const word = reader.word('a question', queryNames)
  const name = queryNames.find(known => known === word.text)
  if (name === undefined) {
    if (laterQueries.has(word.text)) return refuse(line, word.column, `${quote(word.text)} is not in this version`)
    const wanted = { expected: queryNames, nearest: nearest(word.text, queryNames) }
    return refuse(line, word.column, `${quote(word.text)} is not a question`, wanted)
  }
  const query = operands[name](line, reader)
  reader.end()
  return query
}

const operands: { readonly [N in QueryName]: (line: Line, reader: Reader) => Query } = {
  vmas: (_line, reader) => ({ name: 'vmas', process: reader.value(forms.process) }),
  state: (_line, reader) => ({
    name: 'state',
    process: reader.value(forms.process),
    page: reader.value(forms.page),
  }),
  states: (line, reader) => ({ name: 'states', process: reader.value(forms.process), ...range(line, reader) }),
  same: (line, reader) => ({ name: 'same', one: processPage(line, reader), other: processPage(line, reader) }),
  count: (_line, reader) => ({
    name: 'count',
    process: reader.value(forms.process),
    page: reader.value(forms.page),
  }),
  locked: (_line, reader) => ({ name: 'locked', process: reader.value(forms.process) }),
  flag: (_line, reader) => ({ name: 'flag', ...pageOf(reader), flag: reader.value(flagForm) }),
  smap: (_line, reader) => ({ name: 'smap', ...pageOf(reader), figure: reader.value(figureForm) }),
}

const flagForm = oneOf('a flag of a region', regionFlags)
const figureForm = oneOf('a figure of a region', figures)

/** `P0 @3` */
const pageOf = (reader: Reader): ProcessPage => ({
  process: reader.value(forms.process),
  page: reader.value(forms.page),
})

/** `@0-4`: pages 0, 1, 2, 3 and 4. One page alone is a range too. */
function range(line: Line, reader: Reader): { readonly first: number; readonly last: number } {
  const word = reader.word('a range of pages', ['a range such as @0-4'])
  const dash = word.text.indexOf('-')
  if (dash < 0) {
    const page = readAs(line, word, forms.page)
    return { first: page, last: page }
  }
  const first = readAs(line, { text: word.text.slice(0, dash), column: word.column }, forms.page)
  const last = readAs(line, { text: word.text.slice(dash + 1), column: word.column + dash + 1 }, lastPage)
  if (last < first) refuse(line, word.column, `${quote(word.text)} ends before it begins`)
  return { first, last }
}

/** `P0@3` */
function processPage(line: Line, reader: Reader): ProcessPage {
  const word = reader.word('a page of a process', ['a page of a process such as P0@3'])
  const at = word.text.indexOf('@')
  if (at < 0) {
    return refuse(line, word.column, `${quote(word.text)} names no page`, {
      expected: ['a page of a process such as P0@3'],
    })
  }
  const process = readAs(line, { text: word.text.slice(0, at), column: word.column }, forms.process)
  const page = readAs(line, { text: word.text.slice(at), column: word.column + at }, forms.page)
  return { process, page }
}
