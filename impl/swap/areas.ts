// Making, starting and removing swap areas. That only an administrator may is checked by whoever calls
// (processes.md#capabilities). The order of refusals is Linux's (mm/swapfile.c).

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'

export function createAreas(core: Core) {
  const { words, layout } = core
  const { EBUSY, EINVAL, ENOENT, OK } = answers
  const { areas } = core.boot
  const { areaField, areaWords } = layouts
  const COUNT = areas.length
  const ON = layout.areas + areaField.on
  const HEADER = layout.areas + areaField.header
  const PRIORITY = layout.areas + areaField.priority

  /** In use, but not for anything new. */
  const EMPTYING = 2

  const exists = (area: number) => Number.isInteger(area) && area >= 0 && area < COUNT
  const isOn = (area: number) => words[ON + area * areaWords] !== 0
  const hasHeader = (area: number) => words[HEADER + area * areaWords] !== 0
  const isPartition = (area: number) => areas[area].device === 'partition'

  /** Writes an area's header, and creates its file. OK; EBUSY in use; EINVAL for no area at all. */
  function mkswap(area: number) {
    if (!exists(area)) return EINVAL
    if (isOn(area)) return EBUSY
    words[HEADER + area * areaWords] = 1
    return OK
  }

  /** Removes a swap file. OK; EINVAL for a partition; ENOENT where there is no file; EBUSY in use. */
  function rmswap(area: number) {
    if (!exists(area) || isPartition(area)) return EINVAL
    if (!hasHeader(area)) return ENOENT
    if (isOn(area)) return EBUSY
    words[HEADER + area * areaWords] = 0
    return OK
  }

  /**
   * Starts to use an area; a priority of -1 puts it below all others. OK; ENOENT where there is no file; EINVAL for a
   * partition without a header and for a file with holes; EBUSY in use.
   */
  function swapon(area: number, priority: number) {
    if (!exists(area)) return EINVAL
    if (!hasHeader(area)) return isPartition(area) ? EINVAL : ENOENT
    if (areas[area].device === 'holes') return EINVAL
    if (isOn(area)) return EBUSY
    words[PRIORITY + area * areaWords] = priority >= 0 ? priority : -1 - negatives()
    words[ON + area * areaWords] = 1
    return OK
  }

  /** Areas in use whose priority the system chose. */
  function negatives() {
    let count = 0
    for (let area = 0; area < COUNT; area++) if (isOn(area) && words[PRIORITY + area * areaWords] < 0) count++
    return count
  }

  /** Stops using an area whose slots are all free. Areas below one whose priority the system chose move up. */
  function retire(area: number) {
    const priority = words[PRIORITY + area * areaWords]
    words[ON + area * areaWords] = words[PRIORITY + area * areaWords] = 0
    if (priority >= 0) return
    for (let other = 0; other < COUNT; other++) {
      if (words[PRIORITY + other * areaWords] < priority) words[PRIORITY + other * areaWords]++
    }
  }

  /** Nothing goes to the area any more; or again. */
  function close(area: number) {
    words[ON + area * areaWords] = EMPTYING
  }
  function reopen(area: number) {
    words[ON + area * areaWords] = 1
  }

  return { exists, isOn, mkswap, rmswap, swapon, close, reopen, retire }
}
