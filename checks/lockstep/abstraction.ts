// From the implementation's memory to the model's state: the real tables, trees and counters are read, nothing is
// remembered between calls. One function a chapter. Dropped: accessed and dirty bits, what free frames and slots hold,
// list orders and tree shapes, all of which the model leaves open (spec/limits.md).

import { decode, frameUse, type Machine as Implementation, protectionBits } from '../../impl/index.js'
import { Content, Entry, ids, type Of, type regionKind, type Space, type State } from '../../model/index.js'
import type { Placement } from './placement.js'

/** The implementation holds something that no state of the model describes. */
export class NoAbstraction extends Error {
  override readonly name = 'NoAbstraction'
}

type Region = Of<typeof regionKind>
const regionOf: ReadonlyMap<number, Region> = new Map([
  [protectionBits.none, 'none'],
  [protectionBits.r, 'r'],
  [protectionBits.rw, 'rw'],
  [protectionBits.rx, 'rx'],
])

/** Writes the abstract state of the machine into `m`; ghosts have no counterpart and are left alone. */
export function abstractState(machine: Implementation, placement: Placement, m: State): void {
  processes(machine, m)
  for (const s of ids(m.spaces)) {
    regions(machine, placement, m, s)
    pageTables(machine, placement, m, s)
  }
  frames(machine, placement, m)
  swap(machine, placement, m)
}

function processes({ inspect }: Implementation, m: State): void {
  for (const s of m.spaces) s.users = 0
  for (const p of ids(m.processes)) {
    const space = inspect.spaceOf(p)
    m.processes[p].space = space < 0 ? null : ids(m.spaces)[space]
    if (space >= 0) m.spaces[ids(m.spaces)[space]].users++
  }
}

function regions({ inspect }: Implementation, placement: Placement, m: State, s: Space): void {
  const it = m.spaces[s]
  for (const p of it.pages) p.region = 'unmapped'
  it.regions = 0
  if (it.users === 0) return
  it.regions = inspect.regionCountOf(s)
  inspect.regions(s, (start, end, bits) => {
    const kind = regionOf.get(bits)
    if (kind === undefined) throw new NoAbstraction(`space ${s} has a region with protection bits ${bits}`)
    for (let page = start; page < end; page++) it.pages[pageIn(placement, m, page, 'a region')].region = kind
  })
}

/** The model page of a page number; whatever lies outside the window should not be there. */
function pageIn({ firstPage, pages }: Placement, m: State, page: number, what: string) {
  const at = page - firstPage
  if (at < 0 || at >= pages) throw new NoAbstraction(`${what} covers page ${page}, outside the window`)
  return ids(m.tree)[at]
}

function pageTables({ inspect, boot }: Implementation, placement: Placement, m: State, s: Space): void {
  const it = m.spaces[s]
  for (const p of it.pages) p.entry = Entry.absent
  if (m.limits.counted) it.tables = 0
  if (it.users === 0) return
  inspect.entries(s, (page, low, high) => {
    const entry = decode(low, high)
    const at = it.pages[pageIn(placement, m, page, 'an entry')]
    if (entry.is === 'swapped') at.entry = Entry.swapped({ slot: known(ids(m.slots)[entry.slot], 'slot') })
    if (entry.is !== 'present') return
    const frame = known(ids(m.frames)[entry.frame], 'frame')
    at.entry = Entry.present({ frame, writable: entry.writable, executable: !entry.noExecute })
  })
  if (!m.limits.counted) return
  inspect.tables(s, () => {
    it.tables++
  })
  if (boot.tables.kind !== 'counted') throw new NoAbstraction('the machine does not take tables from its frames')
}

function known<I>(id: I | undefined, what: string): I {
  if (id === undefined) throw new NoAbstraction(`an entry names a ${what} that the machine does not have`)
  return id
}

function frames({ inspect, memory, layout }: Implementation, placement: Placement, m: State): void {
  const ram = new Int32Array(memory, layout.ram * 4)
  for (const f of ids(m.frames)) {
    const used = inspect.useOf(f) === frameUse.page
    m.frames[f].references = used ? inspect.referencesOf(f) : 0
    m.frames[f].content = used ? contentAt(ram, f * layout.pageWords, placement) : Content.stale
  }
}

function swap({ inspect, memory, layout }: Implementation, placement: Placement, m: State): void {
  const area = new Int32Array(memory, layout.slots * 4)
  for (const s of ids(m.slots)) {
    const references = inspect.slotReferencesOf(s)
    m.slots[s].references = references
    m.slots[s].content = references > 0 ? contentAt(area, s * layout.pageWords, placement) : Content.stale
  }
}

/** What a page of memory holds: a pattern to its last word, or something that no store wrote. */
function contentAt(words: Int32Array, at: number, { patterns }: Placement): Of<typeof Content> {
  const byte = words[at]
  const pattern = byte >= 0 ? patterns[byte] : undefined
  if (pattern === undefined) return Content.stale
  for (let i = 0; i < pattern.length; i++) if (words[at + i] !== pattern[i]) return Content.stale
  return byte === 0 ? Content.zero : Content.stored({ byte })
}
