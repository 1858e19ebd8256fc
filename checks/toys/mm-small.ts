// MM-small: a closed little memory model whose exact size four established checkers agree on (SPIN, Rumur, TLC, and a
// plain search). It tests the explorer, and it is what the explorer's speed is measured on. Its rules are fixed: a
// change here is a change of the yardstick. "Lowest free" is part of the rules, so nothing here is a free choice.

import {
  bool,
  claims,
  disabled,
  type Id,
  ids,
  kit,
  list,
  type Of,
  oneOf,
  record,
  references,
  rewritten,
  type System,
  set,
  union,
  violated,
} from '../../model/kit/index.js'

const process = set('process')
const page = set('page')
const frame = set('frame')
const slot = set('slot')
const prot = oneOf('r', 'rw')

const Entry = union({
  unmapped: {},
  notPresent: { prot },
  present: { prot, writable: bool, cow: bool, frame },
  swapped: { prot, slot },
})
const state = record({
  processes: list(process, record({ alive: bool, pages: list(page, record({ entry: Entry })) })),
  frames: list(frame, record({ references: references(frame) })),
  slots: list(slot, record({ references: references(slot) })),
})
type M = Of<typeof state>
type Process = Id<'process'>
type Page = Id<'page'>

const { operation } = kit<M>()

const freeFrame = (m: M): Id<'frame'> | null => {
  for (const f of ids(m.frames)) if (m.frames[f].references === 0) return f
  return null
}
const freeSlot = (m: M): Id<'slot'> | null => {
  for (const s of ids(m.slots)) if (m.slots[s].references === 0) return s
  return null
}
/** Drops the reference that an entry holds. */
function release(m: M, entry: Of<typeof Entry>): void {
  if (entry.is === 'present') m.frames[entry.frame].references--
  if (entry.is === 'swapped') m.slots[entry.slot].references--
}
/** Puts the lowest free frame under a page; a swapped entry gives its slot back, a shared frame one reference. */
function install(m: M, p: Process, v: Page, writable: boolean) {
  const f = freeFrame(m)
  const it = m.processes[p].pages[v]
  const { entry } = it
  if (f === null || entry.is === 'unmapped') return disabled
  release(m, entry)
  m.frames[f].references = 1
  it.entry = Entry.present({ prot: entry.prot, writable, cow: false, frame: f })
}

const spawn = operation('spawn', { args: { process } }).steps({
  spawn: (m, my) => {
    for (const p of m.processes) if (p.alive) return disabled
    m.processes[my.process].alive = true
  },
})

const mmap = operation('mmap', { args: { process, page, prot } }).steps({
  map: (m, my) => {
    const it = m.processes[my.process]
    if (!it.alive || it.pages[my.page].entry.is !== 'unmapped') return disabled
    it.pages[my.page].entry = Entry.notPresent({ prot: my.prot })
  },
})

const munmap = operation('munmap', { args: { process, page } }).steps({
  unmap: (m, my) => {
    const it = m.processes[my.process]
    const { entry } = it.pages[my.page]
    if (!it.alive || entry.is === 'unmapped') return disabled
    release(m, entry)
    it.pages[my.page].entry = Entry.unmapped
  },
})

const readFault = operation('read fault', { args: { process, page } }).steps({
  fault: (m, my) => {
    const it = m.processes[my.process]
    const { entry } = it.pages[my.page]
    if (!it.alive || (entry.is !== 'notPresent' && entry.is !== 'swapped')) return disabled
    return install(m, my.process, my.page, false)
  },
})

const writeFault = operation('write fault', { args: { process, page } }).steps({
  fault: (m, my) => {
    const it = m.processes[my.process]
    const { entry } = it.pages[my.page]
    if (!it.alive || entry.is === 'unmapped' || entry.prot === 'r') return disabled
    if (entry.is !== 'present') return install(m, my.process, my.page, true)
    if (entry.writable) return disabled
    if (m.frames[entry.frame].references > 1) return install(m, my.process, my.page, true)
    it.pages[my.page].entry = Entry.present({ prot: 'rw', writable: true, cow: false, frame: entry.frame })
  },
})

