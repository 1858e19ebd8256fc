// What a scope of the memory system means that does not say: how the machine starts, which operations it has, which values
// their arguments take, and which members are as good as any other. Numbers that the bounds limit take all their values;
// a word that tells a variant of a command from its plain form takes the first, or no scope would end.

import {
  type Bounds,
  Content,
  type Contradiction,
  geometryOf,
  ids,
  type ObjectId,
  type PartId,
  type Result,
  type State,
  size,
  tableAt,
} from '../model/index.js'
import { type CommandName, commands, type FieldKind, words } from '../spec/interface.js'

/** Some frames out of use, one swap area in use, unless areas come and go, and what the file has kept. */
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
  for (const file of ids(state.objects)) if (file < size(bounds, 'file')) makeFile(state, file)
}

/** A file of one page, which holds a byte, so that it is told from memory that nobody has written to. */
function makeFile(m: State, file: ObjectId): void {
  const part = 0 as PartId
  m.objects[file].kind = 'file'
  m.objects[file].size = 1
  m.objects[file].parts[part].saved = Content.stored({ byte: 1 })
  m.ghost.objects[file].parts[part].byte = 1
}

/** Frames have names where the kernel asks for them, slots where they belong to different areas. */
export function symmetric(bounds: Bounds): readonly string[] {
  const frames = bounds.switches.kernel === 'on' ? [] : ['frame']
  const slots = size(bounds, 'area') > 1 ? [] : ['slot']
  return ['space', ...frames, ...slots, 'chain', 'tag']
}

type Needs = (bounds: Bounds) => boolean
const on =
  (name: string): Needs =>
  bounds =>
    bounds.switches[name] === 'on'
const [locking, swapping, kernel] = [on('locking'), on('swapping'), on('kernel')]
const files: Needs = bounds => size(bounds, 'file') > 0
const severalCpus: Needs = bounds => size(bounds, 'cpu') > 0
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
  discard: severalCpus,
  poke: severalCpus,
  writeBack: files,
  dropCache: files,
}

/** What means nothing together. */
export const contradiction = (bounds: Bounds, names: readonly string[]): Contradiction | null =>
  lockContradiction(bounds) ??
  flushContradiction(bounds) ??
  reaperContradiction(bounds, names) ??
  nodeContradiction(bounds, names) ??
  fileContradiction(bounds, names) ??
  bitsContradiction(bounds, names) ??
  accessedContradiction(bounds, names) ??
  batchContradiction(bounds) ??
  tableContradiction(bounds, names)

function lockContradiction(bounds: Bounds): Contradiction | null {
  if (bounds.switches.downgrade === 'on' && size(bounds, 'cpu') === 0) {
    return { message: 'downgrade=on shares a lock, and one CPU takes none', next: 'set cpus=2, or downgrade=off' }
  }
  if (bounds.switches.downgrade === 'on' && bounds.switches.tables === 'counted') {
    const message = 'downgrade=on lets others in while tables are given back, which tables=counted counts afterwards'
    return { message, next: 'set tables=plenty, or downgrade=off' }
  }
  return aboutTags(size(bounds, 'tag'), size(bounds, 'cpu'))
}
/** Who is killed, and whose memory is taken away before it ends. */
function reaperContradiction(bounds: Bounds, names: readonly string[]): Contradiction | null {
  if (bounds.switches.reaper === 'on') {
    if (severalCpus(bounds)) return null
    return { message: 'reaper=on is about another CPU than the one that ends', next: 'set cpus=2, or reaper=off' }
  }
  const name = names.find(one => one === 'kill' || one === 'reap')
  if (name === undefined) return null
  return { name, message: `${name} is about processes that are killed, and none is`, next: 'set reaper=on' }
}
/** What CPUs ask of each other. */
function flushContradiction(bounds: Bounds): Contradiction | null {
  const pages = size(bounds, 'flushPage')
  if (pages === 0 || severalCpus(bounds)) return null
  const message = `flushPages=${pages} is how much a CPU asks others to forget, and there are none`
  return { name: 'flushPages', message, next: 'set cpus=2, or flushPages=0' }
}
/** Where all CPUs run other spaces, each has a tag. */
function aboutTags(tags: number, cpus: number) {
  if (tags === 0 || (cpus > 0 && tags >= cpus)) return null
  if (cpus === 0) return { message: `asids=${tags} are tags for CPUs, and there are none`, next: 'set cpus=1 or more' }
  return { message: `asids=${tags} are too few: each of ${cpus} CPUs may run another space`, next: `set asids=${cpus}` }
}

