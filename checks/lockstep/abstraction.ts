// From the implementation's memory to the model's state: the real tables, trees and counters are read, nothing is
// remembered between calls. One function a chapter. Dropped: accessed and dirty bits, what free frames and slots hold,
// list orders, ages of pages and tree shapes, all of which the model leaves open (spec/limits.md).

import { capabilities, decode, frameUse, type Machine as Implementation } from '../../impl/index.js'
import { Content, Entry, ids, ModelError, type Of, type Space, type State } from '../../model/index.js'
import { abstractObjects } from './abstract-objects.js'
import { abstractRegions } from './abstract-regions.js'
import { contentAt, known, NoAbstraction, pageIn } from './abstract-words.js'
import type { Placement } from './placement.js'

export { NoAbstraction } from './abstract-words.js'

/**
 * Writes the abstract state of the machine into `m`; ghosts have no counterpart and are left alone. A value that is
 * outside what the model can hold is a mistake of the implementation, not of the model.
 */
export function abstractState(machine: Implementation, placement: Placement, m: State): void {
  try {
    chapters(machine, placement, m)
  } catch (error) {
    throw error instanceof ModelError ? new NoAbstraction(error.message) : error
  }
}

function chapters(machine: Implementation, placement: Placement, m: State): void {
  processes(machine, placement, m)
  for (const s of ids(m.spaces)) {
    abstractRegions(machine, placement, m, s)
    pageTables(machine, placement, m, s)
  }
  abstractObjects(machine, m)
  frames(machine, placement, m)
  slots(machine, placement, m)
  areas(machine, placement, m)
}

/** A process that is not alive is nobody. */
function processes({ inspect }: Implementation, { pages }: Placement, m: State): void {
  for (const s of m.spaces) s.users = 0
  for (const p of ids(m.processes)) {
    const it = m.processes[p]
    const space = inspect.spaceOf(p)
    const alive = space >= 0
    it.space = alive ? known(ids(m.spaces), space, 'a process has a space') : null
    if (it.space !== null) m.spaces[it.space].users++
    it.user = alive ? inspect.userOf(p) : 0
    const dropped = alive ? inspect.droppedOf(p) : 0
    it.dropped.ipcOwner = (dropped & capabilities.ipc_owner) !== 0
    it.dropped.ipcLock = (dropped & capabilities.ipc_lock) !== 0
    it.dropped.sysAdmin = (dropped & capabilities.sys_admin) !== 0
    // As many pages as the window has are no limit.
    it.limits.memlock = alive ? Math.min(pages, inspect.memlockOf(p)) : 0
    it.limits.as = alive ? Math.min(pages, inspect.asOf(p)) : 0
  }
}

function pageTables({ inspect, boot }: Implementation, placement: Placement, m: State, s: Space): void {
  const it = m.spaces[s]
  for (const p of it.pages) p.entry = Entry.absent
  if (m.limits.counted) it.tables = 0
  if (it.users === 0) return
  inspect.entries(s, (page, low, high) => {
    it.pages[pageIn(placement, m, page, 'an entry')].entry = entryOf(m, low, high)
  })
  if (!m.limits.counted) return
  inspect.tables(s, () => {
    it.tables++
  })
  if (boot.tables.kind !== 'counted') throw new NoAbstraction('the machine does not take tables from its frames')
}

function entryOf(m: State, low: number, high: number): Of<typeof Entry> {
  const entry = decode(low, high)
  if (entry.is === 'absent') return Entry.absent
  if (entry.is === 'swapped') return Entry.swapped({ slot: known(ids(m.slots), entry.slot, 'an entry names a slot') })
  if (entry.is === 'kept') {
    if (entry.zero) return Entry.zero({ rights: 'none' })
    return Entry.present({ frame: frameIn(m, entry.frame), rights: 'none' })
  }
  if (entry.zero) {
    if (entry.writable) throw new NoAbstraction('an entry lets the frame of zeros be written')
    return Entry.zero({ rights: entry.noExecute ? 'r' : 'rx' })
  }
  const readable = entry.noExecute ? 'r' : 'rx'
  const writable = entry.noExecute ? 'rw' : 'rwx'
  return Entry.present({ frame: frameIn(m, entry.frame), rights: entry.writable ? writable : readable })
}

const frameIn = (m: State, frame: number) => known(ids(m.frames), frame, 'an entry names a frame')

function frames({ inspect, memory, layout }: Implementation, placement: Placement, m: State): void {
  const ram = new Int32Array(memory, layout.ram * 4)
  for (const f of ids(m.frames)) {
    const it = m.frames[f]
    const use = inspect.useOf(f)
    const kernel = use === frameUse.kernel
    const holds = kernel || use === frameUse.page
    it.references = holds ? inspect.referencesOf(f) : 0
    it.content = holds ? contentAt(ram, f * layout.pageWords, placement) : Content.stale
    it.kernel = kernel ? f : null
    it.reserved = use === frameUse.reserved
  }
}

function slots({ inspect, memory, layout }: Implementation, placement: Placement, m: State): void {
  const words = new Int32Array(memory, layout.slots * 4)
  for (const s of ids(m.slots)) {
    const it = m.slots[s]
    it.references = inspect.slotReferencesOf(s)
    it.content = it.references > 0 ? contentAt(words, s * layout.pageWords, placement) : Content.stale
    const cached = inspect.cachedFrameOf(s)
    it.cached = cached < 0 ? null : known(ids(m.frames), cached, 'the swap cache names a frame')
    it.kept = cached < 0 ? null : s
  }
}

/** Headers and priorities matter only where areas come and go. */
function areas({ inspect }: Implementation, { bounds }: Placement, m: State): void {
  for (const a of ids(m.areas)) {
    const { on, header, priority } = inspect.areaAt(a)
    m.areas[a].on = on
    if (bounds.switches.swapping !== 'on') continue
    m.areas[a].header = header
    m.areas[a].priority = priority
  }
}