const fork = operation('fork', { args: { process, child: process } }).steps({
  fork: (m, my) => {
    const parent = m.processes[my.process]
    const child = m.processes[my.child]
    if (!parent.alive || child.alive) return disabled
    child.alive = true
    for (const v of ids(parent.pages)) {
      const { entry } = parent.pages[v]
      if (entry.is === 'swapped') m.slots[entry.slot].references++
      if (entry.is === 'present') {
        m.frames[entry.frame].references++
        parent.pages[v].entry = Entry.present({ prot: entry.prot, writable: false, cow: true, frame: entry.frame })
      }
      child.pages[v].entry = parent.pages[v].entry
    }
  },
})

const exit = operation('exit', { args: { process } }).steps({
  exit: (m, my) => {
    const it = m.processes[my.process]
    if (!it.alive) return disabled
    for (const p of it.pages) {
      release(m, p.entry)
      p.entry = Entry.unmapped
    }
    it.alive = false
  },
})

const swapOut = operation('swap out', { args: { frame } }).steps({
  swap: (m, my) => {
    const it = m.frames[my.frame]
    const s = freeSlot(m)
    if (it.references === 0 || s === null) return disabled
    for (const p of m.processes) {
      for (const at of p.pages) {
        const { entry } = at
        if (entry.is === 'present' && entry.frame === my.frame) at.entry = Entry.swapped({ prot: entry.prot, slot: s })
      }
    }
    m.slots[s].references = it.references
    it.references = 0
  },
})

const claim = claims<M>()
const stated = [
  claim('mm-small/writable-owns-its-frame', {
    says: 'a writable entry names a frame that nothing else names',
    rule: '',
    over: { process, page },
    holds: (m, at) => {
      const { entry } = m.processes[at.process].pages[at.page]
      if (entry.is !== 'present' || !entry.writable || m.frames[entry.frame].references === 1) return true
      return violated(
        `page ${at.page} of process ${at.process} is writable, but frame ${entry.frame} has ${m.frames[entry.frame].references} references`,
        `processes[${at.process}].pages[${at.page}].entry`,
        `frames[${entry.frame}].references`,
      )
    },
  }),
  claim('mm-small/dead-process-maps-nothing', {
    says: 'a process that is not alive maps nothing',
    rule: '',
    over: { process, page },
    holds: (m, at) =>
      m.processes[at.process].alive ||
      m.processes[at.process].pages[at.page].entry.is === 'unmapped' ||
      violated(
        `process ${at.process} is not alive and maps page ${at.page}`,
        `processes[${at.process}].pages[${at.page}].entry`,
      ),
  }),
]

const forkKeepsWrite = rewritten('fork leaves the writable bit', fork, {
  fork: (m, my) => {
    const parent = m.processes[my.process]
    const child = m.processes[my.child]
    if (!parent.alive || child.alive) return disabled
    child.alive = true
    for (const v of ids(parent.pages)) {
      const { entry } = parent.pages[v]
      if (entry.is === 'swapped') m.slots[entry.slot].references++
      if (entry.is === 'present') m.frames[entry.frame].references++
      child.pages[v].entry = entry
    }
  },
})
const exitKeepsMaps = rewritten('exit forgets its mappings', exit, {
  exit: (m, my) => {
    if (!m.processes[my.process].alive) return disabled
    m.processes[my.process].alive = false
  },
})
const munmapKeepsReference = rewritten('munmap forgets its reference', munmap, {
  unmap: (m, my) => {
    const it = m.processes[my.process]
    if (!it.alive || it.pages[my.page].entry.is === 'unmapped') return disabled
    it.pages[my.page].entry = Entry.unmapped
  },
})

export const mmSmall: System = {
  name: 'mm-small',
  state,
  operations: [spawn, mmap, munmap, readFault, writeFault, fork, exit, swapOut],
  rules: [],
  decisions: [],
  claims: stated,
  recounts: {
    frames: { id: 'mm-small/frame-references', says: 'a frame counts the entries that name it', rule: '' },
    slots: { id: 'mm-small/slot-references', says: 'a slot counts the entries that name it', rule: '' },
  },
  mutants: [forkKeepsWrite, exitKeepsMaps, munmapKeepsReference],
  sizes: {
    processes: { of: 'process', low: 1, high: 8, usual: 2 },
    pages: { of: 'page', low: 1, high: 8, usual: 2 },
    frames: { of: 'frame', low: 1, high: 16, usual: 2 },
    slots: { of: 'slot', low: 0, high: 16, usual: 1 },
  },
  switches: {},
  symmetric: () => ['process', 'page', 'frame', 'slot'],
  initial: () => undefined,
}