/** Operations that know of the records of regions. */
const ofNodes: readonly string[] = ['exit', 'fork', 'mmap', 'munmap', 'mprotect', 'load', 'store', 'fetch', 'swapOut']

/** Records of regions, their locks, and what is remembered of them. */
function nodeContradiction(bounds: Bounds, names: readonly string[]): Contradiction | null {
  if (size(bounds, 'node') === 0) {
    const next = 'set nodes=2'
    if (bounds.switches.regionLocks === 'on')
      return { name: 'regionLocks', message: 'regionLocks=on locks regions by their nodes, and there are none', next }
    if (size(bounds, 'round') > 0)
      return { name: 'rounds', message: 'rounds are for nodes that are remembered, and there are none', next }
    return null
  }
  if (!severalCpus(bounds)) {
    const message = 'nodes are how CPUs know regions, and there are no CPUs'
    return { name: 'nodes', message, next: 'set cpus=2, or nodes=0' }
  }
  const unaware = names.filter(one => !ofNodes.includes(one))
  if (unaware.length === 0) return null
  const message = `${unaware.join(', ')} cannot be searched with nodes: they lock no region yet`
  return { name: unaware[0], message, next: `name only ${ofNodes.join(', ')}, or set nodes=0` }
}

/** A file, and what is there for it only. */
function fileContradiction(bounds: Bounds, names: readonly string[]): Contradiction | null {
  if (!files(bounds)) {
    const name = names.find(one => one === 'writeBack' || one === 'dropCache')
    return name === undefined
      ? null
      : { name, message: `${name} is about a file, and there is none`, next: 'set files=1' }
  }
  const name = 'files'
  if (!severalCpus(bounds)) return { name, message: 'files=1 is for several CPUs', next: 'set cpus=2, or files=0' }
  if (bounds.switches.profile === 'linux')
    return { name, message: 'files=1 has no Linux profile', next: 'set profile=textbook, or files=0' }
  if (size(bounds, 'object') === 0 || size(bounds, 'part') === 0)
    return { name, message: 'files=1 takes one of the objects, with a page', next: 'set objects=1 and parts=1' }
  return null
}

/** Operations that collect what hardware has noted before they take an entry away. */
const collecting: readonly string[] = [
  ...(['spawn', 'exit', 'mmap', 'munmap', 'mprotect'] as const),
  ...(['load', 'store', 'fetch', 'discard', 'writeBack', 'dropCache'] as const),
] satisfies CommandName[]
function bitsContradiction(bounds: Bounds, names: readonly string[]): Contradiction | null {
  if (bounds.switches.walkerBits !== 'on') return null
  if (!files(bounds)) {
    const message = 'walkerBits=on notes who writes to a file, and there is none'
    return { name: 'walkerBits', message, next: 'set files=1, or walkerBits=off' }
  }
  if (bounds.switches.downgrade === 'on') {
    const message =
      'downgrade=on takes pages from their file before their entries, and walkerBits=on notes there whose they are'
    return { name: 'walkerBits', message, next: 'set downgrade=off, or walkerBits=off' }
  }
  const name = names.find(one => !collecting.includes(one))
  if (name === undefined) return null
  return {
    name,
    message: `${name} does not collect what walkerBits=on notes`,
    next: 'leave it out, or set walkerBits=off',
  }
}

