// Pins, and what a fork and who pins tell each other through a space. Rules: spec/pins.md.

import { bool, members, optional, record, when } from '../kit/index.js'
import { pinning } from './scope.js'
import { cpu, frame } from './sets.js'

/** Of a space. */
export const pinsOfSpace = {
  /** A fork copies its entries; and the CPUs that look at entries without a lock, and since whose first look none began. */
  copying: when(pinning, bool),
  undisturbed: when(pinning, members(cpu)),
}

export const pinState = record({
  /** The frame that a device may reach, and whether it may write there. */
  frame: optional(frame),
  writes: bool,
  /** It has a pin, or a CPU is about to get it one. */
  wanted: bool,
})
