// Which page goes where hardware notes what is used: whoever makes room looks whether a walk has come through an entry of
// the page since somebody looked last. A page that was used gets a second chance: the mark is taken from it, nobody is asked to
// forget anything, and another victim is chosen. Rule: spec/swap.md#second-chance.

import { block, go, need, provided } from '../kit/index.js'
import { type Frame, type M, secondChances } from '../state.js'
import { isInHandAnywhere, type Room } from './eviction.js'
import { mappingsOf } from './mappings.js'

/** Whether a CPU has walked to a page that is in a frame since the last look. One that keeps a translation may go on unseen. */
export const wasUsed = (m: M, f: Frame): boolean =>
  m.limits.accessedBits && mappingsOf(m, f).some(({ space, page }) => m.spaces[space].pages[page].accessed)

/** A step: looks at the victim, and takes away in the same instant what it finds (Linux: ptep_test_and_clear_young). */
export const ageStep = <T extends Room>() => ({
  age: provided(secondChances, (m: M, my: T) => {
    const victim = need(my.victim)
    if (!wasUsed(m, victim)) return undefined
    if (isInHandAnywhere(m, victim, my.cpu)) return block
    for (const { space, page } of mappingsOf(m, victim)) m.spaces[space].pages[page].accessed = false
    my.victim = null
    return go('victim')
  }),
})
