// Shootdown in one page of text. Two CPUs share an address space; each has a translation cache (TLB) of one entry,
// which the hardware may fill from the page table at any time. Who takes a mapping away must make every other CPU
// forget it before the frame is free again: clear the entry, send a request, await the acknowledgements, free.
//
//   unmap:  lock → clear → send (each other CPU) → await (each other CPU) → free → unlock
//                  └ turns the write lock into a read lock: others may look while it waits
//   map:    read → look → unread → lock → again → install → unlock
//                  └ most callers find the page mapped, so look under the read lock first; between `unread` and
//                    `lock` anything may happen, hence `again`
//
// A forgotten flush shows at `whole`; that `again` is needed shows only where others run in between.

import { blankSystem } from '../../model/kit/blank.js'
import {
  after,
  block,
  bool,
  choose,
  claims,
  disabled,
  drop,
  fault,
  type Id,
  kit,
  leave,
  list,
  mutant,
  type Of,
  owned,
  range,
  record,
  references,
  refuse,
  type System,
  set,
  size,
  sweep,
  union,
  violated,
  weak,
} from '../../model/kit/index.js'

const cpu = set('cpu')
const page = set('page')
const frame = set('frame')

const Entry = union({ absent: {}, present: { frame } })
const Cached = union({ empty: {}, holds: { page: weak(page), frame: weak(frame) } })
const state = record({
  lock: record({ readers: range(0, b => size(b, 'cpu')), writer: bool }),
  pages: list(page, record({ entry: Entry })),
  frames: list(frame, record({ references: references(frame) })),
  cpus: list(cpu, record({ tlb: Cached, request: bool })),
})
type M = Of<typeof state>
type Cpu = { readonly cpu: Id<'cpu'> }

const { operation, rule } = kit<M>()
const exists = refuse('EEXIST')
const noFrame = refuse('ENOMEM')
const notMapped = refuse('EINVAL')
const noMapping = fault('SIGSEGV MAPERR')

const takeRead = (m: M) => {
  if (m.lock.writer) return block
  m.lock.readers++
}
const takeWrite = (m: M) => {
  if (m.lock.writer || m.lock.readers > 0) return block
  m.lock.writer = true
}
const release = (m: M) => {
  if (m.lock.writer) m.lock.writer = false
  else m.lock.readers--
}
const flush = (m: M, c: Id<'cpu'>) => {
  m.cpus[c].tlb = Cached.empty
}
const isMapped = (m: M, p: Id<'page'>) => m.pages[p].entry.is === 'present'
const others = (my: Cpu, c: Id<'cpu'>) => c !== my.cpu

const map = operation('map', { args: { page }, answers: [exists, noFrame] }).steps({
  read: takeRead,
  look: (m, my) => (isMapped(m, my.page) ? leave('unlock', exists) : undefined),
  unread: release,
  lock: takeWrite,
  again: (m, my) => (isMapped(m, my.page) ? leave('unlock', exists) : undefined),
  install: choose(
    frame,
    (m, _my, f) => m.frames[f].references === 0,
    (m, my, f) => {
      m.frames[f].references = 1
      m.pages[my.page].entry = Entry.present({ frame: f })
    },
    { none: () => leave('unlock', noFrame) },
  ),
  unlock: release,
})

const unmap = operation('unmap', { args: { page }, locals: { frame: owned(frame) }, answers: [notMapped] }).steps({
  lock: takeWrite,
  look: (m, my) => (isMapped(m, my.page) ? undefined : leave('unlock', notMapped)),
  clear: (m, my) => {
    const { entry } = m.pages[my.page]
    if (entry.is === 'absent') return
    my.frame = entry.frame
    m.pages[my.page].entry = Entry.absent
    m.lock.writer = false
    m.lock.readers = 1
    flush(m, my.cpu)
  },
  send: sweep(
    cpu,
    (m, _my: Cpu, c) => {
      m.cpus[c].request = true
    },
    { where: others },
  ),
  await: sweep(cpu, (m, _my: Cpu, c) => (m.cpus[c].request ? block : undefined), { where: others }),
  free: (m, my) => {
    if (my.frame !== null) m.frames[my.frame].references--
    my.frame = null
  },
  unlock: release,
})

const access = operation('access', { args: { page }, answers: [noMapping] }).steps({
  translate: (m, my) => {
    const { tlb } = m.cpus[my.cpu]
    const { entry } = m.pages[my.page]
    if (tlb.is === 'holds' && tlb.page === my.page) return
    if (entry.is === 'absent') return noMapping
    m.cpus[my.cpu].tlb = Cached.holds({ page: my.page, frame: entry.frame })
  },
})

const fill = rule('fill', { args: { cpu, page } }, (m, my) => {
  const { entry } = m.pages[my.page]
  if (entry.is === 'absent') return disabled
  m.cpus[my.cpu].tlb = Cached.holds({ page: my.page, frame: entry.frame })
})
const acknowledge = rule('acknowledge', { args: { cpu }, interrupt: true }, (m, my) => {
  if (!m.cpus[my.cpu].request) return disabled
  flush(m, my.cpu)
  m.cpus[my.cpu].request = false
})

const claim = claims<M>()
const stated = [
  claim('tlb/names-no-free-frame', {
    says: 'no TLB entry names a free frame',
    rule: '',
    over: { cpu },
    holds: (m, at) => {
      const { tlb } = m.cpus[at.cpu]
      if (tlb.is === 'empty' || m.frames[tlb.frame].references > 0) return true
      return violated(`cpu ${at.cpu} still translates to frame ${tlb.frame}, which is free`, `cpus[${at.cpu}].tlb`)
    },
  }),
  claim('tlb/lock-at-rest', {
    says: 'no lock is held when no operation is in flight',
    rule: '',
    kind: 'quiescent',
    holds: m => (m.lock.readers === 0 && !m.lock.writer) || violated('nothing runs, and the lock is held', 'lock'),
  }),
]

/** Found at every granularity. */
export const noticed = [
  mutant('unmap does not await the acknowledgements', unmap, drop('await')),
  mutant('unmap does not free', unmap, drop('free')),
  mutant('map keeps its lock', map, drop('unlock')),
]
/** Invisible at `whole`, where nothing but acknowledgements runs inside an operation. */
export const missed = [
  mutant('unmap frees before it asks the others', unmap, after('clear', 'free')),
  mutant('map does not look again under the write lock', map, drop('again')),
]

export const tlb: System = {
  ...blankSystem,
  name: 'tlb',
  state,
  operations: [map, unmap, access],
  rules: [fill, acknowledge],
  claims: stated,
  recounts: {
    frames: {
      id: 'tlb/references-recount',
      says: 'a frame counts the entries and the operations that hold it',
      rule: '',
    },
  },
  mutants: [...noticed, ...missed],
  sizes: {
    cpus: { of: 'cpu', low: 1, high: 3, usual: 2 },
    pages: { of: 'page', low: 1, high: 2, usual: 1 },
    frames: { of: 'frame', low: 1, high: 3, usual: 2 },
  },
  symmetric: () => ['frame'],
  isHardware: path => path.startsWith('cpus['),
}
