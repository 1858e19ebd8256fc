// dropCache: the frame of the file's page is wanted for something else. The page is clean, so what it holds can be had
// again; no entry names it any more, and when no CPU reaches it, its frame is free. Rule: spec/files.md#dropcache.

import { putFrame } from '../frames/frames.js'
import { block, disabled, need, optional, refuse } from '../kit/index.js'
import { dropEntry } from '../page-tables/page-tables.js'
import { type Cpu, Flush, type Frame, frame, type M, operation } from '../state.js'
import { isInHandAnywhere } from '../swap/eviction.js'
import { mappingsOf } from '../swap/mappings.js'
import { shootdownSteps } from '../tlb/shootdown.js'
import { cachedFrame, detach, filePart, isDroppable } from './files.js'

interface Dropping {
  readonly cpu: Cpu
  readonly frame: Frame | null
}

export const dropCache = operation('dropCache', {
  concurrent: true,
  rule: 'files.md#dropcache',
  answers: [refuse('EBUSY')],
  args: {},
  locals: { frame: optional(frame) },
}).steps({
  look: (m: M) => (cachedFrame(m) === null ? disabled : undefined),
  detach: (m: M, my) => {
    if (!isDroppable(m)) return refuse('EBUSY')
    const frame = need(cachedFrame(m))
    if (isInHandAnywhere(m, frame, my.cpu)) return block
    my.frame = detach(m)
    for (const { space, page } of mappingsOf(m, frame)) {
      dropEntry(m, space, page)
      putFrame(m, frame)
    }
  },
  ...shootdownSteps('dropped', (_m, my: Dropping) => Flush.frame({ frame: need(my.frame) }), 'give'),
  give: (m: M, my) => {
    putFrame(m, need(my.frame))
    my.frame = null
    need(filePart(m)).busy = false
  },
})
