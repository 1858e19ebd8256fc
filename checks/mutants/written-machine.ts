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
    kills: 'frames/no-double-mapping',
    title: 'fork leaves the parent its right to write',
    file: 'copy-on-write/fork.js',
    find: '        protectAll(parent);',
    replace: '',
  },
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
    kills: 'frames/bitmaps-agree',
    title: 'a bitmap word that was full counts as full for ever',
    file: 'bitmap.js',
    find: 'words[SUMMARY + (word >>> 5)] &= ~(1 << (word & 31));',
    replace: '',
  },
  {
    kills: 'frames/buddy-lists-agree',
    title: 'a free list is linked in one direction only',
    file: 'frames/buddy.js',
    find: 'words[PREVIOUS + next] = frame;',
    replace: '',
  },
  {
    kills: 'frames/only-blocks-are-linked',
    title: 'a block that is taken keeps its links',
    file: 'frames/buddy.js',
    find: 'words[NEXT + frame] = words[PREVIOUS + frame] = words[ORDER + frame] = NONE;',
    replace: 'words[ORDER + frame] = NONE;',
  },
  {
    kills: 'frames/uses-fit',
    title: 'the frames of the kernel’s image are not marked',
    file: 'frames/frames.js',
    find: 'words.fill(IMAGE, USE + POOL + layout.tableFrames, USE + ALL);',
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
    kills: 'frames/reverse-mapping-agrees',
    title: 'an entry that is gone stays in the list of its frame',
    file: 'frames/reverse.js',
    find: 'words[hole] = next;',
    replace: '',
  },
  {
    kills: 'frames/only-names-are-linked',
    title: 'an entry that is gone keeps its links',
    file: 'frames/reverse.js',
    find: 'words[entry + NEXT] = words[entry + HOLE] = 0;',
    replace: '',
  },
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
  {
    kills: 'processes/spaces-agree',
    title: 'a space does not know whose it is',
    file: 'processes/processes.js',
    find: 'words[SPACES + space * spaceWords + PROCESS] = process;',
    replace: '',
  },
  {
    kills: 'processes/free-spaces-agree',
    title: 'a space that is given back stays marked as taken',
    file: 'processes/processes.js',
    find: 'taken.clear(space);',
    replace: '',
  },
  {
    kills: 'processes/free-space-is-empty',
    title: 'a space that is given back remembers what it counted',
    file: 'processes/processes.js',
    find: 'words.fill(0, record, record + spaceWords);',
    replace: '',
  },
  {
    kills: 'processes/dead-process-is-blank',
    title: 'a process that ends leaves its user and its limits behind',
    file: 'processes/processes.js',
    find: 'words.fill(0, recordOf(process) + SPACE + 1, recordOf(process) + processWords);',
    replace: '',
  },
  {
    kills: 'faults/zeros-stay-zeros',
    title: 'the frame of zeros is mapped writable',
    file: 'faults/resident.js',
    find: 'const allowed = withoutWrite(protection);',
    replace: 'const allowed = protection;',
  },
  {
    kills: 'regions/ordered-and-disjoint',
    title: 'a region that is split keeps its end',
    file: 'regions/forest.js',
    find: 'resize(space, node, startOf(node), page);',
    replace: '',
  },
  {
    kills: 'regions/merged',
    title: 'regions that touch are not merged',
    file: 'regions/forest.js',
    find: '!agree(left, right, page)',
    replace: 'true',
  },
  {
    kills: 'regions/count-recount',
    title: 'a region that is removed is still counted',
    file: 'regions/forest.js',
    find: 'words[SPACES + space * spaceWords + REGIONS]--;',
    replace: '',
  },
  {
    kills: 'regions/mapped-recount',
    title: 'mapped pages are not counted',
    file: 'regions/forest.js',
    find: 'doubles[record + MAPPED / 2] += pages;',
    replace: '',
  },
  {
    kills: 'locking/locked-recount',
    title: 'locked pages are not counted',
    file: 'regions/forest.js',
    find: 'doubles[record + LOCKED / 2] += pages;',
    replace: ';',
  },
  {
    kills: 'regions/chains-recount',
    title: 'a chain does not count its regions',
    file: 'regions/chains.js',
    find: 'words[REGIONS + chain]++;',
    replace: '',
  },
  {
    kills: 'regions/taken-chains-agree',
    title: 'a chain that no region has stays marked as taken',
    file: 'regions/chains.js',
    find: 'taken.clear(chain);',
    replace: ';',
  },
  {
    kills: 'regions/no-node-is-lost',
    title: 'the node of a removed region is not given back',
    file: 'regions/tree.js',
    find: 'give(node);',
    replace: '',
  },
  {
    kills: 'regions/free-node-is-blank',
    title: 'a free node remembers its region',
    file: 'regions/nodes.js',
    find: 'doubles[at] = 0;',
    replace: '',
  },
  {
    kills: 'regions/no-node-is-blank',
    title: 'the new ends of a region go to the one behind it',
    file: 'regions/forest.js',
    find: 'setBounds(node, start, end);',
    replace: 'setBounds(find(space, end), start, end);',
  },
  {
    kills: 'regions/trees-are-heaps',
    title: 'a region is added at the foot of its tree',
    file: 'regions/tree.js',
    find: 'priority(above) > priority(node)',
    replace: 'true',
  },
  {
    kills: 'regions/tree-sums-agree',
    title: 'a node never learns of wider gaps',
    file: 'regions/tree.js',
    find: 'doubles[(node >> 1) + GAP_DOUBLE] = gap;',
    replace: '',
  },
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
