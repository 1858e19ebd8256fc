// A store to a page whose entry does not let it: private memory that others may read gets a frame of its own first; one
// that nobody else names any more is simply written. Rule: spec/copy-on-write.md#break.

import { match, P } from 'ts-pattern'
import { bool, decision, impossible, oneOf } from '../kit/index.js'
import type { Frame, M } from '../state.js'
import { cacheOf } from '../swap/swap.js'

/**
 * `frame`: the one of zeros; one that the entry alone names, or the entry and the swap cache, or others too. The frame of
 * shared memory always has another name: the object's.
 */
export const copyOnWriteDecision = decision(
  'copy-on-write',
  'copy-on-write.md#break',
  { shared: bool, frame: oneOf('zeros', 'alone', 'cached', 'others') },
  x =>
    match(x)
      .with({ shared: true, frame: P.not('others') }, () => impossible)
      .with({ shared: true }, () => 'allow' as const)
      .with({ frame: 'zeros' }, () => 'fresh' as const)
      .with({ frame: 'alone' }, () => 'allow' as const)
      .with({ frame: 'cached' }, () => 'let go and allow' as const)
      .with({ frame: 'others' }, () => 'copy' as const)
      .exhaustive(),
)

/** Who names the frame of an entry beside it. */
export function othersOf(m: M, f: Frame): 'alone' | 'cached' | 'others' {
  const { references } = m.frames[f]
  if (references === 1) return 'alone'
  return references === 2 && cacheOf(m, f) !== null ? 'cached' : 'others'
}
