// Claims about the implementation's region trees: in order, merged, counted.

import { type Machine, nodeField, nodeWords, userPages } from '../../impl/index.js'
import { violated, type Witness } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { firstWrongSpace, type Region, regionsOf, spacesOf, tally, wordsOf } from './memory-walk.js'

/** Pages that regions have, those that `which` leaves out not counted. */
const pagesIn = (regions: readonly Region[], which: (region: Region) => boolean): number =>
  regions.filter(which).reduce((sum, { start, end }) => sum + end - start, 0)

/** A count that a space keeps, and what it should be. */
function recounted(
  machine: Machine,
  what: string,
  says: (space: number) => number,
  which: (region: Region) => boolean,
) {
  return firstWrongSpace(machine, (space, regions) => {
    const found = pagesIn(regions, which)
    return says(space) === found
      ? null
      : violated(`space ${space} counts ${says(space)} ${what} pages and has ${found}`, `space ${space}`)
  })
}

const alike = (a: Region, b: Region): boolean =>
  a.protection === b.protection &&
  a.ceiling === b.ceiling &&
  a.lock === b.lock &&
  a.grows === b.grows &&
  a.object === b.object &&
  (a.object < 0 || b.offset === a.offset + (a.end - a.start))

/** The first region that is out of order, or lies where none can. */
function disordered(space: number, regions: readonly Region[], most: number): Witness | null {
  let before = 0
  for (const { start, end } of regions) {
    if (start < before || end <= start || end > most)
      return violated(
        `space ${space} has a region from page ${start} to ${end} after one that ends at ${before}`,
        `space ${space}`,
      )
    before = end
  }
  return null
}

export const regionsMachineClaims: readonly MachineClaim[] = [
  {
    id: 'regions/ordered-and-disjoint',
    says: 'regions are in order, not empty, do not overlap and end within the user half',
    rule: 'regions.md#what-a-region-is',
    also: ['VM1', 'VM3', 'VM9', 'I11'],
    holds: machine =>
      firstWrongSpace(machine, (space, regions) => disordered(space, regions, userPages(machine.boot.geometry))),
  },
  {
    id: 'regions/merged',
    says: 'neighbours that agree in all attributes are one region, unless regions keep their identity',
    rule: 'regions.md#what-a-region-is',
    also: ['VM19', 'I11'],
    holds: machine =>
      machine.boot.profile === 'linux' ||
      firstWrongSpace(machine, (space, regions) => {
        const apart = regions.findIndex((r, i) => i > 0 && regions[i - 1].end === r.start && alike(regions[i - 1], r))
        return apart < 0
          ? null
          : violated(
              `space ${space} has two regions that touch at page ${regions[apart].start} and are alike`,
              `space ${space}`,
            )
      }),
  },
  {
    id: 'regions/count-recount',
    says: 'a space counts its regions, and has no more than the limit',
    rule: 'regions.md#limit',
    also: ['VM2', 'VM10'],
    holds: machine =>
      firstWrongSpace(machine, (space, regions) => {
        const says = machine.inspect.regionCountOf(space)
        if (says !== regions.length)
          return violated(`space ${space} counts ${says} regions and has ${regions.length}`, `space ${space}`)
        return says > machine.boot.regionLimit
          ? violated(`space ${space} has ${says} regions, the limit is ${machine.boot.regionLimit}`)
          : null
      }),
  },
  {
    id: 'regions/mapped-recount',
    says: 'a space counts its mapped pages',
    rule: 'regions.md#counting',
    also: ['VM2', 'VM10'],
    holds: machine =>
      recounted(
        machine,
        'mapped',
        space => machine.inspect.mappedOf(space),
        () => true,
      ),
  },
  {
    id: 'locking/locked-recount',
    says: 'a space counts its locked pages',
    rule: 'locking.md#counting',
    also: ['VM2', 'ML2'],
    holds: machine =>
      recounted(
        machine,
        'locked',
        space => machine.inspect.lockedOf(space),
        ({ lock }) => lock !== 0,
      ),
  },
  {
    id: 'regions/chains-recount',
    says: 'a chain counts the regions that have it',
    rule: 'regions.md#identity',
    also: ['VM16', 'FR4'],
    holds: machine => {
      const found = tally([], machine.layout.nodeCount)
      for (const space of spacesOf(machine))
        for (const { chain } of regionsOf(machine, space)) if (chain >= 0 && chain < found.length) found[chain]++
      const wrong = found.findIndex((count, chain) => machine.inspect.chainReferencesOf(chain) !== count)
      return (
        wrong < 0 ||
        violated(`chain ${wrong} counts ${machine.inspect.chainReferencesOf(wrong)} regions and has ${found[wrong]}`)
      )
    },
  },
  {
    id: 'regions/taken-chains-agree',
    says: 'the chains that are marked as taken are those that regions have',
    rule: 'regions.md#identity',
    also: [],
    holds: machine => {
      const words = wordsOf(machine)
      const { chainBits, chains, nodeCount } = machine.layout
      for (let chain = 0; chain < nodeCount; chain++) {
        const isTaken = ((words[chainBits + (chain >>> 5)] >>> (chain & 31)) & 1) === 1
        if (isTaken !== words[chains + chain] > 0)
          return violated(`chain ${chain} is marked as ${isTaken ? 'taken' : 'free'}, and is not`)
      }
      return true
    },
  },
  {
    id: 'regions/no-node-is-lost',
    says: 'every node of the region trees is in a tree or in the free list',
    rule: 'regions.md#what-a-region-is',
    also: ['FR18'],
    holds: machine => {
      const used = spacesOf(machine).reduce((sum, space) => sum + regionsOf(machine, space).length, 0)
      let free = 0
      machine.inspect.freeNodes(() => free++)
      const all = machine.layout.nodeCount
      return used + free === all || violated(`${used} nodes are in trees and ${free} are free, of ${all}`)
    },
  },
  {
    id: 'regions/free-node-is-blank',
    says: 'a free tree node holds nothing but its link',
    rule: 'regions.md#what-a-region-is',
    also: ['FR2'],
    holds: machine => {
      const words = wordsOf(machine)
      let wrong = -1
      machine.inspect.freeNodes(node => {
        for (let i = 0; i < nodeWords; i++) if (i !== nodeField.left && words[node + i] !== 0) wrong = node
      })
      return wrong < 0 || violated(`the free node at word ${wrong} still holds a region`)
    },
  },
]
