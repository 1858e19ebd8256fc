// Changes folded to a line.

import test from 'ava'
import { foldChanges } from './diff.js'

test('leaves of one record are named once, in the order in which the record first appears', t => {
  const changes = [
    { path: 'frames[1].use', from: 'free', to: 'page' },
    { path: 'free', from: '2', to: '1' },
    { path: 'frames[1].references', from: '0', to: '1' },
  ]
  t.deepEqual(foldChanges(changes), ['frames[1].use free→page, references 0→1', 'free 2→1'])
})

test('items of one list share its name', t => {
  const changes = [
    { path: 'tlb[0]', from: 'empty', to: '@0' },
    { path: 'tlb[1]', from: '@1', to: 'empty' },
  ]
  t.deepEqual(foldChanges(changes), ['tlb[0] empty→@0, [1] @1→empty'])
})

test('fields at the top stand alone', t => {
  const changes = [
    { path: 'free', from: '2', to: '1' },
    { path: 'used', from: '0', to: '1' },
  ]
  t.deepEqual(foldChanges(changes), ['free 2→1, used 0→1'])
})
