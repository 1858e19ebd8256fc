// Claims about the implementation's page tables: a tree, made of table frames, with honest counts and legal entries.

import { decode, encode, frameUse, type Machine, userPages } from '../../impl/index.js'
import { violated, type Witness } from '../../model/index.js'
import type { MachineClaim } from './machine.js'

interface Table {
  readonly space: number
  readonly frame: number
  readonly level: number
  readonly entries: number
}
function tablesOf({ inspect, boot }: Machine): Table[] {
  const found: Table[] = []
  for (let space = 0; space < boot.spaces; space++) {
    if (inspect.rootOf(space) < 0) continue
    inspect.tables(space, (frame, level, _parent, entries) => found.push({ space, frame, level, entries }))
  }
  return found
}

type Visit = (space: number, page: number, low: number, high: number) => Witness | null
/** The first entry of any live space that a visit finds wrong. */
function firstWrong({ inspect, boot }: Machine, visit: Visit): true | Witness {
  let wrong: Witness | null = null
  for (let space = 0; space < boot.spaces; space++) {
    if (inspect.rootOf(space) < 0) continue
    inspect.entries(space, (page, low, high) => {
      wrong ??= visit(space, page, low, high)
    })
  }
  return wrong ?? true
}
const where = (space: number, page: number): string => `space ${space}, page ${page}`

/** Entries in use of a table, counted word by word. */
function entriesIn({ memory, layout }: Machine, frame: number): number {
  const words = new Int32Array(memory, (layout.ram + frame * layout.pageWords) * 4, layout.pageWords)
  let used = 0
  for (let i = 0; i < words.length; i += 2) if ((words[i] | words[i + 1]) !== 0) used++
  return used
}

/** The pages of a space that its regions map, and how. */
function protectionAt({ inspect }: Machine, space: number, page: number): number {
  let found = -1
  inspect.regions(space, (start, end, protection) => {
    if (page >= start && page < end) found = protection
  })
  return found
}

export const pageTablesMachineClaims: readonly MachineClaim[] = [
  {
    id: 'page-tables/tables-form-trees',
    says: 'every table has one place in one tree, and its frame is a table frame',
    rule: 'page-tables.md#tables',
    also: ['PT1', 'PT2', 'I9'],
    holds: machine => {
      const seen = new Set<number>()
      for (const { space, frame, level } of tablesOf(machine)) {
        if (seen.has(frame))
          return violated(`frame ${frame} is a table in two places, one of them in space ${space}`, `frame ${frame}`)
        seen.add(frame)
        if (machine.inspect.useOf(frame) !== frameUse.table) {
          return violated(
            `frame ${frame} is used as a table of level ${level} and is not marked as one`,
            `frame ${frame}`,
          )
        }
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
      for (let frame = layout.poolFrames; frame < layout.allFrames; frame++) {
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
      for (const { frame, level, entries } of tablesOf(machine)) {
        const used = entriesIn(machine, frame)
        if (used !== entries)
          return violated(`table ${frame} counts ${entries} entries and has ${used}`, `frame ${frame}`)
        if (used === 0 && level < machine.boot.geometry.levels - 1)
          return violated(`table ${frame} is empty and was kept`, `frame ${frame}`)
      }
      return true
    },
  },
  {
    id: 'page-tables/entries-are-legal',
    says: 'an entry in use is present or swapped, of the user, and nothing else is set in it',
    rule: 'page-tables.md#entries',
    also: ['PT13', 'PT19', 'I8'],
    holds: machine =>
      firstWrong(machine, (space, page, low, high) => {
        const entry = decode(low, high)
        const [again, andHigh] = encode(entry)
        if ((again | 0) !== (low | 0) || (andHigh | 0) !== (high | 0))
          return violated(`an entry has bits that no entry has`, where(space, page))
        return entry.is === 'present' && !entry.user
          ? violated('a user page belongs to the supervisor', where(space, page))
          : null
      }),
  },
  {
    id: 'page-tables/entries-name-page-frames',
    says: 'a present entry names a frame that holds a page',
    rule: 'page-tables.md#entries',
    also: ['PT4', 'FR6', 'I5'],
    holds: machine =>
      firstWrong(machine, (space, page, low, high) => {
        const entry = decode(low, high)
        if (entry.is !== 'present') return null
        const inPool = entry.frame < machine.layout.poolFrames
        if (inPool && machine.inspect.useOf(entry.frame) === frameUse.page) return null
        return violated(
          `an entry names frame ${entry.frame}, which holds no page`,
          where(space, page),
          `frame ${entry.frame}`,
        )
      }),
  },
  {
    id: 'page-tables/rights-within-region',
    says: 'an entry stands in a region and grants no more than it',
    rule: 'page-tables.md#rights',
    also: ['PT5', 'PT6', 'PT10', 'I10'],
    holds: machine =>
      firstWrong(machine, (space, page, low, high) => {
        const protection = protectionAt(machine, space, page)
        if (protection <= 0) return violated('an entry stands where nothing may be accessed', where(space, page))
        if (page >= userPages(machine.boot.geometry))
          return violated('an entry stands above the user half', where(space, page))
        const entry = decode(low, high)
        if (entry.is !== 'present') return null
        const more = (entry.writable && (protection & 2) === 0) || (!entry.noExecute && (protection & 4) === 0)
        return more ? violated('an entry grants more than its region', where(space, page)) : null
      }),
  },
  {
    id: 'protection/write-xor-execute',
    says: 'no page is writable and executable',
    rule: 'protection.md#w-xor-x',
    also: ['I6', 'PT21'],
    holds: machine =>
      firstWrong(machine, (space, page, low, high) => {
        const entry = decode(low, high)
        return entry.is === 'present' && entry.writable && !entry.noExecute
          ? violated('a page is writable and executable', where(space, page))
          : null
      }),
  },
]
