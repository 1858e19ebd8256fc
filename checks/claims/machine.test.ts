// What the claims about the implementation's memory notice, shown on memories that are broken by hand.

import test from 'ava'
import {
  type BootInfo,
  createMachine,
  type Machine,
  mapFlags,
  nodeField,
  protectionBits,
  tinyBoot,
} from '../../impl/index.js'
import { areaField, objectField, processField, processWords, spaceField, spaceWords } from '../../impl/layout.js'
import { GROWS } from '../../impl/regions/attributes.js'
import { machineClaims } from './index.js'
import { judged, violatedClaim } from './machine.js'

/** A machine that does all it can, with a page in RAM, one in a slot, one in both, and one of an object. */
function started(more: Partial<BootInfo> = {}): Machine {
  const features = { zeroFrame: true, swapCache: true, reclaim: true, kernelHalf: true, objects: 2, objectPages: 2 }
  const machine = createMachine({ ...tinyBoot, ...features, ...more })
  machine.spawn(0)
  machine.spawn(1)
  machine.mmap(0, 0, 256, protectionBits.rw, mapFlags.fixed)
  machine.mmap(0, 1024, 64, protectionBits.r, mapFlags.fixed)
  machine.mmap(0, 1408, 128, protectionBits.rw, mapFlags.fixed | mapFlags.shared)
  for (const address of [0, 64, 128, 192, 1408]) machine.store(0, address, 5)
  for (const address of [64, 192]) machine.swapOut(0, address)
  machine.load(0, 192)
  machine.exit(1)
  machine.fork(0, 1)
  machine.exit(1)
  machine.spawn(1)
  machine.store(0, 0, 6)
  machine.store(0, 128, 6)
  return machine
}
const firstTree = ({ layout }: Machine) => layout.spaces + spaceField.tree
const entryOf = ({ pageTables, inspect }: Machine, page: number) => pageTables.walk(inspect.rootOf(0), page)
const frameAt = (machine: Machine, page: number) => new Int32Array(machine.memory)[entryOf(machine, page)] >>> 12
const countPages = ({ memory, layout }: Machine, field: number) =>
  new Float64Array(memory)[(layout.spaces + field) / 2]++
/** The second of two pages shows the frame of the first. */
function showTwice(words: Int32Array, machine: Machine): void {
  words[entryOf(machine, 2)] = words[entryOf(machine, 0)]
}

