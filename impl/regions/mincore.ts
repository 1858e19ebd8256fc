// mincore: which pages of a range are resident, as the page tables, the objects and the swap cache have it.

import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { userPages } from '../geometry.js'
import type { Memory } from '../memory.js'
import * as entryFormat from '../page-tables/entry.js'
import { GUARD } from '../protection/protection.js'
import type { Objects } from '../shared-memory/objects.js'
import type { Area } from '../swap/area.js'
import type { Pages } from './pages.js'
import type { Regions } from './regions.js'

interface Chapters {
  readonly regions: Regions
  readonly pages: Pages
  readonly objects: Objects
  readonly area: Area
  readonly memory: Memory
}

export function createMincore(core: Core, { regions, pages, objects, area, memory }: Chapters) {
  const { words } = core
  const { ENOMEM, NONE } = answers
  const { isHeld, isSwapped, slotOf } = entryFormat
  const USER_PAGES = userPages(core.boot.geometry)
  const { find, protectionOf, objectOf, offsetAt } = regions

  /**
   * Bit k is 1 where page k of the range is resident, and one more bit stands above them all; so it is exact for 52
   * pages. ENOMEM past the end or for a page that is not mapped.
   */
  function mincore(space: number, page: number, pagesAsked: number) {
    if (!(pagesAsked > 0)) return 1
    const end = page + pagesAsked
    if (end > USER_PAGES || pages.mappedIn(space, page, end) < pagesAsked) return ENOMEM
    let bits = 1
    for (let at = end - 1; at >= page; at--) bits = bits * 2 + (isResident(space, at) ? 1 : 0)
    return bits
  }

  function isResident(space: number, page: number) {
    const node = find(space, page)
    if (protectionOf(node) === GUARD) return false
    const entry = memory.pageTables.walk(pages.rootOf(space), page)
    const low = entry === NONE ? 0 : words[entry]
    if (isHeld(low)) return true
    if (isSwapped(low)) return area.cachedOf(slotOf(low, words[entry + 1])) !== NONE
    const object = objectOf(node)
    return object !== NONE && words[objects.partAt(object, offsetAt(node, page))] > 0
  }

  return { mincore }
}
