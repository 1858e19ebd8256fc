// Swap: slots, what each holds and who counts on it; and the areas that they lie in. Rules: spec/swap.md.

import { type Bounds, bool, constant, optional, range, record, references, size, when } from '../kit/index.js'
import { Content } from './frames.js'
import { caching, on, severalCpus } from './scope.js'
import { cpu, frame, slot } from './sets.js'

export const slotState = record({
  area: constant((b, [at]) => areaOf(b, at)),
  references: references(slot),
  content: Content,
  /** The frame that holds the same, where a page came back and the slot is still good. */
  cached: when(caching, optional(frame)),
  /** The slot itself, while the cache keeps it. */
  kept: when(caching, optional(slot)),
  /** Being written: what it holds is not there yet. */
  busy: when(severalCpus, bool),
})

export const areaState = record({
  /** A file with holes cannot be swapped to; a partition cannot be removed. */
  device: constant((b, [at]) => deviceOf(b, at)),
  header: when(on('swapping'), bool),
  on: bool,
  priority: when(
    on('swapping'),
    range(
      b => -size(b, 'area'),
      b => size(b, 'priority'),
    ),
  ),
  /** The CPU that changes it, and whether it is being emptied: nothing goes there any more. */
  holder: when(b => severalCpus(b) && on('swapping')(b), optional(cpu)),
  emptying: when(b => severalCpus(b) && on('swapping')(b), bool),
})

/** Slots are dealt to the areas in order, as evenly as they go. */
function areaOf(bounds: Bounds, slotNumber: number): number {
  return Math.floor((slotNumber * Math.max(1, size(bounds, 'area'))) / size(bounds, 'slot'))
}
/** The first areas are partitions, the last ones files with holes, those between plain files. */
function deviceOf(bounds: Bounds, areaNumber: number): 'partition' | 'file' | 'holes' {
  if (areaNumber < size(bounds, 'partition')) return 'partition'
  return areaNumber >= size(bounds, 'area') - size(bounds, 'holed') ? 'holes' : 'file'
}