type Break = (words: Int32Array, machine: Machine) => void
const separate = { tables: { kind: 'separate', frames: 6 } } as const
const broken: readonly (readonly [claim: string, how: string, act: Break, boot?: Partial<BootInfo>])[] = [
  ['frames/no-double-mapping', 'two pages can write to one frame', showTwice],
  ['frames/buddies-are-merged', 'a block lies beside its buddy', splitBlock],
  ['frames/buddy-blocks-are-disjoint', 'a free block leaves the pool', lastFrameOfTopOrder],
  ['frames/free-sets-agree', 'the counter is wrong', (w, { layout }) => w[layout.freeFrames]++],
  ['frames/free-sets-agree', 'a used frame counts as free', (w, m) => (w[m.layout.use + frameAt(m, 0)] = 0)],
  ['frames/references-recount', 'a page counts twice', (w, m) => w[m.layout.references + frameAt(m, 0)]++],
  ['frames/bitmaps-agree', 'a summary says that a word is full', (w, m) => (w[m.layout.frameBits + 1] |= 1)],
  ['frames/bitmaps-agree', 'a slot that is none is free', (w, { layout }) => (w[layout.slotBits] &= 0x7fffffff)],
  ['frames/bitmaps-agree', 'a space that is none is free', (w, { layout }) => (w[layout.spaceBits] &= 0x7fffffff)],
  ['frames/bitmaps-agree', 'no chain is marked as taken', (w, { layout }) => (w[layout.chainBits] = 0)],
  [
    'frames/buddy-lists-agree',
    'a list is linked to its end only',
    (w, m) => (w[m.layout.previous + firstFree(w, m)] = 0),
  ],
  [
    'frames/buddy-lists-agree',
    'a list ends elsewhere',
    (w, { layout }) => (w[layout.previous + layout.poolFrames] = 0),
  ],
  ['frames/buddy-lists-agree', 'a block has another order', (w, m) => w[m.layout.order + firstFree(w, m)]++],
  ['frames/buddy-lists-agree', 'a list is marked as empty', (w, { layout }) => (w[layout.filledOrders] = 0)],
  ['frames/buddy-lists-agree', 'a list does not end', (w, m) => (w[m.layout.next + firstFree(w, m)] = firstFree(w, m))],
  ['frames/only-blocks-are-linked', 'a used frame has a link', (w, m) => (w[m.layout.next + frameAt(m, 0)] = 0)],
  ['frames/only-blocks-are-linked', 'a used frame has an order', (w, m) => (w[m.layout.order + frameAt(m, 0)] = 0)],
  ['frames/uses-fit', 'the frame of zeros holds a page', (w, { layout }) => (w[layout.use + layout.zeroFrame] = 1)],
  ['frames/uses-fit', 'a frame of the pool is spare', (w, { layout }) => (w[layout.use] = 3)],
  ['frames/uses-fit', 'the kernel’s image is counted', (w, { layout }) => w[layout.references + layout.kernelImage]++],
  ['frames/uses-fit', 'a table is a page', (w, { layout }) => (w[layout.use + layout.poolFrames] = 1), separate],
  ['frames/only-names-are-linked', 'an absent entry leads on', (w, m) => (w[linksOf(m, 5)] = 4)],
  ['frames/only-names-are-linked', 'an absent entry is led to', (w, m) => (w[linksOf(m, 5) + 1] = 4)],
  ['frames/reverse-mapping-agrees', 'an entry is in no list', (w, m) => (w[m.layout.frameMaps + frameAt(m, 0)] = 0)],
  [
    'frames/reverse-mapping-agrees',
    'a frame forgets its object',
    (w, m) => (w[m.layout.framePart + m.inspect.partAt(0, 0) - 1] = 0),
  ],
  [
    'swap/lists-agree',
    'the lists are lost',
    (w, { layout }) => (w[layout.lruNext + layout.poolFrames] = layout.poolFrames),
  ],
  ['swap/lists-agree', 'a list counts one more', (w, { layout }) => w[layout.lruCounts]++],
  ['swap/lists-agree', 'a page says that it is active', (w, m) => (w[m.layout.lruList + frameAt(m, 0)] = 2)],
  ['swap/lists-agree', 'a list is linked in one direction', (w, m) => w[m.layout.lruPrevious + frameAt(m, 0)]++],
  ['swap/lists-agree', 'a list ends elsewhere', (w, { layout }) => w[layout.lruPrevious + layout.poolFrames]++],
  ['swap/lists-agree', 'a list does not end', (w, m) => (w[m.layout.lruNext + frameAt(m, 0)] = -1)],
  ['swap/lists-agree', 'a free frame says that it is active', (w, { layout }) => (w[layout.lruList + 15] = 2)],
  ['swap/every-page-is-listed', 'a page is in no list', (w, m) => (w[m.layout.lruList + frameAt(m, 0)] = 0)],
  ['swap/every-page-is-listed', 'a free frame is in a list', (w, { layout }) => (w[layout.lruList + 15] = 1)],
  ['swap/every-page-is-listed', 'a free frame has a link', (w, { layout }) => (w[layout.lruNext + 15] = 1)],
  [
    'faults/zeros-stay-zeros',
    'somebody wrote to it',
    (w, { layout }) => w[layout.ram + layout.zeroFrame * layout.pageWords]++,
  ],
  ['frames/free-frame-is-blank', 'a free frame counts a reference', (w, { layout }) => (w[layout.references + 15] = 1)],
  ['page-tables/tables-form-trees', 'a table hangs in two places', (w, m) => doubleTable(w, m)],
  [
    'page-tables/tables-form-trees',
    'a root is another space’s',
    (w, { layout, inspect }) => w[layout.parent + inspect.rootOf(0)]--,
  ],
  ['page-tables/only-tables-hang', 'a page hangs in a tree', (w, m) => (w[m.layout.parent + frameAt(m, 0)] = 7)],
  ['page-tables/only-tables-hang', 'a page counts entries', (w, m) => w[m.layout.entries + frameAt(m, 0)]++],
  [
    'page-tables/no-table-stays-pinned',
    'a root has two references',
    (w, { layout, inspect }) => w[layout.references + inspect.rootOf(0)]++,
  ],
  ['page-tables/no-table-is-lost', 'a free frame is marked as a table', (w, { layout }) => (w[layout.use + 15] = 2)],
  ['page-tables/table-pool-agrees', 'the counter is wrong', (w, { layout }) => w[layout.freeTables]++, separate],
  [
    'page-tables/table-pool-agrees',
    'a free table is marked as used',
    (w, m) => (w[m.layout.use + w[m.layout.freeTable]] = 2),
    separate,
  ],
  ['page-tables/table-pool-agrees', 'a free table is left out', (w, m) => (w[m.layout.freeTable] = -1), separate],
  ['page-tables/entry-counts-agree', 'a table counts one more', (w, m) => w[m.layout.entries + m.inspect.rootOf(0)]++],
  ['page-tables/entry-counts-agree', 'a table is empty', (w, m) => emptyTable(w, m)],
  ['page-tables/kernel-half-is-one', 'one root has another half', (w, m) => w[upperHalf(m)]++],
  ['page-tables/kernel-half-maps-the-image', 'its text can be written', (w, m) => (w[kernelEntry(m, 0)] |= 2)],
  ['page-tables/kernel-half-maps-the-image', 'users can read its data', (w, m) => (w[kernelEntry(m, 2)] |= 4)],
  ['page-tables/kernel-half-maps-the-image', 'it maps one page more', (w, m) => w[kernelEntry(m, 3)]++],
  ['page-tables/entries-are-legal', 'a bit is set that no entry has', (w, m) => (w[entryOf(m, 0)] |= 1 << 11)],
  ['page-tables/entries-are-legal', 'a page is the supervisor’s', (w, m) => (w[entryOf(m, 0)] &= ~4)],
  ['page-tables/entries-name-page-frames', 'a page lies in a table', (w, m) => (w[m.layout.use + frameAt(m, 0)] = 2)],
  ['page-tables/rights-within-region', 'a page of a region to read is writable', (w, m) => protectAll(w, m)],
  ['page-tables/rights-within-region', 'an entry stands where nothing is mapped', (w, m) => (w[firstTree(m)] = 0)],
  ['protection/write-xor-execute', 'a page is writable and executable', (w, m) => (w[entryOf(m, 0) + 1] &= 0x7fffffff)],
  [
    'protection/write-xor-execute-over-aliases',
    'a frame can be written here and executed there',
    (w, m) => {
      showTwice(w, m)
      w[entryOf(m, 2)] &= ~2
      w[entryOf(m, 2) + 1] &= 0x7fffffff
    },
  ],
  ['regions/ordered-and-disjoint', 'a region is empty', (_w, m) => setEnd(m, 0)],
  ['regions/merged', 'neighbours are alike', mergeable],
  ['regions/count-recount', 'the count is wrong', (w, m) => w[m.layout.spaces + spaceField.regions]++],
  ['regions/mapped-recount', 'the count is wrong', (_w, m) => countPages(m, spaceField.mapped)],
  ['locking/locked-recount', 'the count is wrong', (_w, m) => countPages(m, spaceField.locked)],
  ['regions/chains-recount', 'a chain counts a region that has none', (w, { layout }) => w[layout.chains]++],
  ['regions/taken-chains-agree', 'a free chain is marked as taken', (w, { layout }) => (w[layout.chainBits] ^= 1)],
  ['regions/trees-are-heaps', 'a node lies above a higher one', (w, m) => turnRoot(w, m)],
  ['regions/no-node-is-blank', 'something is written there', (w, { layout }) => w[layout.noNode + nodeField.end]++],
  [
    'regions/tree-sums-agree',
    'a gap is wider than it is',
    (w, m) => new Float64Array(m.memory)[(w[firstTree(m)] + nodeField.gap) / 2]++,
  ],
  [
    'regions/tree-sums-agree',
    'a tree ends elsewhere',
    (w, m) => new Float64Array(m.memory)[(w[firstTree(m)] + nodeField.high) / 2]++,
  ],
  [
    'regions/tree-sums-agree',
    'a stack reaches further down',
    (w, m) => (w[w[firstTree(m)] + nodeField.attributes] |= GROWS),
  ],
  ['regions/no-node-is-lost', 'the free list is empty', (w, m) => (w[m.layout.freeNode] = 0)],
  [
    'regions/free-node-is-blank',
    'a free node has a protection',
    (w, m) => (w[w[m.layout.freeNode] + nodeField.attributes] = 1),
  ],
  [
    'shared-memory/attachments-recount',
    'the count is wrong',
    (w, { layout }) => w[layout.objects + objectField.attachments]++,
  ],
  [
    'shared-memory/pages-are-somewhere',
    'two pages of an object are in one frame',
    (w, { layout }) => (w[layout.objects + objectField.parts + 1] = w[layout.objects + objectField.parts]),
  ],
  [
    'shared-memory/free-object-is-blank',
    'an object that is gone has an owner',
    (w, { layout }) => (w[layout.objects + layout.objectWords + objectField.owner] = 1),
  ],
  [
    'shared-memory/entry-shows-object',
    'an object gave up a page that is shown',
    (w, { layout }) => (w[layout.objects + objectField.parts] = 0),
  ],
  ['swap/references-recount', 'a slot counts twice', (w, { layout }) => w[layout.slotReferences]++],
  ['swap/references-recount', 'an entry names a slot that is not there', (w, m) => (w[entryOf(m, 1)] ^= 1 << 17)],
  ['swap/free-slots-agree', 'the bitmap is wrong', (w, { layout }) => (w[layout.slotBits] ^= 1)],
  ['swap/free-slots-agree', 'a free slot is marked as taken', (w, { layout }) => (w[layout.slotBits] ^= 8)],
  ['swap/free-slots-agree', 'the counter is wrong', (w, { layout }) => w[layout.freeSlots]++],
  ['swap/free-slots-agree', 'an area counts wrong', (w, { layout }) => w[layout.areas + areaField.free]++],
  ['swap/cache-agrees', 'a slot does not know its frame', (w, m) => (w[m.layout.slotFrame + cachedSlot(m)] = 0)],
  [
    'swap/cache-agrees',
    'a slot holds something else',
    (w, m) => w[m.layout.slots + cachedSlot(m) * m.layout.pageWords]++,
  ],
  ['swap/reverse-mapping-agrees', 'an entry is in no list', (w, { layout }) => (w[layout.slotMaps] = 0)],
  ['processes/spaces-agree', 'a space has another process', (w, { layout }) => w[layout.spaces + spaceField.process]++],
  ['processes/free-spaces-agree', 'a used space is marked as free', (w, { layout }) => (w[layout.spaceBits] ^= 1)],
  [
    'processes/dead-process-is-blank',
    'a dead process has a user',
    (w, m) => {
      m.exit(1)
      w[m.layout.processes + processWords + processField.user] = 1
    },
  ],
  [
    'processes/free-space-is-empty',
    'a free space remembers its process',
    (w, m) => {
      m.exit(1)
      w[m.layout.spaces + spaceWords + spaceField.process] = 1
    },
  ],
  [
    'processes/free-space-is-empty',
    'a free space counts a region',
    (w, m) => {
      m.exit(1)
      w[m.layout.spaces + spaceWords + spaceField.regions] = 1
    },
  ],
]
const cachedSlot = ({ inspect, boot }: Machine): number =>
  Array.from({ length: boot.slots }, (_, slot) => slot).findIndex(slot => inspect.cachedFrameOf(slot) >= 0)
