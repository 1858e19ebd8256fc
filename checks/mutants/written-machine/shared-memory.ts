// Mutants of the implementation for claims about objects and what shows them.

import type { Text } from './text.js'

export const sharedMemoryTexts: readonly Text[] = [
  {
    kills: 'shared-memory/attachments-recount',
    title: 'an attachment that goes is still counted',
    file: 'shared-memory/objects.js',
    find: ': --words[record + ATTACHMENTS]',
    replace: ': words[record + ATTACHMENTS]',
  },
  {
    kills: 'shared-memory/pages-are-somewhere',
    title: 'a destroyed object remembers where its pages were',
    file: 'shared-memory/objects.js',
    find: 'words[at] = 0;',
    replace: '',
  },
  {
    kills: 'shared-memory/free-object-is-blank',
    title: 'a destroyed object remembers whose it was',
    file: 'shared-memory/objects.js',
    find: 'words.fill(0, record, record + PARTS);',
    replace: 'words[record + KIND] = FREE;',
  },
  {
    kills: 'shared-memory/entry-shows-object',
    title: 'an object forgets the frame that a fault gave it',
    file: 'faults/resident.js',
    find: 'words[part] = frame + 1;',
    replace: '',
  },
]
