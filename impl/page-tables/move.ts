// Moving the entries of a range elsewhere in the same space, with what they hold. All tables that the new place needs
// are made before anything moves, and pinned: a table counts one entry more than it has, and its frame one reference
// more, which marks it. So a move that finds no memory leaves nothing behind, and one that begins cannot fail.

import * as answers from '../answers.js'
import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Frames } from '../frames/frames.js'
import type { Gather } from '../tlb/gather.js'
import type { Blocks } from './blocks.js'
import type { Leaves } from './leaves.js'
import type { PageTables } from './page-tables.js'
import type { Sweep } from './sweep.js'
import type { Tables } from './tables.js'

interface Chapters {
  readonly cpus: Cpus
  readonly gather: Gather
  readonly frames: Frames
  readonly tables: Tables
  readonly pageTables: PageTables
  readonly blocks: Blocks
  readonly leaves: Leaves
  readonly sweep: Sweep
}

export function createMove(core: Core, chapters: Chapters) {
  const { cpus, gather, frames, tables, pageTables, blocks, leaves, sweep } = chapters
  const { words, layout } = core
  const { NONE, OK } = answers
  const { begin, lacks } = frames
  const { claim, disclaim, pageOf, prune, tableOf } = tables
  const { reach, walk } = pageTables
  const { endOfBlock, entryFrom, inUseFrom } = blocks
  const { move } = leaves
  const { takeTables } = cpus
  const { forgetSpace } = gather
  const SEVERAL = core.boot.cpus > 1
  const PARENT = layout.parent
  const REFERENCES = layout.references
  const [PLAIN, PINNED] = [1, 2]

  /**
   * Moves the entries of `moved` pages from page `from` on to page `to` on, and drops what else was in the `count` pages
   * there. The ranges do not overlap. OK; ENOMEM without a table, failed if something was evicted.
   */
  function moveRange(root: number, from: number, to: number, moved: number, count: number) {
    begin()
    const ready = pin(root, from, to, moved)
    if (ready) {
      sweep(root, to, to + count)
      // In hand until the caller lets others in where the pages are now.
      if (SEVERAL) takeTables(~words[PARENT + root])
      moveEntries(root, from, to, moved)
    }
    unpin(root, to, moved)
    if (SEVERAL) forgetSpace(~words[PARENT + root])
    return ready ? OK : lacks()
  }

  /** Makes and pins the tables at the new place. Whether all could be had. */
  function pin(root: number, from: number, to: number, moved: number) {
    for (let page = from; page < from + moved; ) {
      const entry = inUseFrom(root, page, from + moved)
      if (entry === NONE) return true
      page = pageOf(entry)
      const target = reach(root, page - from + to)
      if (target === NONE) return false
      if (words[REFERENCES + tableOf(target)] === PLAIN) {
        words[REFERENCES + tableOf(target)] = PINNED
        claim(target)
      }
      page++
    }
    return true
  }

  function unpin(root: number, to: number, moved: number) {
    for (let page = to; page < to + moved; ) {
      const entry = entryFrom(root, page, to + moved)
      if (entry === NONE) return
      page = endOfBlock(pageOf(entry))
      if (words[REFERENCES + tableOf(entry)] !== PINNED) continue
      words[REFERENCES + tableOf(entry)] = PLAIN
      disclaim(entry)
    }
  }

  function moveEntries(root: number, from: number, to: number, moved: number) {
    for (let page = from; page < from + moved; page++) {
      const entry = inUseFrom(root, page, from + moved)
      if (entry === NONE) return
      page = pageOf(entry)
      const target = walk(root, page - from + to)
      claim(target)
      if (move(entry, target) === 0) prune(entry)
    }
  }

  return { moveRange }
}
