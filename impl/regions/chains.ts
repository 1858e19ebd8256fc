// Chains: under `linux`, what the frames of a region of private memory are found by (Linux: anon_vma). A region gets one
// with its first write; regions that were one before, or could become one, share it. A chain lives as long as a region
// has it, so there can never be more of them than there are regions.

import * as answers from '../answers.js'
import { createBitmap } from '../bitmap.js'
import type { Core } from '../core.js'

export type Chains = ReturnType<typeof createChains>

export function createChains(core: Core) {
  const { words, layout, chose } = core
  const { NONE } = answers
  const REGIONS = layout.chains
  const taken = createBitmap(words, layout.chainBits, layout.nodeCount)

  function format() {
    taken.format()
    words.fill(0, REGIONS, REGIONS + layout.nodeCount)
  }

  /** A chain that no region has, and reports which. */
  function fresh() {
    const chain = taken.lowest()
    chose('chain', chain)
    if (chain === NONE) throw new Error('out of chains: there is one for every region')
    return chain
  }

  /** One region more has this chain, or, without one (NONE), nothing happens. */
  function hold(chain: number) {
    if (chain === NONE) return
    words[REGIONS + chain]++
    taken.set(chain)
  }

  /** One region less. */
  function drop(chain: number) {
    if (chain === NONE) return
    if (--words[REGIONS + chain] === 0) taken.clear(chain)
  }

  return { format, fresh, hold, drop }
}
