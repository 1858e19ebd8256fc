// Claims about the implementation's lists of pages by use, from which reclaim takes: who is in them, in which, and how
// many.

import { frameUse, type Machine } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { wordsOf } from './memory-walk.js'

/** A list, inactive 0 or active 1, as words: what is wrong with it, or null. */
function wrongList(words: Int32Array, { layout }: Machine, list: number): string | null {
  const { lruNext, lruPrevious, lruList, lruCounts, poolFrames } = layout
  const head = poolFrames + list
  let length = 0
  let before = head
  for (let frame = words[lruNext + head]; frame !== head; frame = words[lruNext + frame]) {
    if (frame < 0 || frame >= poolFrames || ++length > poolFrames) return 'does not end'
    if (words[lruPrevious + frame] !== before) return `is not linked back from frame ${frame}`
    if (words[lruList + frame] !== list + 1) return `holds frame ${frame}, which says it is elsewhere`
    before = frame
  }
  if (words[lruPrevious + head] !== before) return 'has another end than its links lead to'
  if (words[lruCounts + list] !== length) return `counts ${words[lruCounts + list]} pages and has ${length}`
  let saying = 0
  for (let frame = 0; frame < poolFrames; frame++) if (words[lruList + frame] === list + 1) saying++
  return saying === length ? null : `has ${length} pages, and ${saying} say they are in it`
}

export const listsMachineClaims: readonly MachineClaim[] = [
  {
    id: 'swap/lists-agree',
    says: 'the two lists that reclaim takes from are linked both ways, and know their lengths, as their pages know them',
    rule: 'swap.md#reclaim',
    also: ['FR11', 'SW12'],
    holds: machine => {
      if (!machine.boot.reclaim) return true
      const words = wordsOf(machine)
      for (const list of [0, 1]) {
        const wrong = wrongList(words, machine, list)
        if (wrong !== null) return violated(`the ${list === 0 ? 'inactive' : 'active'} list ${wrong}`)
      }
      return true
    },
  },
  {
    id: 'swap/every-page-is-listed',
    says: 'where pages are reclaimed, every page is in one of the two lists, and no other frame keeps a link',
    rule: 'swap.md#reclaim',
    also: ['SW12'],
    holds: machine => {
      if (!machine.boot.reclaim) return true
      const words = wordsOf(machine)
      const { use, lruNext, lruPrevious, lruList, poolFrames } = machine.layout
      for (let f = 0; f < poolFrames; f++) {
        const isPage = words[use + f] === frameUse.page
        if (isPage !== (words[lruList + f] !== 0))
          return violated(`frame ${f} is ${isPage ? 'a page and in no list' : 'no page and in a list'}`, `frame ${f}`)
        if (!isPage && (words[lruNext + f] | words[lruPrevious + f]) !== 0)
          return violated(`frame ${f} is in no list and still has links`, `frame ${f}`)
      }
      return true
    },
  },
]
