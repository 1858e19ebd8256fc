// Claims about the implementation's region trees: in order, merged, counted.

import { type Machine, nodeField, nodeWords, userPages } from '../../impl/index.js'
import { violated, type Witness } from '../../model/index.js'
import type { MachineClaim } from './machine.js'

interface Region {
  readonly start: number
  readonly end: number
  readonly protection: number
}
function firstWrong(
  { inspect, boot }: Machine,
  visit: (space: number, regions: readonly Region[]) => Witness | null,
): true | Witness {
  for (let space = 0; space < boot.spaces; space++) {
    if (inspect.rootOf(space) < 0) continue
    const regions: Region[] = []
    inspect.regions(space, (start, end, protection) => regions.push({ start, end, protection }))
    const wrong = visit(space, regions)
    if (wrong !== null) return wrong
  }
  return true
}

export const regionsMachineClaims: readonly MachineClaim[] = [
  {
    id: 'regions/ordered-and-disjoint',
    says: 'regions are in order, not empty, do not overlap and end within the user half',
    rule: 'regions.md#regions',
    also: ['VM1', 'VM3', 'VM9', 'I11'],
    holds: machine =>
      firstWrong(machine, (space, regions) => {
        let before = 0
        for (const { start, end } of regions) {
          if (start < before || end <= start || end > userPages(machine.boot.geometry)) {
            return violated(
              `space ${space} has a region from page ${start} to ${end} after one that ends at ${before}`,
              `space ${space}`,
            )
          }
          before = end
        }
        return null
      }),
  },
  {
    id: 'regions/merged',
    says: 'neighbours of equal protection are one region',
    rule: 'regions.md#regions',
    also: ['VM19', 'I11'],
    holds: machine =>
      firstWrong(machine, (space, regions) => {
        const apart = regions.findIndex(
          (r, i) => i > 0 && regions[i - 1].end === r.start && regions[i - 1].protection === r.protection,
        )
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
      firstWrong(machine, (space, regions) => {
        const says = machine.inspect.regionCountOf(space)
        if (says !== regions.length)
          return violated(`space ${space} counts ${says} regions and has ${regions.length}`, `space ${space}`)
        return says > machine.boot.regionLimit
          ? violated(`space ${space} has ${says} regions, the limit is ${machine.boot.regionLimit}`)
          : null
      }),
  },
  {
    id: 'regions/no-node-is-lost',
    says: 'every node of the region trees is in a tree or in the free list',
    rule: 'regions.md#regions',
    also: ['FR18'],
    holds: machine => {
      let used = 0
      for (let space = 0; space < machine.boot.spaces; space++) {
        if (machine.inspect.rootOf(space) >= 0) machine.inspect.regions(space, () => used++)
      }
      let free = 0
      machine.inspect.freeNodes(() => free++)
      const all = machine.layout.nodeCount
      return used + free === all || violated(`${used} nodes are in trees and ${free} are free, of ${all}`)
    },
  },
  {
    id: 'regions/free-node-is-blank',
    says: 'a free tree node holds nothing but its link',
    rule: 'regions.md#regions',
    also: ['FR2'],
    holds: ({ inspect, memory }) => {
      const words = new Int32Array(memory)
      let wrong = -1
      inspect.freeNodes(node => {
        for (let i = 0; i < nodeWords; i++) if (i !== nodeField.left && words[node + i] !== 0) wrong = node
      })
      return wrong < 0 || violated(`the free node at word ${wrong} still holds a region`)
    },
  },
]
