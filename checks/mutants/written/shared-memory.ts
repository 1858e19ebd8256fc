// Objects that are counted wrongly, destroyed too soon or too late, or shown to the wrong people.

import { load } from '../../../model/faults/load.js'
import { store } from '../../../model/faults/store.js'
import {
  Content,
  disabled,
  drop,
  Entry,
  ids,
  ignore,
  type M,
  mmap,
  munmap,
  mutant,
  need,
  Part,
  refuse,
  rewritten,
  swapOut,
} from '../../../model/index.js'
import { destroy } from '../../../model/shared-memory/objects.js'
import { shmat } from '../../../model/shared-memory/shmat.js'
import { shmremove, shmset, shmstat } from '../../../model/shared-memory/shmctl.js'
import { shmdt } from '../../../model/shared-memory/shmdt.js'
import { shmget } from '../../../model/shared-memory/shmget.js'
import { also, type Known, kills, pagesFor } from './tools.js'

/** The object that a page shows which an access was about. */
const shown = (m: M, my: Known) => {
  const { object, offset } = pagesFor(m, my)[my.page]
  return object === null ? null : { parts: m.objects[object].parts, at: ids(m.objects[object].parts)[offset] }
}

export const sharedMemoryMutants = [
  kills(
    'shared-memory/attachments-recount',
    'shared',
    mutant(
      'munmap counts an attachment that is gone',
      munmap,
      also('unmap', m => {
        for (const it of m.objects) if (it.kind !== 'free') it.attachments++
      }),
    ),
  ),
  kills(
    'shared-memory/entry-shows-object',
    'shared',
    mutant(
      'a load takes the page from its object',
      load,
      also('install', (m, my) => {
        const it = shown(m, my)
        if (it !== null) it.parts[it.at].at = Part.absent
      }),
    ),
  ),
  kills(
    'shared-memory/mapped-object-lives',
    'segment-fork',
    mutant(
      'shmremove destroys what is attached',
      shmremove,
      also('remove', (m, my) => destroy(m, my.segment)),
    ),
  ),
  kills(
    'shared-memory/one-page-a-frame',
    'shared-swap',
    mutant(
      'a store puts all pages of an object into one frame',
      store,
      also('install', (m, my) => {
        const it = shown(m, my)
        if (it !== null) for (const part of it.parts) part.at = it.parts[it.at].at
      }),
    ),
  ),
  kills(
    'shared-memory/page-keeps-content',
    'shared-swap',
    rewritten('what was swapped out comes back as zeros', load, {
      fill: (m, my) => {
        if (my.frame !== null) m.frames[my.frame].content = Content.zero
      },
    }),
  ),
  kills(
    'shared-memory/free-object-is-blank',
    'shared',
    mutant(
      'an object that is gone stays held',
      munmap,
      also('unmap', m => {
        for (const it of m.objects) it.held = true
      }),
    ),
  ),
  kills(
    'shared-memory/nobody-left',
    'shared',
    mutant(
      'mmap does not count what it attaches',
      mmap,
      also('map', (m, my) => {
        if (my.object !== null) m.objects[my.object].attachments = 0
      }),
    ),
  ),
  kills(
    'shared-memory/segment-stays',
    'segment-fork',
    mutant(
      'shmdt destroys the segment',
      shmdt,
      also('detach', (m, my) => destroy(m, need(my.segment))),
    ),
  ),
  kills(
    'shared-memory/page-stays',
    'segment-fork',
    mutant(
      'shmdt gives up the pages of the segment',
      shmdt,
      also('detach', (m, my) => {
        for (const part of m.objects[need(my.segment)].parts) part.at = Part.absent
      }),
    ),
  ),
  kills(
    'shared-memory/held-stays-resident',
    'segment-fork',
    rewritten('swapOut takes a page of a segment that is held', swapOut, {
      look: (m, my) => {
        const { space } = m.processes[my.process]
        const entry = space === null ? Entry.absent : m.spaces[space].pages[my.page].entry
        if (entry.is !== 'present') return disabled
        my.victim = entry.frame
      },
    }),
  ),
  kills('shared-memory/keys-are-unique', 'segments', mutant('shmget does not look for the key', shmget, drop('find'))),
  kills(
    'shared-memory/stale-id-never-resolves',
    'segments',
    mutant('shmstat does not look at the number', shmstat, ignore('look', refuse('EIDRM'))),
  ),
  kills(
    'shared-memory/within-limits',
    'segments',
    mutant('shmget does not look at the limits', shmget, ignore('limits', refuse('ENOSPC'))),
    'segments=1',
  ),
  kills(
    'shared-memory/needs-rights',
    'segment-rights',
    mutant('shmstat does not look at the mode', shmstat, drop('rights')),
  ),
  kills('shared-memory/owners-only', 'segment-rights', mutant('anybody may change a segment', shmset, drop('control'))),
  kills(
    'shared-memory/attached-as-asked',
    'segment-fork',
    mutant(
      'who asks for reading may write',
      shmat,
      also('map', (m, my) => {
        pagesFor(m, my)[need(my.start)].region = 'rw'
      }),
    ),
  ),
  kills(
    'shared-memory/detach-takes-one',
    'segments',
    mutant(
      'shmdt unmaps everything',
      shmdt,
      also('detach', (m, my) => {
        for (const it of pagesFor(m, my)) it.region = 'unmapped'
      }),
    ),
  ),
  kills(
    'shared-memory/frame-of-object-is-counted',
    'shared',
    mutant(
      'a load counts the frame of an object twice',
      load,
      also('install', (m, my) => {
        const { entry } = pagesFor(m, my)[my.page]
        if (entry.is === 'present') m.frames[entry.frame].references++
      }),
    ),
  ),
]
