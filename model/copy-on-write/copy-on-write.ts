// A store to a page whose entry does not let it: private memory that others may read gets a frame of its own first; one
// that nobody else names any more is simply written. Rules: spec/copy-on-write.md#break, spec/copy-on-write.md#write.

import { match, P } from 'ts-pattern'
import { bool, decision, impossible, oneOf } from '../kit/index.js'
import type { Frame, M } from '../state.js'
import { cacheOf } from '../swap/swap.js'

/**
 * `frame`: the one of zeros; one that is marked as exclusive, whoever holds a reference; one that the entry alone names, or
 * the entry and pins, or the entry and the swap cache, or others too. The frame of shared memory always has another
 * name: the object's.
 */
export const copyOnWriteDecision = decision(
  'copy-on-write',
  'copy-on-write.md#break',
  { shared: bool, frame: oneOf('zeros', 'exclusive', 'alone', 'pinned', 'cached', 'others') },
  x =>
    match(x)
      .with({ shared: true, frame: P.not('others') }, () => impossible)
      .with({ shared: true }, () => 'allow' as const)
      .with({ frame: 'zeros' }, () => 'fresh' as const)
      .with({ frame: P.union('exclusive', 'alone') }, () => 'allow' as const)
      .with({ frame: 'pinned' }, () => 'copy' as const)
      .with({ frame: 'cached' }, () => 'let go and allow' as const)
      .with({ frame: 'others' }, () => 'copy' as const)
      .exhaustive(),
)

/** Who names the frame of an entry beside it. */
export function othersOf(m: M, f: Frame): 'exclusive' | 'alone' | 'pinned' | 'cached' | 'others' {
  const { references, pins, exclusive } = m.frames[f]
  if (exclusive) return 'exclusive'
  if (references === 1) return 'alone'
  if (references === 1 + pins) return 'pinned'
  return references === 2 && cacheOf(m, f) !== null ? 'cached' : 'others'
}
