// What others can see of a machine with several CPUs at any point of a schedule, by the real words, and whether a state of
// the model shows the same. What is half done under a lock is hidden from everybody and left out: regions while somebody
// has them alone, entries while they are in hand. Frames and slots are compared by what names them, not by number.

import { decode, frameUse, type Machine as Implementation, protectionBits } from '../../impl/index.js'
import { cpuField, cpuWords, lockField, spaceLockField, spaceLockWords, translationWords } from '../../impl/layout.js'
import { has, ids, type State } from '../../model/index.js'
import type { Placement } from '../lockstep/placement.js'

type EntryKind = 'absent' | 'present' | 'swapped'
interface SeenEntry {
  readonly kind: EntryKind
  readonly rights: string
  /** The frame or the slot; and what it holds, -1 where nothing says so. */
  readonly at: number
  readonly holds: number
}
interface SeenSpace {
  /** The CPU that has the space alone, or -1; how many look; and who has its entries in hand. */
  readonly writer: number
  readonly readers: number
  readonly tables: number
  readonly regions: readonly string[] | null
  readonly entries: readonly SeenEntry[] | null
}
interface SeenTranslation {
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
  const translations: SeenTranslation[] = []
  for (let cpu = 0; cpu < boot.cpus; cpu++) {
    for (let i = 0; i < boot.translations; i++) {
      const at = layout.translations + (cpu * boot.translations + i) * translationWords
      const space = words[at] - 1
      if (space < 0 || words[layout.behind + cpu * boot.spaces + space] !== 0) continue
      const page = words[at + 2] * 2 ** 32 + (words[at + 1] >>> 0) - firstPage
      const kept = words[at + 3]
      const rights = rightsOf((kept & 1) !== 0, (kept & 2) !== 0)
      const frame = kept >> 2
      const isFree = words[layout.use + frame] === frameUse.free
      translations.push({ cpu, process: processOf.get(space) ?? -1, page, frame, isFree, rights })
    }
  }
  return { spaces, translations }
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

/** Pairs of numbers of both sides that stand for the same. */
class Pairs {
  readonly #to = new Map<number, number>()
  readonly #from = new Map<number, number>()
  match(one: number, other: number): boolean {
    const [known, back] = [this.#to.get(one), this.#from.get(other)]
    if (known === undefined && back === undefined) {
      this.#to.set(one, other)
      this.#from.set(other, one)
      return true
    }
    return known === other && back === one
  }
}

/**
 * Why a state of the model does not show what is seen of the machine; null where it does. The model may keep more
 * translations than the machine, never fewer: hardware may let go of one at any time, and a machine that has let go of
 * more than the model can do less than it. What it keeps too long, or with more rights, the model has lost by then.
 */
export function difference(seen: Seen, m: State): string | null {
  const frames = new Pairs()
  const slots = new Pairs()
  for (const process of ids(m.processes)) {
    const wrong = spaceDiffers(seen.spaces[process], m, m.processes[process].space, frames, slots)
    if (wrong !== null) return `process ${process}: ${wrong}`
  }
  for (const { cpu, process, page, frame, isFree, rights } of seen.translations) {
    const { tlb } = m.cpus[ids(m.cpus)[cpu]]
    const kept = ids(tlb).some(place => {
      const { holds } = tlb[place]
      if (
        holds.is !== 'present' ||
        process < 0 ||
        holds.space !== m.processes[ids(m.processes)[process]].space ||
        holds.page !== page
      )
        return false
      if (isFree !== (m.frames[holds.frame].references === 0)) return false
      return [...rights].every(right => holds.rights.includes(right)) && frames.match(frame, holds.frame)
    })
    if (!kept)
      return `CPU ${cpu} keeps page ${page} of process ${process}, ${rights}${isFree ? ', in a free frame' : ''}`
  }
  return null
}

type ModelSpace = State['processes'][never]['space']

function spaceDiffers(seen: SeenSpace | null, m: State, space: ModelSpace, frames: Pairs, slots: Pairs): string | null {
  if (seen === null || space === null) return (seen === null) === (space === null) ? null : 'lives on one side alone'
  const it = m.spaces[space]
  const readers = ids(m.cpus).filter(cpu => has(it.readers, cpu)).length
  if (seen.writer !== (it.writer ?? -1)) return `alone in it ${seen.writer}, in the model ${it.writer ?? -1}`
  if (seen.readers !== readers) return `readers ${seen.readers}, in the model ${readers}`
  if (seen.tables !== (it.tableLock ?? -1))
    return `entries in hand of ${seen.tables}, in the model ${it.tableLock ?? -1}`
  for (const page of ids(m.tree)) {
    const at = it.pages[page]
    if (seen.regions !== null && seen.regions[page] !== at.region)
      return `page ${page} is ${seen.regions[page]}, in the model ${at.region}`
    if (seen.entries === null) continue
    const wrong = entryDiffers(seen.entries[page], m, at.entry, frames, slots)
    if (wrong !== null) return `page ${page}: ${wrong}`
  }
  return null
}

type ModelEntry = State['spaces'][never]['pages'][never]['entry']

function entryDiffers(seen: SeenEntry, m: State, entry: ModelEntry, frames: Pairs, slots: Pairs): string | null {
  if (seen.kind !== entry.is) return `${seen.kind}, in the model ${entry.is}`
  if (entry.is === 'present') {
    if (seen.rights !== entry.rights) return `${seen.rights}, in the model ${entry.rights}`
    if (!frames.match(seen.at, entry.frame)) return `in frame ${seen.at}, which is another one in the model`
    return holdsDiffer(seen, m.frames[entry.frame].content)
  }
  if (entry.is !== 'swapped') return null
  if (!slots.match(seen.at, entry.slot)) return `in slot ${seen.at}, which is another one in the model`
  return m.slots[entry.slot].busy ? null : holdsDiffer(seen, m.slots[entry.slot].content)
}

function holdsDiffer({ holds }: SeenEntry, content: State['frames'][never]['content']): string | null {
  const byte = content.is === 'stored' ? content.byte : content.is === 'zero' ? 0 : -1
  return byte === -1 || byte === holds ? null : `holds ${holds}, in the model ${byte}`
}
