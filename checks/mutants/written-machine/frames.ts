// Mutants of the implementation for claims about frames: free sets, references, reverse mapping, and what a fault leaves in them.

import type { Text } from './text.js'

export const framesTexts: readonly Text[] = [
  {
    kills: 'frames/no-double-mapping',
    title: 'fork leaves the parent its right to write',
    file: 'copy-on-write/fork.js',
    find: '        protectAll(parent);',
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
    kills: 'frames/free-frame-is-blank',
    title: 'a table that is given back remembers its parent',
    file: 'page-tables/tables.js',
    find: 'words[PARENT + table] = NONE;',
    replace: '',
  },
  {
    kills: 'faults/zeros-stay-zeros',
    title: 'the frame of zeros is mapped writable',
    file: 'faults/resident.js',
    find: 'const allowed = withoutWrite(protection);',
    replace: 'const allowed = protection;',
  },
]
