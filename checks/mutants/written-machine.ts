// Mutants of the implementation written by hand, one for each claim about its memory: what to replace in the compiled
// text, which must stand there exactly once, and the claim that must notice it with no model to help.

import { type TextEdit, textOf } from './compiled.js'

export interface WrittenText {
  readonly edit: TextEdit
  readonly kills: string
}
export interface Text {
  readonly kills: string
  readonly title: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

const texts: readonly Text[] = [
  {
    kills: 'frames/buddy-blocks-are-disjoint',
    title: 'a block that is taken stays in its free list',
    file: 'frames/buddy.js',
    find: 'unlink(frame, size);',
    replace: '',
  },
  {
    kills: 'frames/buddies-are-merged',
    title: 'frames that are given back are never merged',
    file: 'frames/buddy.js',
    find: 'words[ORDER + buddy] !== size',
    replace: 'true',
  },
  {
    kills: 'frames/free-sets-agree',
    title: 'a frame that is given back is still marked as used',
    file: 'frames/frames.js',
    find: 'words[USE + frame] = FREE;',
    replace: '',
  },
  {
    kills: 'frames/references-recount',
    title: 'a frame is handed out with two references',
    file: 'frames/frames.js',
    find: 'words[REFERENCES + frame] = 1;',
    replace: 'words[REFERENCES + frame] = 2;',
  },
  {
    kills: 'frames/free-frame-is-blank',
    title: 'a table that is given back remembers its parent',
    file: 'page-tables/tables.js',
    find: 'words[PARENT + table] = NONE;',
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
    find: 'give(table);',
    replace: '',
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
    find: 'words[ENTRIES + tableOf(entry)]++;',
    replace: '',
  },
  {
    kills: 'page-tables/entries-are-legal',
    title: 'an entry is cleared in its low word only',
    file: 'page-tables/tables.js',
    find: 'words[entry + 1] = 0;',
    replace: '',
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
    kills: 'protection/write-xor-execute',
    title: 'every page is mapped executable',
    file: 'page-tables/entry.js',
    find: '(protection & executeBit) === 0 ? noExecuteBit : 0',
    replace: '0',
  },
  {
    kills: 'regions/ordered-and-disjoint',
    title: 'a region that is cut keeps its end',
    file: 'regions/regions.js',
    find: 'setEnd(node, first);',
    replace: '',
  },
  {
    kills: 'regions/merged',
    title: 'regions that touch in front are not merged',
    file: 'regions/regions.js',
    find: 'const mergesBefore = before !== NO_NODE',
    replace: 'const mergesBefore = false && before !== NO_NODE',
  },
  {
    kills: 'regions/count-recount',
    title: 'a region that is removed is still counted',
    file: 'regions/regions.js',
    find: 'words[countOf(space)]--;',
    replace: '',
  },
  {
    kills: 'regions/no-node-is-lost',
    title: 'the node of a removed region is not given back',
    file: 'regions/tree.js',
    find: 'giveNode(node);',
    replace: '',
  },
  {
    kills: 'regions/free-node-is-blank',
    title: 'a free node remembers where its region ended',
    file: 'regions/tree.js',
    find: 'setEnd(node, 0);',
    replace: '',
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
]

/** The compiled text has changed and a mutant no longer finds its place. */
export class LostMutant extends Error {
  override readonly name = 'LostMutant'
}

export const writtenTexts = (): readonly WrittenText[] => texts.map(placed)

/** A mutant with the place of what it replaces. */
export function placed({ kills, title, file, find, replace }: Text): WrittenText {
  const text = textOf(file)
  const start = text.indexOf(find)
  if (start < 0 || text.includes(find, start + 1)) {
    throw new LostMutant(`mutant '${title}': '${find}' does not stand exactly once in ${file}`)
  }
  return { kills, edit: { title, file, start, end: start + find.length, replacement: replace } }
}
