// The tree of regions by itself: its order, its depth, and the search for a free place against a search page by page.

import assert from 'node:assert/strict'
import test from 'ava'
import fc from 'fast-check'
import { tinyBoot } from '../boot.js'
import { alone, createCore } from '../core.js'
import { nodeField } from '../layout.js'
import { GROWS } from './attributes.js'
import { createNodes } from './nodes.js'
import { createTree } from './tree.js'

const PAGES = 32

function plant(regionLimit: number, stackGap = 3) {
  const core = createCore({ ...tinyBoot, spaces: 1, regionLimit, stackGap }, alone)
  const nodes = createNodes(core)
  const tree = createTree(core, nodes)
  nodes.format()
  const root = core.layout.spaces
  const add = (start: number, end: number, attributes: number) => {
    const node = nodes.take()
    nodes.fill(node, start, end, 0, attributes, -1)
    tree.insert(root, node)
    return node
  }
  return { core, nodes, tree, root, add }
}

test('a thousand regions in order make a shallow tree', t => {
  const { core, nodes, tree, root, add } = plant(1000)
  for (let page = 0; page < 1000; page++) add(page, page + 1, 1)
  const { left, right } = nodeField
  const depth = (node: number): number =>
    node === 0 ? 0 : 1 + Math.max(depth(core.words[node + left]), depth(core.words[node + right]))
  const deepest = depth(core.words[root])
  t.true(deepest < 40, `depth ${deepest}`)
  for (let page = 0; page < 1000; page++) t.is(nodes.startOf(tree.find(root, page)), page)
})

test('running out of nodes, which counting must prevent, throws', t => {
  const { core, add } = plant(1)
  for (let page = 0; page < core.layout.nodeCount; page++) add(page, page + 1, 1)
  t.throws(() => add(31, 32, 1), { message: /out of region nodes/ })
})

test('the highest free place is the one that a search page by page finds, whatever came and went', t => {
  const step = fc.record({ start: fc.nat(PAGES - 1), count: fc.integer({ min: 1, max: 4 }), grows: fc.boolean() })
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        const { core, nodes, tree, root, add } = plant(40)
        const pages: { start: number; grows: boolean }[] = Array(PAGES).fill(null)
        for (const { start, count, grows } of steps) {
          const end = Math.min(PAGES, start + count)
          const met = tree.findFrom(root, start)
          if (met !== 0 && nodes.startOf(met) < end) {
            pages.fill(null as never, nodes.startOf(met), nodes.endOf(met))
            tree.remove(root, met)
          } else {
            add(start, end, grows ? GROWS : 1)
            pages.fill({ start, grows }, start, end)
          }
          for (let wanted = 1; wanted <= 8; wanted++) {
            assert.equal(tree.highest(root, wanted), naive(pages, wanted, core.boot.stackGap))
          }
        }
      }),
    ),
  )
})

function naive(pages: readonly ({ start: number; grows: boolean } | null)[], count: number, gap: number) {
  const taken = pages.map(page => page !== null)
  for (const page of pages) if (page?.grows) taken.fill(true, Math.max(0, page.start - gap), page.start)
  for (let at = PAGES - count; at >= 0; at--) if (!taken.slice(at, at + count).includes(true)) return at
  return -1
}
