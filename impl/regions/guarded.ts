// Changes to regions where several CPUs run. Only who has a space alone changes its regions, but all spaces take nodes and
// chains from the same pools, and who evicts a page asks the regions of any space whether it is locked. So each change,
// from one whole set of regions to the next, is made under one short lock.

import type { Cpus } from '../concurrency/cpus.js'
import type { Core } from '../core.js'
import type { Regions } from './regions.js'

export function guardRegions(core: Core, { takeRegions: lock, giveRegions: unlock }: Cpus, regions: Regions): Regions {
  if (core.boot.cpus === 1) return regions

  function removeRange(space: number, first: number, end: number) {
    lock()
    const removed = regions.removeRange(space, first, end)
    unlock()
    return removed
  }

  function removePieces(space: number, first: number, end: number, isMeant: (node: number) => boolean) {
    lock()
    regions.removePieces(space, first, end, isMeant)
    unlock()
  }

  function insertRange(
    space: number,
    first: number,
    end: number,
    offset: number,
    attributes: number,
    object: number,
    chain: number,
  ) {
    lock()
    regions.insertRange(space, first, end, offset, attributes, object, chain)
    unlock()
  }

  function changeRange(space: number, first: number, end: number, change: number) {
    lock()
    regions.changeRange(space, first, end, change)
    unlock()
  }

  function growUp(space: number, node: number, end: number) {
    lock()
    regions.growUp(space, node, end)
    unlock()
  }

  function growDown(space: number, node: number, page: number) {
    lock()
    regions.growDown(space, node, page)
    unlock()
  }

  function ensureChain(space: number, page: number) {
    lock()
    regions.ensureChain(space, page)
    unlock()
  }

  function forget(space: number, first: number, end: number) {
    lock()
    regions.forget(space, first, end)
    unlock()
  }

  function copyAll(from: number, to: number) {
    lock()
    regions.copyAll(from, to)
    unlock()
  }

  function inheritChains(from: number, to: number) {
    lock()
    regions.inheritChains(from, to)
    unlock()
  }

  function removeAll(space: number) {
    lock()
    regions.removeAll(space)
    unlock()
  }

  return {
    ...regions,
    removeRange,
    removePieces,
    insertRange,
    changeRange,
    growUp,
    growDown,
    ensureChain,
    forget,
    copyAll,
    inheritChains,
    removeAll,
  }
}
