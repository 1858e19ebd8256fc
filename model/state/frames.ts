// Frames: what each holds and who counts on it; what pins add, and what is set aside for the kernel.
// Rules: spec/frames.md, spec/pins.md#exclusive.

import { bool, oneOf, optional, range, record, references, size, union, when } from '../kit/index.js'
import { framed, kernelUse, pinning, values } from './scope.js'
import { frame } from './sets.js'

/** What a page of memory holds: nothing but zeros, whatever was there before, or the byte last stored. */
export const Content = union({ stale: {}, zero: {}, stored: { byte: range(1, values) } })

export const frameState = record({
  references: references(frame),
  /** What it is used as, where tables are frames. */
  kind: when(framed, oneOf('free', 'page', 'table')),
  content: Content,
  /** How many of its references are pins. */
  pins: when(
    pinning,
    range(0, b => size(b, 'pin')),
  ),
  /** Private memory that nobody shares, whoever holds a reference: it may be written where it is (Linux: PG_anon_exclusive). */
  exclusive: when(pinning, bool),
  /** The frame itself, while the kernel uses it for its own purposes. */
  kernel: when(kernelUse, optional(frame)),
  /** Out of use for good: firmware, devices, bad memory. */
  reserved: when(kernelUse, bool),
})
