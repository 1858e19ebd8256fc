// Mutants of the implementation for claims about slots, areas and lists of pages.

import type { Text } from './text.js'

export const swapTexts: readonly Text[] = [
  {
    kills: 'swap/lists-agree',
    title: 'a page that goes is still counted in its list',
    file: 'frames/lru.js',
    find: 'words[COUNTS + list - 1]--;',
    replace: '',
  },
  {
    kills: 'swap/every-page-is-listed',
    title: 'a page that goes keeps its links in the list',
    file: 'frames/lru.js',
    find: 'words[NEXT + frame] = words[PREVIOUS + frame] = words[LIST + frame] = 0;',
    replace: 'words[LIST + frame] = 0;',
  },
  {
    kills: 'swap/references-recount',
    title: 'a slot is taken with two references',
    file: 'swap/area.js',
    find: 'words[REFERENCES + slot] = 1;',
    replace: 'words[REFERENCES + slot] = 2;',
  },
  {
    kills: 'swap/free-slots-agree',
    title: 'a slot that is given back stays taken in the bitmap',
    file: 'swap/area.js',
    find: 'setFree(slot);',
    replace: '',
  },
  {
    kills: 'swap/cache-agrees',
    title: 'a cached frame does not know its slot',
    file: 'swap/area.js',
    find: 'words[FRAME_SLOT + frame] = slot + 1;',
    replace: '',
  },
  {
    kills: 'swap/reverse-mapping-agrees',
    title: 'all swapped entries are listed with the first slot',
    file: 'frames/reverse.js',
    find: 'SLOT_MAPS + slotOf(low, high)',
    replace: 'SLOT_MAPS',
  },
]
