// Parent and child who see too much of each other, or too little.

import { copyOnWriteDecision, drop, Entry, fork, ids, mutant, need, rewritten, store } from '../../../model/index.js'
import { inherit } from '../../../model/regions/regions.js'
import { also, answered, kills } from './tools.js'

export const sharingMutants = [
  kills(
    'copy-on-write/writable-is-exclusive',
    'fork',
    mutant(
      'fork lets the child write at once',
      fork,
      also('start', (m, my) => {
        for (const it of m.spaces[need(m.processes[my.child].space)].pages)
          if (it.entry.is === 'present') it.entry = Entry.present({ frame: it.entry.frame, rights: 'rw' })
      }),
    ),
  ),
  kills(
    'copy-on-write/copies-what-others-hold',
    'fork',
    answered('a store writes to what others have too', copyOnWriteDecision, 'shared false, frame others', 'allow'),
  ),
  kills(
    'copy-on-write/no-needless-copy',
    'fork',
    answered('a store copies what nobody else has', copyOnWriteDecision, 'shared false, frame alone', 'copy'),
  ),
  kills(
    'copy-on-write/fork-takes-no-frame',
    'fork',
    mutant(
      'fork takes a frame for nothing',
      fork,
      also('start', m => {
        const free = ids(m.frames).find(f => m.frames[f].references === 0)
        if (free !== undefined) m.frames[free].references = 1
      }),
    ),
  ),
  kills(
    'copy-on-write/child-is-like-parent',
    'locked-swap-fork',
    mutant(
      'a child inherits locks',
      fork,
      also('start', (m, my) => {
        for (const it of m.spaces[need(m.processes[my.child].space)].pages) it.lock = 'locked'
      }),
    ),
  ),
  kills(
    'copy-on-write/child-reads-the-same',
    'fork',
    rewritten('fork forgets what the child should read', fork, {
      inherit: (m, my) => inherit(m, need(m.processes[my.process].space), need(my.space)),
    }),
  ),
  kills(
    'copy-on-write/written-page-is-found',
    'linux',
    mutant('a store gives a region no chain', store, drop('chain')),
  ),
  kills(
    'processes/child-inherits',
    'fork',
    mutant(
      'a child may map nothing',
      fork,
      also('start', (m, my) => {
        m.processes[my.child].limits.as = 0
      }),
    ),
  ),
]
