// The kernel's half of every address space: the same in all of them, because every root's upper entries point at the
// same tables, which are made once at boot from frames that never go (Linux: init_top_pgt and pgd_alloc). Only the
// kernel may use it: no entry for the image has the user bit.
//
//   page half + 0  text       executable, not writable
//             + 1  constants  neither
//             + 2  data       writable, not executable

import type { Core } from '../core.js'
import { indexBits } from '../geometry.js'
import * as entryFormat from './entry.js'

export type KernelHalf = ReturnType<typeof createKernelHalf>

export function createKernelHalf(core: Core) {
  const { words, layout } = core
  const { geometry, kernelHalf: EXISTS } = core.boot
  const { ACCESSED, DIRTY, NO_EXECUTE, presentHigh, presentLow, PRESENT, WRITABLE } = entryFormat
  const IMAGE = layout.kernelImage
  const images = [
    { low: PRESENT | ACCESSED, high: 0 },
    { low: PRESENT | ACCESSED, high: NO_EXECUTE },
    { low: PRESENT | ACCESSED | DIRTY | WRITABLE, high: NO_EXECUTE },
  ]
  const ROOT = IMAGE + images.length
  const BOTTOM = ROOT + geometry.levels - 1
  const HALF = layout.pageWords / 2
  const wordOf = (frame: number) => layout.ram + frame * layout.pageWords

  function put(entry: number, frame: number, low: number, high: number) {
    words[entry] = presentLow(frame, low)
    words[entry + 1] = presentHigh(frame, high)
  }

  /** Builds the tables. The first frame of the tables is the root that all others copy. */
  function format() {
    if (!EXISTS) return
    for (let table = ROOT; table < BOTTOM; table++) {
      const index = table === ROOT ? HALF : 0
      put(wordOf(table) + index, table + 1, PRESENT | ACCESSED | WRITABLE, 0)
    }
    // Where the root is the bottom table too, the image begins in its upper half; a tiny one may not hold all of it.
    const first = wordOf(BOTTOM) + (geometry.levels === 1 ? HALF : 0)
    const room = 2 ** indexBits(geometry) / (geometry.levels === 1 ? 2 : 1)
    for (const [number, { low, high }] of images.slice(0, room).entries()) {
      put(first + number * 2, IMAGE + number, low, high)
    }
  }

  /** Gives an empty root the kernel's half. These entries do not count as in use: the root lives as long as its space. */
  function link(root: number) {
    if (EXISTS) words.copyWithin(wordOf(root) + HALF, wordOf(ROOT) + HALF, wordOf(ROOT) + 2 * HALF)
  }

  return { format, link }
}
