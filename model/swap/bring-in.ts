// A page in a slot comes back: to a frame of its own, or to the one that the swap cache knows to hold the same. For a
// store it comes back as a copy of its own at once, as if it had been shared and then written. Rule: spec/swap.md#swap-in.

import { match } from 'ts-pattern'
import { bool, decision, oneOf } from '../kit/index.js'
import type { M, Slot } from '../state.js'

/** `cache`: not kept, or kept and without or with a frame for this slot. */
export const swapInDecision = decision(
  'swap-in',
  'swap.md#swap-in',
  { store: bool, cache: oneOf('off', 'empty', 'filled') },
  x =>
    match(x)
      .with({ cache: 'off' }, () => 'bring in' as const)
      .with({ cache: 'empty', store: true }, () => 'bring in' as const)
      .with({ cache: 'empty', store: false }, () => 'bring in and keep' as const)
      .with({ cache: 'filled', store: true }, () => 'copy the cached' as const)
      .with({ cache: 'filled', store: false }, () => 'share the cached' as const)
      .exhaustive(),
)

export const cacheFor = (m: M, s: Slot): 'off' | 'empty' | 'filled' =>
  !m.limits.swapCache ? 'off' : m.slots[s].cached === null ? 'empty' : 'filled'
