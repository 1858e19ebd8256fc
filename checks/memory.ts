// What a scope of the memory system means that does not say: how the machine starts, which operations it has, which values
// their arguments take, and which members are as good as any other. Numbers that the bounds limit take all their values;
// a word that tells a variant of a command from its plain form takes the first, or no scope would end.

import { type Bounds, type Contradiction, geometryOf, ids, type State, size, tableAt } from '../model/index.js'
import { type CommandName, commands, type FieldKind, words } from '../spec/interface.js'

/** Some frames out of use, and one swap area in use, unless areas come and go. */
export function firstState(m: unknown, bounds: Bounds): void {
  // The kit hands every system a view of its own state.
  const state = m as State
  for (const frame of ids(state.frames)) if (frame < size(bounds, 'reserved')) state.frames[frame].reserved = true
  const swapping = bounds.switches.swapping === 'on'
  for (const area of state.areas) {
    area.on = !swapping
    if (!swapping) continue
    // A file has to be made first.
    area.header = area.device !== 'file'
    area.priority = 0
  }
}

/** Frames have names where the kernel asks for them, slots where they belong to different areas. */
export function symmetric(bounds: Bounds): readonly string[] {
  const frames = bounds.switches.kernel === 'on' ? [] : ['frame']
  const slots = size(bounds, 'area') > 1 ? [] : ['slot']
  return ['space', ...frames, ...slots, 'chain']
}

type Needs = (bounds: Bounds) => boolean
const on =
  (name: string): Needs =>
  bounds =>
    bounds.switches[name] === 'on'
const [locking, swapping, kernel] = [on('locking'), on('swapping'), on('kernel')]
const segments: Needs = bounds => size(bounds, 'segment') > 0 && size(bounds, 'object') > 0
const several: Needs = bounds => size(bounds, 'user') > 1

/** Operations that only some bounds give something to do. */
const needs: { readonly [N in CommandName]?: Needs } = {
  setuid: several,
  dropcap: bounds => locking(bounds) || segments(bounds) || swapping(bounds),
  rlimit: locking,
  reserve: kernel,
  allocate: kernel,
  free: kernel,
  shmget: segments,
  shmat: segments,
  shmdt: segments,
  shmremove: segments,
  shmset: segments,
  shmstat: segments,
  shmlock: segments,
  shmunlock: segments,
  mlock: locking,
  mlock2: locking,
  munlock: locking,
  mlockall: locking,
  munlockall: locking,
  mkswap: swapping,
  rmswap: swapping,
  swapon: swapping,
  swapoff: swapping,
}

/** What means nothing together. */
export const contradiction = (bounds: Bounds, names: readonly string[]): Contradiction | null =>
  lockContradiction(bounds) ?? tableContradiction(bounds, names)

function lockContradiction(bounds: Bounds): Contradiction | null {
  if (bounds.switches.downgrade === 'on' && size(bounds, 'cpu') === 0) {
    return { message: 'downgrade=on shares a lock, and one CPU takes none', next: 'set cpus=2, or downgrade=off' }
  }
  return null
}

/** Tables that are frames, and what is there for them only. */
function tableContradiction(bounds: Bounds, names: readonly string[]): Contradiction | null {
  const { tables, walkers, downgrade } = bounds.switches
  if (tables !== 'framed') {
    const idle = [...(size(bounds, 'table') > 0 ? ['directory'] : []), ...(size(bounds, 'walk') > 0 ? ['walks'] : [])]
    const name = [...idle, ...(walkers === 'on' ? ['walkers'] : [])].at(0)
    if (name === undefined) return null
    return { name, message: `${name} is for tables that are frames`, next: 'set tables=framed' }
  }
  if (size(bounds, 'cpu') === 0) {
    const message = 'tables=framed shows nothing to one CPU alone that counting does not'
    return { name: 'tables', message, next: 'set cpus=2, or tables=counted' }
  }
  const { levels } = geometryOf(bounds)
  if (levels > 2) {
    return {
      name: 'geometry',
      message: `it has ${levels} levels, and tables that are frames have two`,
      next: 'set geometry=tiny',
    }
  }
  const needed = 1 + tableAt(bounds, size(bounds, 'page') - 1)
  if (size(bounds, 'table') !== needed) {
    const message = `the pages have their entries in ${needed} of the tables of a directory`
    return { name: 'directory', message, next: `set directory=${needed}` }
  }
  if (size(bounds, 'pin') > 0) {
    return {
      name: 'pins',
      message: 'a pin reads entries at once, and tables that are frames are walked in two steps',
      next: 'set pins=0',
    }
  }
  if (downgrade === 'on') {
    const message = 'downgrade=on lets others in while tables are taken down'
    return { name: 'downgrade', message, next: 'set downgrade=off, or tables=plenty' }
  }
  const name = names.find(one => !throughFrames.some(known => known === one))
  if (name === undefined) return null
  const message = `${name} makes and moves tables only where they are no frames`
  return { name, message, next: 'leave it out, or set tables=plenty' }
}
/** Operations that make tables that are frames, and take them down. */
const throughFrames: readonly CommandName[] = [
  ...(['fork', 'exit', 'mmap', 'munmap', 'mprotect'] as const),
  ...(['load', 'store', 'fetch', 'swapOut'] as const),
]

const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)

export const offered = (bounds: Bounds): readonly CommandName[] =>
  Object.keys(commands)
    .filter(isCommandName)
    .filter(name => needs[name]?.(bounds) ?? true)

/** Operations that take locks and tell other CPUs what they change; the others have been written for one CPU so far. */
export const interleaved: readonly string[] = [
  'fork',
  'exit',
  'mmap',
  'munmap',
  'mprotect',
  'mremap',
  'load',
  'store',
  'fetch',
  'swapOut',
  'pin',
  'unpin',
]

/** Kinds of arguments of which a scope that does not say takes some values only. */
const usualOf: { readonly [K in FieldKind]?: readonly (string | number)[] } = {
  request: ['none', 'r', 'rw', 'rx', 'rwx'],
  sharing: [words.sharing[0]],
  placement: [words.placement[0]],
  filling: [words.filling[0]],
  growth: [words.growth[0]],
  reserve: [words.reserve[0]],
  skew: [words.skew[0]],
  reach: [words.reach[0]],
  moving: [words.moving[0]],
  attaching: [words.attaching[0]],
  replacing: [words.replacing[0]],
  lockFlag: [words.lockFlag[0]],
  mode: [0o600],
  priority: [0],
  short: [0],
}

/** The values of an argument that a scope does not name; null means all. */
export function usual(operation: string, argument: string): readonly (string | number)[] | null {
  if (!isCommandName(operation)) return null
  // Where a mapping is moved to says nothing unless it is moved there.
  if (operation === 'mremap' && argument === 'to') return [0]
  const fields: { readonly [name: string]: FieldKind } = commands[operation].fields
  const kind = Object.hasOwn(fields, argument) ? fields[argument] : null
  return kind === null ? null : (usualOf[kind] ?? null)
}