const upperHalf = ({ layout, inspect }: Machine): number =>
  layout.ram + inspect.rootOf(0) * layout.pageWords + layout.pageWords / 2
/** The links of the entry of a page. */
const linksOf = (machine: Machine, page: number): number =>
  entryOf(machine, page) - machine.layout.ram + machine.layout.links
/** An entry of the kernel's bottom table, the last of all frames. */
const kernelEntry = ({ layout }: Machine, index: number): number =>
  layout.ram + (layout.allFrames - 1) * layout.pageWords + index * 2
/** The first frame of the first free block there is. */
function firstFree(words: Int32Array, { layout }: Machine): number {
  return words.subarray(layout.order, layout.order + layout.poolFrames).findIndex(order => order >= 0)
}

/** The root of a tree and one of the nodes below it change places; the list of regions stays the same. */
function turnRoot(words: Int32Array, machine: Machine): void {
  const { left, right } = nodeField
  const root = words[firstTree(machine)]
  const [up, outer, inner] =
    words[root + left] !== 0 ? [words[root + left], left, right] : [words[root + right], right, left]
  words[root + outer] = words[up + inner]
  words[up + inner] = root
  words[firstTree(machine)] = up
}

/** The last frame is listed as a block of the highest order, alone. */
function lastFrameOfTopOrder(words: Int32Array, { layout }: Machine): void {
  const head = layout.poolFrames + layout.orders - 1
  const last = layout.poolFrames - 1
  words[layout.next + head] = last
  words[layout.next + last] = head
}

