// Slots that are counted wrongly, filled twice, or lost with their area.

import {
  choose,
  copyOnWriteDecision,
  drop,
  Entry,
  each,
  exit,
  fork,
  go,
  ids,
  ignore,
  load,
  type M,
  mutant,
  page,
  refuse,
  rewritten,
  type Slot,
  slot,
  swapIn,
  swapOut,
  swapoff,
  swapon,
} from '../../../model/index.js'
import { swappedTo } from '../../../model/swap/mappings.js'
import { also, answered, astray, type Known, kills, pagesFor, skipped } from './tools.js'

/** The slot that a page was swapped out to. */
const slotOf = (m: M, my: Known) => {
  const { entry } = pagesFor(m, my)[my.page]
  return entry.is === 'swapped' ? m.slots[entry.slot] : null
}
const isOnlyCached = (m: M, s: Slot): boolean => m.slots[s].cached !== null && swappedTo(m, s).length === 0
const takeAny = (free: boolean) =>
  choose(
    slot,
    (m: M, _my: unknown, s: Slot) => m.slots[s].references === 0 || !free,
    (m: M, my: { slot: Slot | null }, s: Slot) => {
      m.slots[s].references++
      my.slot = s
    },
    { none: () => refuse('ENOSPC') },
  )

export const swapMutants = [
  kills(
    'swap/comes-back-as-it-went',
    'smp-swap',
    mutant('a load does not look again at the slot that it has read', load, drop('settle')),
    'slots=2',
  ),
  kills(
    'swap/references-recount',
    'swap',
    mutant(
      'swapIn keeps the slot',
      swapIn,
      also('install', m => m.slots[ids(m.slots)[0]].references++),
    ),
  ),
  kills(
    'swap/free-slot-is-unnamed',
    'swap',
    mutant(
      'swapOut frees the slot that it has filled',
      swapOut,
      also('vacate', (m, my) => {
        const it = slotOf(m, my)
        if (it !== null) it.references = 0
      }),
    ),
  ),
  kills(
    'swap/one-page-a-slot',
    'shared-swap',
    rewritten('swapOut takes any slot, free or not', swapOut, { slot: takeAny(false) }),
  ),
  kills('swap/slot-keeps-content', 'swap', mutant('swapOut writes nothing to the slot', swapOut, drop('save'))),
  kills(
    'swap/within-sharers',
    'fork-sharers',
    mutant(
      'fork does not look how often a slot is shared already',
      fork,
      skipped('share', (m, my) => my.at !== null && pagesFor(m, my)[my.at].entry.is === 'swapped'),
    ),
  ),
  kills(
    'swap/cache-is-clean',
    'swap-cache',
    answered(
      'a store writes to a frame that is in the cache',
      copyOnWriteDecision,
      'shared false, frame cached',
      'allow',
    ),
  ),
  kills(
    'swap/one-slot-a-cached-frame',
    'swap-cache',
    mutant(
      'a load puts its frame into the cache once more',
      load,
      also('install', (m, my) => {
        const { entry } = pagesFor(m, my)[my.page]
        const other = m.slots[ids(m.slots)[1]]
        if (entry.is !== 'present') return
        other.references++
        other.cached = entry.frame
        m.frames[entry.frame].references++
      }),
    ),
    'slots=2',
  ),
  kills(
    'swap/cache-lets-go',
    'swap-cache',
    rewritten('exit leaves frames to the cache', exit, {
      clear: each(page, (m, my, v) => {
        pagesFor(m, my as never)[v].entry = Entry.absent
      }),
    }),
  ),
  kills(
    'swap/slots-in-use-are-on',
    'areas',
    rewritten('swapoff leaves its pages where they are', swapoff, { next: () => go('off') }),
  ),
  kills('swap/off-means-empty', 'areas', mutant('swapoff leaves the area on', swapoff, drop('off'))),
  kills('swap/area-is-fit', 'swap-files', mutant('swapon takes any area', swapon, drop('check'))),
  kills(
    'swap/chosen-priorities-run-on',
    'areas',
    rewritten('swapoff leaves a gap in the priorities', swapoff, {
      off: (m, my) => {
        m.areas[my.area].on = false
        m.areas[my.area].priority = 0
      },
    }),
  ),
  kills(
    'swap/best-area-first',
    'areas',
    rewritten('swapOut does not look at priorities', swapOut, { slot: takeAny(true) }),
  ),
  kills('swap/swapped-out-is-out', 'swap', mutant('swapOut leaves the entry', swapOut, drop('redirect'))),
  kills('swap/swapped-in-is-in', 'swap', mutant('swapIn leaves the entry', swapIn, drop('install'))),
  kills(
    'swap/needs-the-capability',
    'swap-files',
    mutant('anybody may use an area', swapon, ignore('look', refuse('EPERM'))),
  ),
  kills('swap/failure-only-evicts', 'reclaim-counted', mutant('fork leaves what it had copied', fork, drop('undo'))),
  // Nothing waits, so nothing is locked up: the emptying CPU only moves for ever.
  kills(
    'livelock',
    'smp-cache-swapoff',
    mutant(
      'swapoff takes a slot that the cache alone names for one that others have brought back',
      swapoff,
      astray('restore', 'giveBack', (m, { from }) => from !== null && isOnlyCached(m, from)),
    ),
  ),
]
