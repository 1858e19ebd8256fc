// Mutants of the implementation for claims about regions: their trees, nodes and counters.

import type { Text } from './text.js'

export const regionsTexts: readonly Text[] = [
  {
    kills: 'regions/ordered-and-disjoint',
    title: 'a region that is split keeps its end',
    file: 'regions/forest.js',
    find: 'resize(space, node, startOf(node), page);',
    replace: '',
  },
  {
    kills: 'regions/merged',
    title: 'regions that touch are not merged',
    file: 'regions/forest.js',
    find: '!agree(left, right, page)',
    replace: 'true',
  },
  {
    kills: 'regions/count-recount',
    title: 'a region that is removed is still counted',
    file: 'regions/forest.js',
    find: 'words[SPACES + space * spaceWords + REGIONS]--;',
    replace: '',
  },
  {
    kills: 'regions/mapped-recount',
    title: 'mapped pages are not counted',
    file: 'regions/forest.js',
    find: 'doubles[record + MAPPED / 2] += pages;',
    replace: '',
  },
  {
    kills: 'locking/locked-recount',
    title: 'locked pages are not counted',
    file: 'regions/forest.js',
    find: 'doubles[record + LOCKED / 2] += pages;',
    replace: ';',
  },
  {
    kills: 'regions/chains-recount',
    title: 'a chain does not count its regions',
    file: 'regions/chains.js',
    find: 'words[REGIONS + chain]++;',
    replace: '',
  },
  {
    kills: 'regions/taken-chains-agree',
    title: 'a chain that no region has stays marked as taken',
    file: 'regions/chains.js',
    find: 'taken.clear(chain);',
    replace: ';',
  },
  {
    kills: 'regions/no-node-is-lost',
    title: 'the node of a removed region is not given back',
    file: 'regions/tree.js',
    find: 'give(node);',
    replace: '',
  },
  {
    kills: 'regions/free-node-is-blank',
    title: 'a free node remembers its region',
    file: 'regions/nodes.js',
    find: 'doubles[at] = 0;',
    replace: '',
  },
  {
    kills: 'regions/no-node-is-blank',
    title: 'the new ends of a region go to the one behind it',
    file: 'regions/forest.js',
    find: 'setBounds(node, start, end);',
    replace: 'setBounds(find(space, end), start, end);',
  },
  {
    kills: 'regions/trees-are-heaps',
    title: 'a region is added at the foot of its tree',
    file: 'regions/tree.js',
    find: 'priority(above) > rank',
    replace: 'true',
  },
  {
    kills: 'regions/tree-sums-agree',
    title: 'a node never learns of wider gaps',
    file: 'regions/tree.js',
    find: 'doubles[(node >> 1) + GAP_DOUBLE] = gap;',
    replace: '',
  },
]
