// What another CPU would find if it ran at an interruption point: checked inside the implementation's operations, where
// its steps are half done. A walker must never meet half an entry, and a page that is being written out must not be
// writable by anybody.

import { decode, frameUse, type Machine as Implementation } from '../../impl/index.js'
import type { Point } from '../../spec/interface.js'

/** Why what stands in memory at a point must not stand there, or null. */
export function wrongAt(point: Point, machine: Implementation): string | null {
  switch (point) {
    case 'page-tables.publish':
      return halfEntry(machine)
    case 'swap.write':
      return stillMapped(machine)
    case 'frames.allocate':
    case 'frames.free':
    case 'page-tables.clear':
    case 'regions.insert':
    case 'regions.remove':
    case 'swap.read':
      return null
  }
}

/** An entry whose words do not belong together, or that names what does not exist. */
function halfEntry({ inspect, boot, layout }: Implementation): string | null {
  let wrong: string | null = null
  for (let space = 0; space < boot.spaces; space++) {
    if (inspect.rootOf(space) < 0) continue
    inspect.entries(space, (page, low, high) => {
      const entry = decode(low, high)
      if (entry.is === 'swapped' && (entry.slot < 0 || entry.slot >= boot.slots))
        wrong = `page ${page} is in slot ${entry.slot}`
      if (entry.is === 'present' && entry.frame >= layout.poolFrames) wrong = `page ${page} is in frame ${entry.frame}`
    })
  }
  return wrong
}

/** While a page is copied to its slot, its frame is in use and no entry may lead to it. */
function stillMapped({ inspect, boot, layout }: Implementation): string | null {
  let pages = 0
  let mapped = 0
  for (let frame = 0; frame < layout.poolFrames; frame++) if (inspect.useOf(frame) === frameUse.page) pages++
  for (let space = 0; space < boot.spaces; space++) {
    if (inspect.rootOf(space) < 0) continue
    inspect.entries(space, (_page, low, high) => {
      if (decode(low, high).is === 'present') mapped++
    })
  }
  return mapped === pages - 1 ? null : `${pages} frames hold pages and ${mapped} are mapped while one is written out`
}
