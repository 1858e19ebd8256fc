// Files whose page changes, is called clean, or is given up, while somebody still has a say in it; and pages that are
// discarded in between.

import { drop, dropCache, Entry, mutant, poke, store, writeBack } from '../../../model/index.js'
import { also, kills, pagesFor } from './tools.js'

export const filesMutants = [
  kills(
    'files/changes-by-who-may-write',
    'smp-poke',
    mutant(
      'a forced write goes to whatever is there',
      poke,
      also('look', (_m, my) => {
        my.access = 'load'
      }),
    ),
  ),
  kills(
    'files/clean-is-saved',
    'smp-file-shared',
    mutant('writeback saves before every CPU has forgotten the page', writeBack, drop('cleanedAwait')),
  ),
  kills(
    'files/clean-is-not-writable',
    'smp-file-shared',
    mutant('writeback tells no other CPU', writeBack, drop('cleanedSend', 'cleanedAwait')),
  ),
  kills(
    'files/private-memory-only-shows',
    'smp-file-copy',
    mutant(
      'a store shows the file as if it were its own',
      store,
      also('install', (m, my) => {
        const it = pagesFor(m, my)[my.page]
        if (it.entry.is === 'present') it.entry = Entry.present({ frame: it.entry.frame, rights: 'rw' })
      }),
    ),
  ),
  kills(
    'faults/page-holds-last-store',
    'smp-discard',
    mutant(
      'a store fills its frame from whatever the page names by then',
      store,
      also('fill', (m, my) => {
        const { entry } = pagesFor(m, my)[my.page]
        if (my.frame !== null && entry.is === 'present') m.frames[my.frame].content = m.frames[entry.frame].content
      }),
    ),
  ),
  kills(
    'tlb/names-no-free-frame',
    'smp-file-shared',
    mutant('dropcache frees before every CPU has forgotten the page', dropCache, drop('droppedAwait')),
  ),
]
