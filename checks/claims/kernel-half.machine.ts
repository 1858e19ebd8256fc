// Claims about the kernel's half of the implementation's address spaces: the same for all, and nothing in it but the
// kernel's image.

import { encode, type Machine } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { spacesOf, wordsOf } from './memory-walk.js'

/** What each page of the kernel's image allows: its text, its constants, its data. */
const imageRights = [
  { writable: false, dirty: false, noExecute: false },
  { writable: false, dirty: false, noExecute: true },
  { writable: true, dirty: true, noExecute: true },
] as const
/** An entry for a table of the kernel's: only the last entry of a walk says what is allowed, but all keep users out. */
const tableRights = { writable: true, dirty: false, noExecute: false } as const

/** Where a frame's first word is. */
const startOf = ({ layout }: Machine, frame: number): number => layout.ram + frame * layout.pageWords
const firstTable = ({ layout }: Machine): number => layout.kernelImage + imageRights.length

/** All words of the kernel's tables, the root first, as they should be: image pages, and a table for each level. */
function tablesOf({ layout, boot }: Machine): Int32Array {
  const { levels } = boot.geometry
  const { pageWords, kernelImage } = layout
  const words = new Int32Array(levels * pageWords)
  const first = kernelImage + imageRights.length
  const put = (
    table: number,
    index: number,
    frame: number,
    rights: (typeof imageRights)[number] | typeof tableRights,
  ) =>
    words.set(
      encode({ is: 'present', frame, user: false, accessed: true, zero: false, ...rights }),
      table * pageWords + index * 2,
    )
  // The root's half begins in the middle of its page.
  const begin = (table: number) => (table === 0 ? pageWords / 4 : 0)
  for (let table = 0; table < levels - 1; table++) put(table, begin(table), first + table + 1, tableRights)
  const bottom = levels - 1
  const room = pageWords / 2 - begin(bottom)
  for (const [page, rights] of imageRights.slice(0, room).entries())
    put(bottom, begin(bottom) + page, kernelImage + page, rights)
  return words
}

/** They follow from what a machine was told at its start, so they are made once for each. */
const madeTables = new WeakMap<Machine['layout'], Int32Array>()
function kernelTables(machine: Machine): Int32Array {
  const made = madeTables.get(machine.layout) ?? tablesOf(machine)
  madeTables.set(machine.layout, made)
  return made
}

export const kernelHalfMachineClaims: readonly MachineClaim[] = [
  {
    id: 'page-tables/kernel-half-is-one',
    says: 'the kernel’s half is the same in all roots',
    rule: 'page-tables.md#kernel-half',
    also: ['PT11'],
    holds: machine => {
      if (!machine.boot.kernelHalf) return true
      const words = wordsOf(machine)
      const { pageWords } = machine.layout
      const all = startOf(machine, firstTable(machine))
      for (const space of spacesOf(machine)) {
        const own = startOf(machine, machine.inspect.rootOf(space))
        for (let i = pageWords / 2; i < pageWords; i++)
          if (words[own + i] !== words[all + i])
            return violated(`space ${space} has a kernel’s half of its own`, `space ${space}`)
      }
      return true
    },
  },
  {
    id: 'page-tables/kernel-half-maps-the-image',
    says: 'the kernel’s half holds its text, constants and data, closed to users, each with the rights it needs, and no more',
    rule: 'page-tables.md#kernel-half',
    also: ['PT11', 'PT21'],
    holds: machine => {
      if (!machine.boot.kernelHalf) return true
      const words = wordsOf(machine)
      const want = kernelTables(machine)
      const start = startOf(machine, firstTable(machine))
      for (let i = 0; i < want.length; i++)
        if (words[start + i] !== want[i]) return violated(`word ${i} of the kernel’s tables is another`, `word ${i}`)
      return true
    },
  },
]
