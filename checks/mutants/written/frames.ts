// Frames and tables, handed out twice, lost, or not cleared.

import {
  allocate,
  Content,
  choose,
  drop,
  Entry,
  each,
  exit,
  type Frame,
  fork,
  frame,
  free,
  go,
  ids,
  ignore,
  load,
  munmap,
  mutant,
  page,
  refuse,
  reserve,
  rewritten,
  spawn,
  store,
  swapIn,
} from '../../../model/index.js'
import { inRange } from '../../../model/regions/attributes.js'
import { clearEntry } from '../../../model/regions/regions.js'
import { also, kills, pagesFor, spaceFor } from './tools.js'

export const framesMutants = [
  kills(
    'frames/no-double-mapping',
    'fork-protect',
    mutant('fork lets the parent go on writing', fork, drop('withdraw')),
  ),
  kills(
    'frames/one-use',
    'kernel-frames',
    mutant('reserve takes a frame that is in use', reserve, ignore('look', refuse('EBUSY'))),
  ),
  kills(
    'frames/free-frame-is-unmapped',
    'frames',
    rewritten('munmap frees the frames and leaves the entries', munmap, {
      clear: each(
        page,
        (m, my, v) => {
          const { entry } = pagesFor(m, my as never)[v]
          if (entry.is === 'present') m.frames[entry.frame].references = 0
        },
        { where: inRange },
      ),
    }),
  ),
  kills(
    'frames/free-frame-holds-nothing',
    'kernel-frames',
    mutant(
      'free leaves the frame as if it were still known',
      free,
      also('free', (m, my) => {
        m.frames[my.frame].content = Content.zero
      }),
    ),
  ),
  kills(
    'frames/within-sharers',
    'fork-sharers',
    mutant('fork does not look how often a frame is shared already', fork, drop('share')),
  ),
  kills(
    'frames/reserved-for-good',
    'kernel-frames',
    mutant(
      'exit gives reserved frames back',
      exit,
      also('end', m => {
        for (const it of m.frames) it.reserved = false
      }),
    ),
  ),
  kills(
    'frames/frees-what-the-kernel-took',
    'kernel-frames',
    mutant('free frees a frame that a process uses', free, ignore('look', refuse('EBUSY'))),
  ),
  kills(
    'frames/allocated-is-cleared',
    'kernel-frames',
    mutant('the kernel gets a frame as it is', allocate, drop('clear')),
  ),
  kills(
    'frames/references-recount',
    'frames',
    rewritten('munmap clears the entries and forgets their frames', munmap, {
      clear: each(
        page,
        (m, my, v) => {
          pagesFor(m, my as never)[v].entry = Entry.absent
        },
        { where: inRange },
      ),
    }),
  ),
  kills(
    'page-tables/entry-has-region',
    'frames',
    mutant('munmap leaves the entries where they are', munmap, drop('clear')),
  ),
  kills(
    'page-tables/rights-within-region',
    'frames',
    mutant(
      'a fault makes every page writable',
      load,
      also('install', (m, my) => {
        const it = pagesFor(m, my)[my.page]
        if (it.entry.is === 'present') it.entry = Entry.present({ frame: it.entry.frame, rights: 'rw' })
      }),
    ),
  ),
  kills(
    'page-tables/tables-recount',
    'tiny-counted',
    mutant(
      'swapIn counts a table that is there already',
      swapIn,
      also('install', (m, my) => m.spaces[spaceFor(m, my)].tables++),
    ),
  ),
  kills(
    'page-tables/tables-fit',
    'tiny-counted',
    rewritten('a store does not make sure of its tables', store, { room: () => go('frame') }),
  ),
  kills('faults/no-stale-memory', 'frames', mutant('a fault hands out a frame as it is', load, drop('fill'))),
  kills('refusal-changes-nothing', 'tiny-counted', mutant('spawn without memory keeps the space', spawn, drop('undo'))),
  kills(
    'frames/no-double-mapping',
    'frames',
    rewritten('a fault takes any frame, free or not', load, {
      frame: choose(
        frame,
        () => true,
        (m, my, f: Frame) => {
          m.frames[f].references++
          my.frame = f
        },
      ),
    }),
  ),
  kills(
    'copy-on-write/child-shares-pages',
    'fork',
    mutant(
      'fork leaves out the first page',
      fork,
      also('start', (m, my) => clearEntry(m, spaceFor(m, { ...my, process: my.child }), ids(m.tree)[0])),
    ),
  ),
]
