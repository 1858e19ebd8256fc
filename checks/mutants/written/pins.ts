// Pins that are not looked for, not compared, or not given back.

import {
  copyOnWriteDecision,
  drop,
  fork,
  has,
  ids,
  munmap,
  mutant,
  pinDecision,
  pinPage,
} from '../../../model/index.js'
import { also, answered, kills, spaceFor } from './tools.js'

export const pinsMutants = [
  kills(
    'pins/keeps-its-page',
    'smp-pin-unmap',
    mutant('a pin does not look at the entry a second time', pinPage, drop('compare')),
  ),
  kills(
    'pins/keeps-its-page',
    'smp-pin-protect',
    answered(
      'a store copies what is exclusive and pinned',
      copyOnWriteDecision,
      'shared false, frame exclusive',
      'copy',
    ),
  ),
  kills(
    'pins/keeps-its-frame',
    'smp-pin-unmap',
    mutant(
      'munmap frees its frames whoever holds them',
      munmap,
      also('clear', (m, my) => {
        for (const f of ids(m.frames)) if (has(my.gathered, f)) m.frames[f].references = 1
      }),
    ),
  ),
  kills(
    'pins/written-by-its-owner',
    'smp-pin-read',
    answered('a store overlooks that others have pins', copyOnWriteDecision, 'shared false, frame others', 'allow'),
  ),
  kills(
    'pins/private-is-exclusive',
    'smp-pin-read',
    answered('a pin for reading takes what is shared', pinDecision, 'how load, writable false, found shared', 'pin'),
  ),
  kills(
    'pins/exclusive-is-one-page',
    'smp-pin-fork',
    mutant(
      'fork leaves what it shares marked as exclusive',
      fork,
      also('copy', (m, my) => {
        for (const { entry } of m.spaces[spaceFor(m, my)].pages)
          if (entry.is === 'present') m.frames[entry.frame].exclusive = true
      }),
    ),
  ),
  kills(
    'pins/recount',
    'smp-pin-unmap',
    mutant('a pin that came too late is not given back', pinPage, drop('giveBack')),
  ),
]