/** Two free frames that are one block become two of half its size. */
function splitBlock(words: Int32Array, { inspect, layout }: Machine): void {
  let split = -1
  inspect.freeBlocks((frame, order) => {
    if (order === 1) split = frame
  })
  const { poolFrames, next, previous } = layout
  const [from, to] = [poolFrames + 1, poolFrames]
  words[next + from] = from
  words[previous + from] = from
  const last = words[previous + to]
  for (const [before, behind] of [
    [last, split],
    [split, split + 1],
    [split + 1, to],
  ]) {
    words[next + before] = behind
    words[previous + behind] = before
  }
}
function doubleTable(words: Int32Array, { layout, inspect }: Machine): void {
  const root = layout.ram + inspect.rootOf(0) * layout.pageWords
  words[root + 2] = words[root]
  words[root + 3] = words[root + 1]
}
function emptyTable(words: Int32Array, { layout, inspect }: Machine): void {
  const root = layout.ram + inspect.rootOf(0) * layout.pageWords
  const table = words[root] >>> 12
  words.fill(0, layout.ram + table * layout.pageWords, layout.ram + (table + 1) * layout.pageWords)
  words[layout.entries + table] = 0
}
function nodesOf(words: Int32Array, machine: Machine): readonly number[] {
  const found: number[] = []
  const walk = (node: number): void => {
    if (node === 0) return
    walk(words[node + nodeField.left])
    found.push(node)
    walk(words[node + nodeField.right])
  }
  walk(words[firstTree(machine)])
  return found
}
function protectAll(words: Int32Array, machine: Machine): void {
  for (const node of nodesOf(words, machine)) words[node + nodeField.attributes] = 1
}
function setEnd(machine: Machine, end: number): void {
  const [node] = nodesOf(new Int32Array(machine.memory), machine)
  new Float64Array(machine.memory)[(node + nodeField.end) / 2] = end
}
function mergeable(words: Int32Array, machine: Machine): void {
  setEnd(machine, 16)
  protectAll(words, machine)
}

