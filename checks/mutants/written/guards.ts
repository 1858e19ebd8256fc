// What is changed by who has not got it in hand: no lock, another's, or one that was given back too early.

import { enterKernel } from '../../../model/concurrency/locks.js'
import { dropCache } from '../../../model/files/drop-cache.js'
import {
  Content,
  choose,
  concurrent,
  drop,
  type Frame,
  frame,
  go,
  type M,
  mkswap,
  mremap,
  munmap,
  mutant,
  rewritten,
  store,
  swapIn,
  swapOut,
  switchTo,
  vunmap,
  withoutMember,
} from '../../../model/index.js'
import { reap } from '../../../model/processes/reap.js'
import { shmremove } from '../../../model/shared-memory/shmctl.js'
import { all } from '../../museum/edits.js'
import { also, kills, spaceFor } from './tools.js'

export const guardsMutants = [
  kills(
    'concurrency/inside-has-the-lock',
    'smp-munmap',
    mutant(
      'munmap gives the lock back before all have forgotten',
      munmap,
      also('forget', (m, my) => {
        m.spaces[spaceFor(m, my)].writer = null
      }),
    ),
  ),
  kills(
    'processes/one-reaper',
    'smp-reap',
    mutant(
      'the process does not know who takes its memory away',
      reap,
      also('enter', (m, my) => {
        m.processes[my.process].reaper = null
      }),
    ),
  ),
  kills(
    'concurrency/entries-change-under-a-lock',
    'smp-mremap-evict',
    mutant('mremap lets a page be evicted on its way', mremap, drop('takeTables')),
  ),
  kills(
    'concurrency/slots-change-while-busy',
    'smp-swap',
    mutant(
      'swapOut does not mark the slot that it writes',
      swapOut,
      also('slot', (m, my) => {
        if (my.slot !== null) m.slots[my.slot].busy = false
      }),
    ),
  ),
  kills(
    'concurrency/parts-change-in-turn',
    'smp-file-shared',
    mutant(
      'dropCache does not say that the page is being given up',
      dropCache,
      also('detach', m => {
        for (const { parts } of m.objects) for (const part of parts) part.busy = false
      }),
    ),
  ),
  kills(
    'concurrency/contents-change-by-stores',
    'smp-swap',
    mutant(
      "swapOut clears the frame before it is anybody's",
      swapOut,
      also('slot', (m, my) => {
        if (my.victim !== null) m.frames[my.victim].content = Content.zero
      }),
    ),
  ),
  kills(
    'concurrency/kernel-half-changes-in-hand',
    'smp-kernel-half',
    rewritten('vunmap does not lock the entry that it takes away', vunmap, { take: concurrent(() => undefined) }),
  ),
  kills(
    'concurrency/records-change-in-hand',
    'smp-segments',
    mutant(
      'shmremove lets go of the record that it is about to mark',
      shmremove,
      also('control', (m, my) => {
        m.objects[my.segment].holder = null
      }),
    ),
  ),
  kills(
    'concurrency/areas-change-in-hand',
    'smp-areas',
    rewritten('mkswap does not hold the area that it changes', mkswap, { enter: enterKernel() }),
  ),
  kills(
    'concurrency/tags-are-given-in-turn',
    'smp-tags',
    mutant(
      'a CPU gives a tag and has not their lock',
      switchTo,
      also('number', m => {
        m.tags.lock = null
      }),
    ),
  ),
  kills(
    'concurrency/tables-hang-under-a-lock',
    'smp-tables',
    mutant(
      'a store gives the lock back before its table hangs',
      store,
      also('clearTable', (m, my) => {
        const it = m.spaces[spaceFor(m, my)]
        it.readers = withoutMember(it.readers, my.cpu)
      }),
    ),
  ),
  kills(
    'concurrency/records-change-under-the-lock',
    'smp-region-locks',
    mutant('munmap detaches a record and has not its space', munmap, drop('lock')),
  ),
  kills(
    'frames/handed-to-one-request',
    'smp-pin-zeros',
    rewritten('a store takes a frame that another has in hand', store, {
      frame: choose(
        frame,
        () => true,
        (m: M, my, f: Frame) => {
          m.frames[f].references++
          my.frame = f
        },
        { none: () => go('room') },
      ),
    }),
  ),
  kills(
    'swap/comes-back-as-it-went',
    'smp-swap-in',
    mutant(
      'swapIn holds the slot only once it looks again',
      swapIn,
      all(
        also('hold', (m, my) => {
          if (my.sourceSlot !== null) m.slots[my.sourceSlot].references--
        }),
        also('settle', (m, my) => {
          if (my.sourceSlot !== null) m.slots[my.sourceSlot].references++
        }),
      ),
    ),
  ),
]
