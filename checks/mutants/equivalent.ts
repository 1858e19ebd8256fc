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
])
