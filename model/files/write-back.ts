// writeBack: what the file's page holds is kept for good, and the page is clean. First nobody may write to it any more:
// entries lose the right, and every CPU forgets the frame, whether or not an entry names it still. Who wants to write
// waits until the page is saved, and makes it dirty again. Where hardware notes who writes, entries keep the right: what it
// has noted is taken from them, and the page is clean before it is read, so that a store beside that makes it dirty again.
// Rules: spec/files.md#writeback, spec/tlb.md#dirty.

import { readOnly } from '../faults/rights.js'
import { block, disabled, done, need } from '../kit/index.js'
import { Entry, Flush, type M, operation } from '../state.js'
import { isInHandAnywhere } from '../swap/eviction.js'
import { mappingsOf } from '../swap/mappings.js'
import { shootdownSteps } from '../tlb/shootdown.js'
import { cachedFrame, collect, filePart, isSavable, notesStores } from './files.js'

export const writeBack = operation('writeBack', { concurrent: true, rule: 'files.md#writeback', args: {} }).steps({
  look: (m: M) => (isSavable(m) ? undefined : disabled),
  clean: (m: M, my) => {
    // Somebody else has saved it, or is about to.
    if (!isSavable(m)) return done()
    const frame = need(cachedFrame(m))
    if (isInHandAnywhere(m, frame, my.cpu)) return block
    const part = need(filePart(m))
    part.busy = true
    for (const { space, page } of mappingsOf(m, frame)) {
      const it = m.spaces[space].pages[page]
      collect(m, space, page)
      if (it.entry.is === 'present' && !notesStores(m, space, page))
        it.entry = Entry.present({ frame, rights: readOnly(it.entry.rights) })
    }
    if (m.limits.walkerBits) part.dirty = false
  },
  ...shootdownSteps('cleaned', (m: M) => Flush.frame({ frame: need(cachedFrame(m)) }), 'save'),
  save: (m: M) => {
    const part = need(filePart(m))
    part.saved = m.frames[need(cachedFrame(m))].content
    if (!m.limits.walkerBits) part.dirty = false
    part.busy = false
  },
})
