// What a scope of the memory system means that does not say: which operations it has, and which values their arguments
// take. Numbers that the bounds limit take all their values; a word that tells a variant of a command from its plain form
// takes the first, or no scope would end.

import { type Bounds, size } from '../../model/index.js'
import { type CommandName, commands, type FieldKind, words } from '../../spec/interface.js'

type Needs = (bounds: Bounds) => boolean
const on =
  (name: string): Needs =>
  bounds =>
    bounds.switches[name] === 'on'
const [locking, swapping, kernel] = [on('locking'), on('swapping'), on('kernel')]
export const files: Needs = bounds => size(bounds, 'file') > 0
export const severalCpus: Needs = bounds => size(bounds, 'cpu') > 0
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

const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)

export const offered = (bounds: Bounds): readonly CommandName[] =>
  Object.keys(commands)
    .filter(isCommandName)
    .filter(name => needs[name]?.(bounds) ?? true)

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
