// Aligned tables.

import test from 'ava'
import { renderTable } from './list.js'

test('names are aligned to the left and figures to the right', t => {
  const rows = [
    ['mm-small', '48 213', '3.9', '57 %'],
    ['mm', '998', '12.0', '7 %'],
  ]
  t.is(
    renderTable(rows, ['scope', 'states', 's', 'changing']),
    'scope     states     s  changing\nmm-small  48 213   3.9      57 %\nmm           998  12.0       7 %\n',
  )
})

test('a column in which nothing stands is left out, and a short row is filled', t => {
  t.is(renderTable([['a', '', 'x'], ['b']], ['name', 'none', 'last']), 'name  last\na     x\nb\n')
})

test('a table without rows is its headers', t => {
  t.is(renderTable([], ['name', 'says']), 'name  says\n')
})
