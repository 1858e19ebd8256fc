// What all chapters of the abstraction share: members by number, pages of the window, and what a page of memory holds.

import { Content, ids, type Of, type Page, type State } from '../../model/index.js'
import type { Placement } from './placement.js'

/** The implementation holds something that no state of the model describes. */
export class NoAbstraction extends Error {
  override readonly name = 'NoAbstraction'
}

/** The model page of a page number; whatever lies outside the window should not be there. */
export function pageIn({ firstPage, pages }: Placement, m: State, page: number, what: string): Page {
  const at = page - firstPage
  if (at < 0 || at >= pages) throw new NoAbstraction(`${what} covers page ${page}, outside the window`)
  return ids(m.tree)[at]
}

/** A member that must be there. */
export function known<I>(all: readonly I[], member: number, what: string): I {
  const id = all[member]
  if (id === undefined) throw new NoAbstraction(`${what}, which the machine does not have`)
  return id
}

/** What a page of memory holds: a pattern to its last word, or something that no store wrote. */
export function contentAt(words: Int32Array, at: number, { patterns }: Placement): Of<typeof Content> {
  const byte = words[at]
  const pattern = byte >= 0 ? patterns[byte] : undefined
  if (pattern === undefined) return Content.stale
  for (let i = 0; i < pattern.length; i++) if (words[at + i] !== pattern[i]) return Content.stale
  return byte === 0 ? Content.zero : Content.stored({ byte })
}
