// The part of inspection that reads records: processes, spaces, regions and objects. As in inspect.ts, everything reads
// words only, by the layout and the format of a region's attributes, and shares no code with what it inspects.

import { NONE } from './answers.js'
import type { Core } from './core.js'
import { nodeField, objectField, processField, processWords, spaceField, spaceWords } from './layout.js'
import {
  ACCOUNTED,
  CEILING_BITS,
  CEILING_SHIFT,
  GROWS,
  INHERITED,
  LOCK_BITS,
  LOCK_SHIFT,
  PROTECTION_BITS,
} from './regions/attributes.js'

/** What a region has besides its pages and its protection. `object` and `chain` are -1 for none. */
export interface RegionView {
  /** Bits of the protection that it may still get. */
  readonly ceiling: number
  /** 0 not at all, 1 with all its pages, 2 each page once it is touched. */
  readonly lock: number
  readonly grows: boolean
  readonly accounted: boolean
  readonly inherited: boolean
  readonly object: number
  /** The page of the object that its first page shows; of private memory under `linux`, where that page was first. */
  readonly offset: number
  readonly chain: number
}

export interface ObjectView {
  readonly kind: 'free' | 'anonymous' | 'segment'
  readonly attachments: number
  readonly size: number
  readonly key: number
  readonly sequence: number
  readonly short: number
  readonly owner: number
  readonly creator: number
  readonly mode: number
  readonly marked: boolean
  readonly held: boolean
}

export interface InspectRecords {
  /** The space of a process, or -1 when it is not alive. */
  spaceOf(process: number): number
  userOf(process: number): number
  /** Bits of the capabilities that a process gave up. */
  droppedOf(process: number): number
  memlockOf(process: number): number
  asOf(process: number): number
  /** The frame of a space's root table, or -1 when the space is free. */
  rootOf(space: number): number
  /** The number of regions, of mapped and of locked pages that the space itself has counted. */
  regionCountOf(space: number): number
  mappedOf(space: number): number
  lockedOf(space: number): number
  /** How mappings to come are locked: 0, 1 or 2, as regions are. */
  futureOf(space: number): number
  /** The process that a space says uses it, -1 for none. */
  processOf(space: number): number
  /** All regions of a space in order, as pages from `start` up to `end`, the bits of their protection, and the rest. */
  regions(space: number, visit: (start: number, end: number, protection: number, region: RegionView) => void): void
  /** Tree nodes in the free list, by the number of their first word. */
  freeNodes(visit: (node: number) => void): void
  objectAt(object: number): ObjectView
  /** Where a page of an object is: 0 nowhere, a frame + 1, or an inverted slot (below 0). */
  partAt(object: number, index: number): number
  /** Regions that share a chain. */
  chainReferencesOf(chain: number): number
}

const kinds = ['free', 'anonymous', 'segment'] as const

export function createInspectRecords({ words, doubles, layout }: Core): InspectRecords {
  const process = (number: number, field: number) => words[layout.processes + number * processWords + field]
  const space = (number: number, field: number) => words[layout.spaces + number * spaceWords + field]
  const pages = (number: number, field: number) => doubles[(layout.spaces + number * spaceWords + field) / 2]
  const object = (number: number, field: number) => words[layout.objects + number * layout.objectWords + field]

  function regions(
    node: number,
    visit: (start: number, end: number, protection: number, region: RegionView) => void,
  ): void {
    if (node === 0) return
    regions(words[node + nodeField.left], visit)
    const attributes = words[node + nodeField.attributes]
    const page = (field: number) => doubles[(node + field) / 2]
    visit(page(nodeField.start), page(nodeField.end), attributes & PROTECTION_BITS, {
      ceiling: (attributes & CEILING_BITS) >> CEILING_SHIFT,
      lock: (attributes & LOCK_BITS) >> LOCK_SHIFT,
      grows: (attributes & GROWS) !== 0,
      accounted: (attributes & ACCOUNTED) !== 0,
      inherited: (attributes & INHERITED) !== 0,
      object: words[node + nodeField.object],
      offset: page(nodeField.offset),
      chain: words[node + nodeField.chain],
    })
    regions(words[node + nodeField.right], visit)
  }

  function freeNodes(visit: (node: number) => void) {
    for (let node = words[layout.freeNode]; node !== 0; node = words[node + nodeField.left]) visit(node)
  }

  function objectAt(number: number): ObjectView {
    const field = (of: number) => object(number, of)
    return {
      kind: kinds[field(objectField.kind)],
      attachments: field(objectField.attachments),
      size: field(objectField.size),
      key: field(objectField.key),
      sequence: field(objectField.sequence),
      short: field(objectField.short),
      owner: field(objectField.owner),
      creator: field(objectField.creator),
      mode: field(objectField.mode),
      marked: field(objectField.marked) !== 0,
      held: field(objectField.held) !== 0,
    }
  }

  return {
    spaceOf: number => (number >= 0 ? process(number, processField.space) : NONE),
    userOf: number => process(number, processField.user),
    droppedOf: number => process(number, processField.dropped),
    memlockOf: number => process(number, processField.memlock),
    asOf: number => process(number, processField.as),
    rootOf: number => space(number, spaceField.root),
    regionCountOf: number => space(number, spaceField.regions),
    mappedOf: number => pages(number, spaceField.mapped),
    lockedOf: number => pages(number, spaceField.locked),
    futureOf: number => space(number, spaceField.future),
    processOf: number => space(number, spaceField.process),
    regions: (number, visit) => regions(space(number, spaceField.tree), visit),
    freeNodes,
    objectAt,
    partAt: (number, index) => object(number, objectField.parts + index),
    chainReferencesOf: chain => words[layout.chains + chain],
  }
}
