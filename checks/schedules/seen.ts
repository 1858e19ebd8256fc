// What others can see of a machine with several CPUs at any point of a schedule, by the real words. What is half done under a
// lock is hidden from everybody and left out: regions while somebody has them alone, entries while they are in hand. Whether a
// state of the model shows the same: shown.ts.

import { decode, frameUse, type Machine as Implementation, protectionBits } from '../../impl/index.js'
import { cpuField, cpuWords, lockField, spaceLockField, spaceLockWords, translationWords } from '../../impl/layout.js'
import { EXECUTES, rightsBits, WRITES } from '../../impl/tlb/tlb.js'
import type { Placement } from '../lockstep/placement.js'

type EntryKind = 'absent' | 'present' | 'swapped'
export interface SeenEntry {
  readonly kind: EntryKind
  readonly rights: string
  /** The frame or the slot; and what it holds, -1 where nothing says so. */
  readonly at: number
  readonly holds: number
}
export interface SeenSpace {
  /** The CPU that has the space alone, or -1; how many look; and who has its entries in hand. */
  readonly writer: number
  readonly readers: number
  readonly tables: number
  /** By page, and null while they are hidden; so are the entries. */
  readonly regions: readonly string[] | null
  readonly entries: readonly SeenEntry[] | null
}
export interface SeenTranslation {
  readonly cpu: number
  readonly process: number
  readonly page: number
  readonly frame: number
  readonly isFree: boolean
  readonly rights: string
}
export interface Seen {
  /** By process; null for one that does not live. */
  readonly spaces: readonly (SeenSpace | null)[]
  readonly translations: readonly SeenTranslation[]
}

const kinds = Object.entries(protectionBits)
const absent: SeenEntry = { kind: 'absent', rights: '', at: -1, holds: -1 }

/** What can be seen of a machine now. */
export function seenIn(machine: Implementation, { firstPage, pages }: Placement): Seen {
  const words = new Int32Array(machine.memory)
  const { layout, boot, inspect, pageTables } = machine
  const lockOf = (space: number, of: number) => words[layout.spaceLocks + space * spaceLockWords + of]
  const areChanging = words[layout.locks + lockField.maps] !== 0
  const processOf = new Map<number, number>()

  function entryAt(root: number, page: number): SeenEntry {
    const at = pageTables.walk(root, page)
    if (at < 0) return absent
    const entry = decode(words[at], words[at + 1])
    if (entry.is === 'absent') return absent
    if (entry.is === 'swapped')
      return { kind: 'swapped', rights: '', at: entry.slot, holds: words[layout.slots + entry.slot * layout.pageWords] }
    const rights = entry.is === 'kept' ? 'none' : rightsOf(entry.writable, !entry.noExecute)
    return { kind: 'present', rights, at: entry.frame, holds: words[layout.ram + entry.frame * layout.pageWords] }
  }

  /** The space of a process; also of one that is ending, until nothing is left of it. */
  function livesIn(process: number): number {
    const space = inspect.spaceOf(process)
    if (space >= 0) return space
    for (let ending = 0; ending < boot.spaces; ending++)
      if (lockOf(ending, spaceLockField.users) < 0 && inspect.processOf(ending) === process) return ending
    return -1
  }

  function spaceOf(process: number): SeenSpace | null {
    const space = livesIn(process)
    if (space < 0) return null
    processOf.set(space, process)
    const held = lockOf(space, spaceLockField.space)
    const tables = lockOf(space, spaceLockField.tables) - 1
    const writer = held < 0 ? -1 - held : -1
    const isHidden = writer >= 0 || tables >= 0 || areChanging
    const root = inspect.rootOf(space)
    return {
      writer,
      readers: Math.max(0, held),
      tables,
      regions: writer >= 0 ? null : regionsOf(space),
      entries: isHidden ? null : Array.from({ length: pages }, (_, page) => entryAt(root, firstPage + page)),
    }
  }

  function regionsOf(space: number): readonly string[] {
    const found = Array.from({ length: pages }, () => 'unmapped')
    inspect.regions(space, (start, end, bits) => {
      const kind = kinds.find(([, value]) => value === bits)?.[0] ?? String(bits)
      for (let page = start; page < end; page++) found[page - firstPage] = kind
    })
    return found
  }

  const spaces = Array.from({ length: boot.processes }, (_, process) => spaceOf(process))
  return { spaces, translations: translationsIn(machine, processOf, firstPage) }
}

/** What CPUs keep and may use: of a space on which a CPU is behind, it forgets all before it runs it. */
function translationsIn(
  { memory, layout, boot }: Implementation,
  processOf: ReadonlyMap<number, number>,
  firstPage: number,
): readonly SeenTranslation[] {
  const words = new Int32Array(memory)
  const translations: SeenTranslation[] = []
  for (let cpu = 0; cpu < boot.cpus; cpu++) {
    for (let i = 0; i < boot.translations; i++) {
      const at = layout.translations + (cpu * boot.translations + i) * translationWords
      const space = words[at] - 1
      if (space < 0 || words[layout.behind + cpu * boot.spaces + space] !== 0) continue
      const page = words[at + 2] * 2 ** 32 + (words[at + 1] >>> 0) - firstPage
      const kept = words[at + 3]
      const rights = rightsOf((kept & WRITES) !== 0, (kept & EXECUTES) !== 0)
      const frame = kept >> rightsBits
      const isFree = words[layout.use + frame] === frameUse.free
      translations.push({ cpu, process: processOf.get(space) ?? -1, page, frame, isFree, rights })
    }
  }
  return translations
}

const rightsOf = (writes: boolean, executes: boolean): string => `r${writes ? 'w' : ''}${executes ? 'x' : ''}`

/** The spaces whose tables CPUs have loaded, by the processes that have them. */
export function loadedIn({ memory, layout, boot, inspect }: Implementation): readonly number[] {
  const words = new Int32Array(memory)
  return Array.from({ length: boot.cpus }, (_, cpu) => {
    const space = words[layout.cpus + cpu * cpuWords + cpuField.active]
    for (let process = 0; process < boot.processes; process++)
      if (space >= 0 && inspect.spaceOf(process) === space) return process
    return -1
  })
}