for (const [claim, how, act, boot] of broken) {
  test(`${claim} notices that ${how}`, t => {
    const machine = started(boot)
    const it = machineClaims.find(({ id }) => id === claim)
    if (it === undefined) return t.fail('no such claim')
    t.true(judged(it, machine))
    t.is(violatedClaim(machineClaims, machine), null)
    act(new Int32Array(machine.memory), machine)
    const held = judged(it, machine)
    t.true(held !== true && held.says.length > 0)
    t.not(violatedClaim(machineClaims, machine), null)
  })
}

test('structures that cannot be walked violate the claim that met them', t => {
  const machine = started()
  const claim = { id: 'x/y', says: '', rule: '', also: [] }
  const walked = (thrown: unknown) => ({
    ...claim,
    holds: () => {
      throw thrown
    },
  })
  t.like(judged(walked(new Error('lost')), machine), { says: 'the structures cannot be walked: lost' })
  t.like(judged(walked('lost'), machine), { says: 'the structures cannot be walked: lost' })
})

test('a machine without tables of its own has no pool to disagree with', t => {
  const pool = machineClaims.find(({ id }) => id === 'page-tables/table-pool-agrees')
  t.true(pool?.holds(started()))
})

test('every claim about memory has been shown broken memory', t => {
  const shown = new Set(broken.map(([claim]) => claim))
  t.deepEqual(
    machineClaims.map(({ id }) => id).filter(id => !shown.has(id)),
    [],
  )
})
