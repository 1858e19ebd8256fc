// Claims about the implementation's page tables: trees, made of table frames, with honest counts.

import { decode, frameUse, type Machine, NONE } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { readOnce, spacesOf, wordsOf } from './memory-walk.js'

interface Table {
  readonly space: number
  readonly frame: number
  readonly level: number
  readonly parent: number
  readonly entries: number
}
const tablesOf = readOnce((machine): readonly Table[] => {
  const found: Table[] = []
  for (const space of spacesOf(machine)) {
    machine.inspect.tables(space, (frame, level, parent, entries) =>
      found.push({ space, frame, level, parent, entries }),
    )
  }
  return found
})
const isRoot = ({ boot }: Machine, level: number): boolean => level === boot.geometry.levels - 1
/** Where a frame's first word is. */
const startOf = ({ layout }: Machine, frame: number): number => layout.ram + frame * layout.pageWords

/** Entries in use of a table that belong to the user, counted word by word. */
function entriesIn(machine: Machine, { frame, level }: Table): number {
  const words = wordsOf(machine)
  const start = startOf(machine, frame)
  const end = start + machine.layout.pageWords / (isRoot(machine, level) ? 2 : 1)
  let used = 0
  for (let i = start; i < end; i += 2) if ((words[i] | words[i + 1]) !== 0) used++
  return used
}

export const pageTablesMachineClaims: readonly MachineClaim[] = [
  {
    id: 'page-tables/tables-form-trees',
    says: 'every table has one place in one tree, knows it, and its frame is a table frame',
    rule: 'page-tables.md#tables',
    also: ['PT1', 'PT2', 'PT8', 'I9'],
    holds: machine => {
      const { layout, inspect } = machine
      const words = wordsOf(machine)
      const seen = new Set<number>()
      for (const { space, frame, level, parent } of tablesOf(machine)) {
        if (seen.has(frame))
          return violated(`frame ${frame} is a table in two places, one of them in space ${space}`, `frame ${frame}`)
        seen.add(frame)
        if (inspect.useOf(frame) !== frameUse.table)
          return violated(`frame ${frame} is used as a table of level ${level} and not marked as one`, `frame ${frame}`)
        if (isRoot(machine, level)) {
          if (words[layout.parent + frame] !== ~space)
            return violated(`the root of space ${space} is said to belong to another`, `space ${space}`)
          continue
        }
        const above = inspect.parentOf(frame)
        const inParent = Math.floor((above - layout.ram) / layout.pageWords) === parent
        const entry = inParent ? decode(words[above], words[above + 1]) : null
        if (entry?.is !== 'present' || entry.frame !== frame)
          return violated(`table ${frame} hangs below another entry than it says`, `frame ${frame}`)
      }
      return true
    },
  },
  {
    id: 'page-tables/no-table-is-lost',
    says: 'every table frame is a table of a live space',
    rule: 'page-tables.md#tables',
    also: ['FR18', 'PT20'],
    holds: machine => {
      const reachable = new Set(tablesOf(machine).map(t => t.frame))
      for (let f = 0; f < machine.layout.allFrames; f++) {
        if (machine.inspect.useOf(f) === frameUse.table && !reachable.has(f)) {
          return violated(`frame ${f} is a table that no space reaches`, `frame ${f}`)
        }
      }
      return true
    },
  },
  {
    id: 'page-tables/table-pool-agrees',
    says: 'of the frames set aside for tables, those not in use are in the free list, and the counter says how many',
    rule: 'page-tables.md#tables',
    also: ['FR10', 'FR19'],
    holds: ({ inspect, layout, boot }) => {
      if (boot.tables.kind === 'counted') return true
      const listed = new Set<number>()
      inspect.freeTables(frame => listed.add(frame))
      for (let frame = layout.poolFrames; frame < layout.poolFrames + layout.tableFrames; frame++) {
        if (listed.has(frame) === (inspect.useOf(frame) === frameUse.table)) {
          return violated(
            `frame ${frame} is ${listed.has(frame) ? 'free and in use' : 'neither free nor in use'}`,
            `frame ${frame}`,
          )
        }
      }
      const counted = inspect.free().tables
      return counted === listed.size || violated(`the machine counts ${counted} free tables and has ${listed.size}`)
    },
  },
  {
    id: 'page-tables/entry-counts-agree',
    says: 'a table counts its entries in use, and none but a root is empty',
    rule: 'page-tables.md#tables',
    also: ['PT20', 'I9'],
    holds: machine => {
      for (const table of tablesOf(machine)) {
        const { frame, level, entries } = table
        const used = entriesIn(machine, table)
        if (used !== entries)
          return violated(`table ${frame} counts ${entries} entries and has ${used}`, `frame ${frame}`)
        if (used === 0 && !isRoot(machine, level))
          return violated(`table ${frame} is empty and was kept`, `frame ${frame}`)
      }
      return true
    },
  },
  {
    id: 'page-tables/only-tables-hang',
    says: 'a frame that is no table has no place in a tree and counts no entries',
    rule: 'page-tables.md#tables',
    also: ['PT12'],
    holds: machine => {
      const words = wordsOf(machine)
      const { allFrames, use, parent, entries } = machine.layout
      for (let f = 0; f < allFrames; f++) {
        const is = words[use + f]
        if (is === frameUse.table) continue
        // Frames set aside for tables keep the link of their free list where a table keeps its parent.
        if (words[entries + f] !== 0 || (is !== frameUse.spare && words[parent + f] !== NONE))
          return violated(`frame ${f} is no table, and hangs in a tree or counts entries`, `frame ${f}`)
      }
      return true
    },
  },
  {
    id: 'page-tables/no-table-stays-pinned',
    says: 'a table has one reference: what an operation pins it lets go',
    rule: 'page-tables.md#tables',
    also: ['FR4'],
    holds: machine => {
      const words = wordsOf(machine)
      const { allFrames, use, references } = machine.layout
      for (let f = 0; f < allFrames; f++) {
        if (words[use + f] === frameUse.table && words[references + f] !== 1)
          return violated(`table ${f} has ${words[references + f]} references`, `frame ${f}`)
      }
      return true
    },
  },
]
