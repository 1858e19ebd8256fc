// What another CPU would find if it ran at an interruption point: checked inside the implementation's operations, where
// its steps are half done. A walker must never meet half an entry; a page that is being written out must not be
// writable by anybody; and a frame that is still being filled must not be reachable, nor its source be gone.

import { decode, frameUse, type Machine as Implementation } from '../../impl/index.js'
import type { Point } from '../../spec/interface.js'

/** Why what stands in memory at a point must not stand there, or null. */
export function wrongAt(point: Point, machine: Implementation): string | null {
  switch (point) {
    case 'page-tables.publish':
      return halfEntry(machine)
    case 'swap.write':
      return stillMapped(machine)
    case 'swap.read':
      return mappedTooSoon(machine, 'read in') ?? sourceGone(machine)
    case 'copy-on-write.copy':
      return mappedTooSoon(machine, 'copied')
    // Nothing half done, or met only where several CPUs run.
    default:
      return null
  }
}

/** All entries in use, of all spaces. */
function entriesOf({ inspect, boot }: Implementation, visit: (page: number, low: number, high: number) => void): void {
  for (let space = 0; space < boot.spaces; space++) if (inspect.rootOf(space) >= 0) inspect.entries(space, visit)
}

/** An entry whose words do not belong together, or that names what does not exist. */
function halfEntry(machine: Implementation): string | null {
  const { layout, boot } = machine
  let wrong: string | null = null
  entriesOf(machine, (page, low, high) => {
    const entry = decode(low, high)
    if (entry.is === 'swapped' && (entry.slot < 0 || entry.slot >= boot.slots))
      wrong = `page ${page} is in slot ${entry.slot}`
    if (entry.is !== 'present' && entry.is !== 'kept') return
    if (entry.zero ? entry.frame !== layout.zeroFrame : entry.frame >= layout.poolFrames)
      wrong = `page ${page} is in frame ${entry.frame}`
  })
  return wrong
}

/** Frames that hold pages, and of each whether anything leads to it that a processor could follow. */
function mappedFrames(machine: Implementation): Map<number, boolean> {
  const { inspect, layout } = machine
  const found = new Map<number, boolean>()
  for (let frame = 0; frame < layout.poolFrames; frame++)
    if (inspect.useOf(frame) === frameUse.page) found.set(frame, false)
  entriesOf(machine, (_page, low, high) => {
    const entry = decode(low, high)
    if (entry.is === 'present' || entry.is === 'kept') mark(found, entry.frame)
  })
  return found
}
/** The same where a fault would find the frame too: by the page of an object, or by the swap cache. */
function knownFrames(machine: Implementation): ReadonlyMap<number, boolean> {
  const { inspect, boot } = machine
  const found = mappedFrames(machine)
  for (let object = 0; object < (boot.objects ?? 0); object++) {
    const { size } = inspect.objectAt(object)
    for (let index = 0; index < size; index++) mark(found, inspect.partAt(object, index) - 1)
  }
  for (let slot = 0; slot < boot.slots; slot++) mark(found, inspect.cachedFrameOf(slot))
  return found
}
function mark(found: Map<number, boolean>, frame: number): void {
  if (found.has(frame)) found.set(frame, true)
}
const hidden = (found: ReadonlyMap<number, boolean>): number => [...found.values()].filter(seen => !seen).length

/** While a page is copied to its slot, its frame is in use and no entry may lead to it. */
function stillMapped(machine: Implementation): string | null {
  const found = mappedFrames(machine)
  if (hidden(found) > 0) return null
  return `${found.size} frames hold pages and ${found.size} are mapped while one is written out`
}

/** While a frame is filled it is in use, and nothing may lead to it: a walker would read what was there before. */
function mappedTooSoon(machine: Implementation, how: string): string | null {
  const found = knownFrames(machine)
  return hidden(found) > 0 ? null : `all ${found.size} frames that hold pages can be reached while one is ${how}`
}

/** While a page is read in, the slot that holds it is in use. */
function sourceGone({ inspect, boot }: Implementation): string | null {
  for (let slot = 0; slot < boot.slots; slot++) if (inspect.slotReferencesOf(slot) > 0) return null
  return 'no slot is in use while a page is read in'
}
