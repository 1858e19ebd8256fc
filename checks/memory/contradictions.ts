// Bounds, switches and operations that mean nothing together. Each is said with its name and what to set instead: a
// search of such a scope would find nothing, or what no kernel does.

import { type Bounds, type Contradiction, geometryOf, size, tableAt } from '../../model/index.js'
import type { CommandName } from '../../spec/interface.js'
import { files, severalCpus } from './offered.js'

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
