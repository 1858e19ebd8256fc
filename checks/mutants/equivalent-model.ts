// Generated edits of the model that nothing can notice, each with the reason. What can be left out of a recipe is left
// out there; what stands here is mostly an order of two steps that had to be written one way or the other.

/** Reasons, and the titles of the edits that each is for. */
export const modelReasons: readonly (readonly [reason: string, titles: readonly string[]])[] = [
  [
    'neither of the two steps looks at what the other writes: one the identity of the region, the other a frame',
    [
      'mmap: fill before chain',
      'mremap: fill before chain',
      'mremap: lend before frame',
      'load: fill before chain',
      'fetch: fill before chain',
      'mlock: fill before chain',
      'mlock2: fill before chain',
      'mlockall: fill before chain',
    ],
  ],
  [
    'entries and regions do not look at each other, and names of frames are given back in any order',
    [
      'exit: unmap before clear',
      'munmap: unmap before clear',
      'mprotect: protect before entries',
      'mremap: map before move',
      'shmat: map before clear',
    ],
  ],
  [
    'neither of the two steps looks at what the other writes: the count of tables, or regions',
    ['exit: root before unmap'],
  ],
  [
    "neither of the two steps looks at what the other writes: the parent's entries, or the child's regions",
    ['fork: inherit before withdraw'],
  ],
  [
    'neither of the two steps looks at what the other writes: how mappings to come are locked, or those that there are',
    ['munlockall: unlock before future'],
  ],
  [
    'both steps only refuse, and with the same answer; a page that needs nothing has its tables',
    [
      'mremap: tables before need',
      'load: tables before need',
      'store: tables before need',
      'fetch: tables before need',
      'shmat: tables before need',
      'mlock: tables before need',
      'mlock2: tables before need',
      'mlockall: tables before need',
    ],
  ],
  [
    'one step chooses a page, the other asks whether any is wanted; where there is none and where none is, the answer is the same',
    ['mmap: populate before handOver', 'shmat: populate before begin', 'mlockall: populate before begin'],
  ],
  [
    'pins are only among several CPUs, where what is copied is held and its entry taken away first: then a copy is a fresh frame',
    ['copy-on-write: shared false, frame pinned answers fresh'],
  ],
  ['each of the two steps does nothing under the profile of the other', ['mprotect: walk before pages']],
  ['an area that is on has a header, so that writing one changes nothing', ['mkswap: write before busy']],
  [
    'no object may be written in one mapping and executed in another, so nobody asks; mutants that break the claim do',
    [
      'object: linux false, attaching none, someWrite true, someExecute true answers allow',
      'object: linux false, attaching rdonly, someWrite true, someExecute true answers refuse',
      'object: linux false, attaching exec, someWrite true, someExecute true answers allow',
      'object: linux false, attaching rdonly|exec, someWrite true, someExecute true answers allow',
    ],
  ],
]
