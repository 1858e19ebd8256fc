// Mutants written by hand, one for each claim about the model at least: what a tired programmer might forget. Each
// names the claim that must notice it with all other claims switched off; a claim that no mutant can violate says
// nothing.

import { pageOf } from '../../model/faults/faults.js'
import { putFrame } from '../../model/frames/frames.js'
import {
  accessDecision,
  choose,
  disabled,
  done,
  drop,
  Entry,
  each,
  exit,
  type Frame,
  fault,
  frame,
  go,
  ids,
  load,
  type M,
  type Mutant,
  mmap,
  munmap,
  mutant,
  need,
  type Page,
  type Process,
  page,
  rewritten,
  type State,
  spaceOf,
  spawn,
  store,
  swapIn,
  swapOut,
} from '../../model/index.js'
import { countTables, tablesOwned } from '../../model/page-tables/page-tables.js'
import { inRange, type Range } from '../../model/regions/regions.js'
import { putSlot } from '../../model/swap/swap.js'

export interface Written {
  readonly mutant: Mutant
  /** The claim that notices it alone. */
  readonly kills: string
}
const kills = (claim: string, it: Mutant): Written => ({ kills: claim, mutant: it })

type Placed = Range & { readonly process: Process }
const eachPage = (run: (m: M, my: Placed, v: Page) => void) =>
  each<State, Placed, 'page'>(page, run, { where: inRange })

export const written: readonly Written[] = [
  kills(
    'frames/no-double-mapping',
    rewritten('a fault takes any frame, free or not', load, {
      frame: choose(
        frame,
        () => true,
        (m, my, f: Frame) => {
          m.frames[f].references++
          my.frame = f
        },
      ),
    }),
  ),
  kills(
    'frames/free-frame-is-unmapped',
    rewritten('munmap frees the frames and leaves the entries', munmap, {
      clear: eachPage((m, my, v) => {
        const { entry } = m.spaces[need(spaceOf(m, my.process))].pages[v]
        if (entry.is === 'present') putFrame(m, entry.frame)
      }),
    }),
  ),
  kills(
    'frames/free-frame-holds-nothing',
    rewritten('swapOut frees the frame as if it were cleared', swapOut, {
      free: (m, my) => {
        m.frames[need(my.frame)].references--
        my.frame = null
      },
    }),
  ),
  kills(
    'frames/references-recount',
    rewritten('munmap clears the entries and forgets their frames', munmap, {
      clear: eachPage((m, my, v) => {
        m.spaces[need(spaceOf(m, my.process))].pages[v].entry = Entry.absent
      }),
    }),
  ),
  kills(
    'protection/write-xor-execute',
    rewritten('a fault makes every page executable', load, {
      install: (m, my) => {
        const it = pageOf(m, my)
        it.entry = Entry.present({ frame: need(my.frame), writable: it.region === 'rw', executable: true })
        my.frame = null
      },
    }),
  ),
  kills('page-tables/entry-has-region', mutant('munmap leaves the entries', munmap, drop('clear'))),
  kills(
    'page-tables/rights-within-region',
    rewritten('a fault makes every page writable', load, {
      install: (m, my) => {
        pageOf(m, my).entry = Entry.present({ frame: need(my.frame), writable: true, executable: false })
        my.frame = null
      },
    }),
  ),
  kills(
    'page-tables/tables-recount',
    rewritten('swapIn counts the tables of its page once more', swapIn, {
      install: (m, my) => {
        const space = need(spaceOf(m, my.process))
        const it = pageOf(m, my)
        countTables(m, space, tablesOwned(m, space, my.page))
        if (it.entry.is === 'swapped') putSlot(m, it.entry.slot)
        it.entry = Entry.present({
          frame: need(my.frame),
          writable: it.region === 'rw',
          executable: it.region === 'rx',
        })
        my.frame = null
      },
    }),
  ),
  kills('page-tables/tables-fit', mutant('a store does not make sure of its tables', store, drop('tables'))),
  kills(
    'regions/count-recount',
    rewritten('munmap does not count the regions again', munmap, {
      unmap: (m, my) => {
        const { pages } = m.spaces[need(spaceOf(m, my.process))]
        for (const v of ids(pages)) if (inRange(my, v)) pages[v].region = 'unmapped'
      },
    }),
  ),
  kills('regions/within-limit', mutant('mmap does not look at the limit', mmap, drop('limit'))),
  kills('regions/gone-after-munmap', mutant('munmap clears the entries and keeps the region', munmap, drop('unmap'))),
  kills('regions/fresh-after-mmap', mutant('mmap over a mapping keeps what was there', mmap, drop('clear'))),
  kills('faults/load-answers-last-store', mutant('a store does not arrive', store, drop('write'))),
  kills(
    'faults/resident-after-access',
    rewritten('a load of an untouched page answers 0 and maps nothing', load, {
      look: (m, my) => {
        if (spaceOf(m, my.process) === null) return disabled
        const { region, entry } = pageOf(m, my)
        const met = accessDecision({ region, access: 'load', entry: entry.is })
        if (met === 'no mapping') return fault('SIGSEGV MAPERR')
        if (met === 'not allowed') return fault('SIGSEGV ACCERR')
        return met === 'resident' ? go('read') : met === 'demand zero' ? done(0) : undefined
      },
    }),
  ),
  kills('faults/no-stale-memory', mutant('a fault hands out a frame as it is', load, drop('fill'))),
  kills(
    'swap/free-slot-is-unnamed',
    rewritten('swapOut frees the slot it has just filled', swapOut, {
      unmap: (m, my) => {
        const it = pageOf(m, my)
        if (it.entry.is === 'present') my.frame = it.entry.frame
        it.entry = Entry.swapped({ slot: need(my.slot) })
        putSlot(m, need(my.slot))
        my.slot = null
      },
    }),
  ),
  kills(
    'swap/one-page-a-slot',
    rewritten('swapOut takes any slot, free or not', swapOut, {
      slot: (m, my) => {
        const first = ids(m.slots).at(0)
        if (first === undefined) return
        m.slots[first].references++
        my.slot = first
      },
    }),
  ),
  kills('swap/slot-keeps-content', mutant('swapOut writes nothing to the slot', swapOut, drop('write'))),
  kills(
    'swap/references-recount',
    rewritten('swapIn keeps the slot', swapIn, {
      install: (m, my) => {
        const it = pageOf(m, my)
        it.entry = Entry.present({
          frame: need(my.frame),
          writable: it.region === 'rw',
          executable: it.region === 'rx',
        })
        my.frame = null
      },
    }),
  ),
  kills('processes/free-space-is-empty', mutant('exit leaves the regions', exit, drop('unmap'))),
  kills(
    'processes/users-recount',
    rewritten('exit forgets that it used a space', exit, {
      end: (m, my) => {
        m.processes[my.process].space = null
      },
    }),
  ),
  kills('refusal-changes-nothing', mutant('spawn without memory keeps the space', spawn, drop('undo'))),
]
