// A page table as text, for whoever debugs: one line for each run of pages whose entries agree and whose frames run on,
// user half and kernel half (Linux: /sys/kernel/debug/page_tables; Intel SDM vol. 3A, 4.5 for the letters).
//
//   0x1000-0x3000  frame 7   rw- user   accessed dirty

import type { Core } from '../core.js'
import { indexBits, pageBytes } from '../geometry.js'
import * as layouts from '../layout.js'
import { decode, type Entry, frameOf, isPresent } from './entry.js'

export function createDump(core: Core) {
  const { words, layout } = core
  const { geometry } = core.boot
  const { spaceField, spaceWords } = layouts
  const TABLE_ENTRIES = 2 ** indexBits(geometry)
  const HALF = TABLE_ENTRIES ** geometry.levels / 2
  const BYTES = pageBytes(geometry)
  // Addresses of the upper half are sign-extended: on x86-64 they end at 2^64.
  const SIGN = 2n ** 64n - BigInt(2 * HALF * BYTES)
  const addressOf = (page: number, past: boolean) =>
    `0x${(BigInt(page * BYTES) + (page > HALF || (page === HALF && !past) ? SIGN : 0n)).toString(16)}`

  /** All leaf entries in use below a table, in the order of pages. */
  function* leaves(table: number, level: number, base: number): Generator<{ page: number; entry: Entry }> {
    for (let index = 0; index < TABLE_ENTRIES; index++) {
      const at = layout.ram + table * layout.pageWords + index * 2
      const [low, high] = [words[at], words[at + 1]]
      const page = base + index * TABLE_ENTRIES ** level
      if (level > 0 && isPresent(low)) yield* leaves(frameOf(low, high), level - 1, page)
      else if (level === 0 && (low | high) !== 0) yield { page, entry: decode(low, high) }
    }
  }

  /** The page table of a space, a line for each run. */
  return function dump(space: number): string {
    const root = words[layout.spaces + space * spaceWords + spaceField.root]
    const runs: { first: number; end: number; entry: Entry }[] = []
    for (const { page, entry } of leaves(root, geometry.levels - 1, 0)) {
      const last = runs.at(-1)
      if (last !== undefined && last.end === page && page !== HALF && runsOn(last.entry, entry, page - last.first)) {
        last.end = page + 1
      } else runs.push({ first: page, end: page + 1, entry })
    }
    return runs
      .map(({ first, end, entry }) => `${addressOf(first, false)}-${addressOf(end, true)}  ${line(entry)}\n`)
      .join('')
  }
}

/** Whether an entry so many pages behind another says the same, with a frame or slot as many further on. */
function runsOn(first: Entry, entry: Entry, distance: number): boolean {
  const moved = 'frame' in first && !isZeroEntry(first) ? { ...first, frame: first.frame + distance } : first
  const expected = first.is === 'swapped' ? { ...first, slot: first.slot + distance } : moved
  return JSON.stringify(expected) === JSON.stringify(entry)
}

const isZeroEntry = (entry: Entry) => (entry.is === 'present' || entry.is === 'kept') && entry.zero

function line(entry: Entry): string {
  switch (entry.is) {
    case 'absent':
      return 'absent'
    case 'swapped':
      return `slot ${entry.slot}`
    case 'kept':
      return `${held(entry)} ---`
    case 'present': {
      const rights = `r${entry.writable ? 'w' : '-'}${entry.noExecute ? '-' : 'x'}`
      const marks = [entry.user ? 'user' : 'kernel', entry.accessed ? 'accessed' : '', entry.dirty ? 'dirty' : '']
      return [held(entry), rights, ...marks].filter(word => word !== '').join(' ')
    }
  }
}

const held = ({ frame, zero }: { readonly frame: number; readonly zero: boolean }) =>
  zero ? 'zeros' : `frame ${frame}`
