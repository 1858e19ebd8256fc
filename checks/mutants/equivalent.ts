// Generated edits that nothing can notice, each with the reason. An edit that is listed here and is noticed all the
// same is an error too: the list must not grow stale.

export const equivalent: ReadonlyMap<string, string> = new Map([
  [
    'exit: unmap before clear',
    'clearing an entry does not look at regions, and nothing runs between the two steps of a whole operation',
  ],
  ['exit: root before unmap', 'the count of tables and the regions are independent, and both are gone at the end'],
  [
    'munmap: unmap before clear',
    'clearing an entry does not look at regions, and nothing runs between the two steps of a whole operation',
  ],
  [
    'store: without fill',
    'a store of the model writes the whole page, so what the frame held before is gone; that the rest of a page is ' +
      'cleared before a store to one word is checked on the implementation, after the first word',
  ],
  [
    'frames/buddy give: without checkTaken(frame, order)',
    'a guard against giving a frame back twice, which no command does; unit tests give one back twice',
  ],
  [
    'page-tables/mmu translate: without if (entry === NONE) return NONE',
    'the word before the first of the buffer does not exist, so the checks that follow fail in the same way',
  ],
  [
    'processes/processes spawn: without if (!(process >= 0 && process < PROCESS_COUNT)) return ESRCH',
    'no scope has a command for a process number that does not exist; unit tests ask for one',
  ],
  [
    'regions/tree priority: without mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)',
    'any order of priorities makes a correct tree; mixing only keeps it shallow, which a unit test measures',
  ],
])
