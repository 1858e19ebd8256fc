// Frames that no page is in: those that firmware and devices keep for good, and those that the kernel takes for
// itself. Whoever asks for the impossible here has lost track of a frame, so every mistake has an error of its own.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import type { Buddy } from './buddy.js'
import { frameUse } from './frame-use.js'

export function createKernelFrames(core: Core, { takeAt }: Buddy, giveBack: (frame: number) => void) {
  const { words, layout } = core
  const { EBUSY, EINVAL, EPERM, OK } = answers
  const USE = layout.use
  const POOL = layout.poolFrames
  const ALL = layout.allFrames

  const exists = (frame: number) => Number.isInteger(frame) && frame >= 0 && frame < ALL
  /** Frames behind the pool are never for anybody to take or to give. */
  const isReserved = (frame: number) => frame >= POOL || words[USE + frame] === frameUse.reserved

  /** Takes a free frame out of use for good. OK; EPERM when it is already, EBUSY in use, EINVAL for no frame at all. */
  function reserve(frame: number) {
    if (!exists(frame)) return EINVAL
    if (isReserved(frame)) return EPERM
    if (!takeAt(frame)) return EBUSY
    words[USE + frame] = frameUse.reserved
    return OK
  }

  /** Gives back a frame that the kernel took. OK; EPERM reserved, EINVAL free already, EBUSY in other use. */
  function free(frame: number) {
    if (!exists(frame)) return EINVAL
    if (isReserved(frame)) return EPERM
    if (words[USE + frame] === frameUse.free) return EINVAL
    if (words[USE + frame] !== frameUse.kernel) return EBUSY
    giveBack(frame)
    return OK
  }

  return { reserve, free }
}
