// Mutants of the implementation for claims about tables and their entries, and of what these allow.

import type { Text } from './text.js'

export const pageTablesTexts: readonly Text[] = [
  {
    kills: 'protection/write-xor-execute',
    title: 'every page is mapped executable',
    file: 'page-tables/entry.js',
    find: '(protection & executeBit) === 0 ? noExecuteBit : 0',
    replace: '0',
  },
  {
    kills: 'protection/write-xor-execute-over-aliases',
    title: 'a segment may be attached to be executed while it is written',
    file: 'shared-memory/attach.js',
    find: ' || breaksRule(object, flags)',
    replace: '',
  },
  {
    kills: 'page-tables/tables-form-trees',
    title: 'frames for tables are marked as pages',
    file: 'frames/frames.js',
    find: 'words[USE + frame] = use;',
    replace: 'words[USE + frame] = PAGE;',
  },
  {
    kills: 'page-tables/no-table-is-lost',
    title: 'an empty table is unhooked and not given back',
    file: 'page-tables/tables.js',
    find: 'give(table);\n            table',
    replace: ';\n            table',
  },
  {
    kills: 'page-tables/table-pool-agrees',
    title: 'a table that comes back is not counted as free',
    file: 'frames/table-pool.js',
    find: 'words[FREE]++;',
    replace: '',
  },
  {
    kills: 'page-tables/entry-counts-agree',
    title: 'a table does not count a new entry',
    file: 'page-tables/tables.js',
    find: 'function claim(entry) {\n        count(entry, 1);',
    replace: 'function claim(entry) {',
  },
  {
    kills: 'page-tables/only-tables-hang',
    title: 'the frame of zeros and the kernel’s hang below word 0',
    file: 'page-tables/tables.js',
    find: 'words.fill(NONE, PARENT + layout.zeroFrame, PARENT + layout.allFrames);',
    replace: '',
  },
  {
    kills: 'page-tables/no-table-stays-pinned',
    title: 'a table that a move has pinned keeps its second reference',
    file: 'page-tables/move.js',
    find: 'words[REFERENCES + tableOf(entry)] = PLAIN;',
    replace: '',
  },
  {
    kills: 'page-tables/entries-are-legal',
    title: 'an entry is cleared in its low word only',
    file: 'page-tables/tables.js',
    find: 'hide(entry);\n        words[entry + 1] = 0;',
    replace: 'hide(entry);',
  },
  {
    kills: 'page-tables/entries-name-page-frames',
    title: 'frames for pages are marked as tables',
    file: 'frames/frames.js',
    find: 'const frame = allocate(PAGE);',
    replace: 'const frame = allocate(TABLE);',
  },
  {
    kills: 'page-tables/rights-within-region',
    title: 'every page is mapped writable',
    file: 'page-tables/entry.js',
    find: '(protection & writeBit) === 0 ? readableRights',
    replace: 'false ? readableRights',
  },
  {
    kills: 'page-tables/kernel-half-is-one',
    title: 'a root in an odd frame has no kernel half',
    file: 'page-tables/kernel-half.js',
    find: 'if (EXISTS)\n',
    replace: 'if (EXISTS && root % 2 === 0)\n',
  },
  {
    kills: 'page-tables/kernel-half-maps-the-image',
    title: 'the kernel’s data may be executed',
    file: 'page-tables/kernel-half.js',
    find: '{ low: PRESENT | ACCESSED | DIRTY | WRITABLE, high: NO_EXECUTE }',
    replace: '{ low: PRESENT | ACCESSED | DIRTY | WRITABLE, high: 0 }',
  },
]
