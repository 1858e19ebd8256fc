// Files whose page changes, is called clean, or is given up, while somebody still has a say in it; and pages that are
// discarded in between.

import { noteStore } from '../../../model/files/files.js'
import { drop, dropCache, Entry, munmap, mutant, poke, store, writeBack } from '../../../model/index.js'
import { all, around, insertedBefore } from '../../museum/edits.js'
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
    'files/clean-is-saved',
    'smp-file-bits',
    mutant(
      'munmap reads what hardware has noted, and then clears the entry',
      munmap,
      all(
        insertedBefore('clear', 'peek', (m, my) => {
          const { space } = m.processes[my.process]
          if (space !== null && m.spaces[space].pages[my.page].dirty) noteStore(m, space, my.page)
          return undefined
        }),
        around('clear', run => (m, my, v) => {
          const { space } = m.processes[my.process]
          if (space !== null) m.spaces[space].pages[my.page].dirty = false
          return run(m, my, v)
        }),
      ),
    ),
  ),
  kills(
    'tlb/dirty-is-noted',
    'smp-file-bits',
    mutant(
      'a page of a file is clean once it is saved, whatever was noted meanwhile',
      writeBack,
      also('save', m => {
        for (const { parts } of m.objects) for (const it of parts) it.dirty = false
      }),
    ),
  ),
  kills(
    'tlb/dirty-is-noted',
    'smp-file-bits',
    mutant(
      'writeback takes what is noted from the entries, and lets CPUs go on with what they keep',
      writeBack,
      drop('cleanedSend', 'cleanedAwait', 'cleanedDone'),
    ),
  ),
  kills(
    'tlb/names-no-free-frame',
    'smp-file-shared',
    mutant('dropcache frees before every CPU has forgotten the page', dropCache, drop('droppedAwait')),
  ),
]