/** Hardware notes what is used: by walks, through entries that stay where they are. */
function accessedContradiction(bounds: Bounds, names: readonly string[]): Contradiction | null {
  if (bounds.switches.accessedBits !== 'on') return null
  const name = 'accessedBits'
  if (!severalCpus(bounds)) {
    const message = 'accessedBits=on notes which entries CPUs walk to, and there are none'
    return { name, message, next: 'set cpus=2, or accessedBits=off' }
  }
  if (bounds.switches.tables === 'framed') {
    const message = 'accessedBits=on notes a walk in the entry of its page, and frames that are tables hold others too'
    return { name, message, next: 'set tables=plenty, or accessedBits=off' }
  }
  if (!names.includes('mremap')) return null
  const message = 'mremap does not take along what accessedBits=on notes in an entry'
  return { name: 'mremap', message, next: 'leave it out, or set accessedBits=off' }
}

/** Pages that are evicted together. */
function batchContradiction(bounds: Bounds): Contradiction | null {
  const { batches, reclaim } = bounds.switches
  if (batches !== 'on' || (reclaim === 'on' && severalCpus(bounds))) return null
  const message = 'batches=on asks several CPUs once for two pages that are evicted to make room'
  return { name: 'batches', message, next: 'set reclaim=on and cpus=2, or batches=off' }
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
  for (const [set, name] of [
    ['file', 'files'],
    ['tag', 'asids'],
  ] as const) {
    if (size(bounds, set) === 0) continue
    return { name, message: `no scope has ${name} and tables that are frames`, next: `set ${name}=0, or tables=plenty` }
  }
  if (size(bounds, 'node') > 0) {
    const message = 'with nodes a fault goes by the lock of one region, and others have entries in the same table'
    return { name: 'nodes', message, next: 'set nodes=0, or tables=plenty' }
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

/** What a kernel does by itself: no program asks for it, and none hears how it went. */
const background: readonly string[] = ['swapOut', 'swapIn', 'writeBack', 'dropCache'] satisfies CommandName[]
/** What an operation lacks that another has in hand. */
const shortages: readonly string[] = ['ENOMEM', 'EAGAIN']
/** A frame on its way from one use to another is not the one that somebody means to free. */
const isOnItsWay = (operation: string, errno: string): boolean =>
  operation === 'free' && (errno === 'EBUSY' || errno === 'EINVAL')
/**
 * What another CPU has in hand for a moment may be what an operation lacks; what a kernel does
 * by itself may find that it is done already (spec/concurrency.md#linearizability).
 */
export const spurious = (operation: string, outcome: Result): boolean =>
  background.includes(operation) ||
  ((outcome.is === 'refused' || outcome.is === 'failed') &&
    (shortages.includes(outcome.errno) || isOnItsWay(operation, outcome.errno)))

/**
 * Filling ahead is a part of its own, and so is each page of it: behind the lock that is given back and taken again, and
 * where the next page is looked for.
 */
export const parts: readonly string[] = ['retake', 'populate']
/** What fills ahead and says nothing of the pages that it could not have. */
const silent: readonly string[] = ['mmap', 'mremap', 'mlockall', 'shmat'] satisfies CommandName[]
export const leavesOut = (operation: string): boolean => silent.includes(operation)

/** What CPUs keep, by which tags, and what their walks note. */
export const isHardware = (path: string): boolean =>
  /^(cpus\[|tags\.)|^spaces\[\d+\]\.(tag|current|seen|pages\[\d+\]\.accessed)$/.test(path)
/** Where pages are, and their tables: what they hold is in their ghosts, and claims hold the two together. */
export const isWhereabouts = (path: string): boolean =>
  /^(frames|slots)\[|\.(entry|mapped|tables)$|\.directory\[\d+\]\.frame$|^objects\[\d+\]\.parts\[\d+\]\.(at|saved|dirty)$/.test(
    path,
  )

/** Kinds of arguments of which a scope that does not say takes some values only. */
const usualOf: { readonly [K in FieldKind]?: readonly (string | number)[] } = {
  request: ['none', 'r', 'rw', 'rx', 'rwx'],
  sharing: [words.sharing[0]],
  backing: [words.backing[0]],
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
