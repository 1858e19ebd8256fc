// Generated edits that nothing can notice, each with the reason. An edit that is listed here and is noticed all the
// same is an error too: the list must not grow stale.

import { modelReasons } from './equivalent-model.js'

/** Reasons, and the titles of the edits that each is for. */
const reasons: readonly (readonly [reason: string, titles: readonly string[]])[] = [
  [
    'a machine is made in a new buffer, which holds zeros',
    [
      'bitmap format: without words.fill(0, BITS, SUMMARY + SUMMARIES)',
      'frames/buddy format: without words[FILLED] = 0',
      'frames/frames format: without words.fill(FREE, USE, USE + POOL)',
      'frames/frames format: without words.fill(0, REFERENCES, REFERENCES + ALL)',
      'frames/frames format: without words.fill(0, at, at + POOL)',
      'frames/frames format: without words[EVICTED] = 0',
      'frames/lru format: without words[COUNTS] = words[COUNTS + 1] = 0',
      'frames/lru format: without words.fill(0, NEXT, NEXT + HEADS)',
      'frames/lru format: without words.fill(0, PREVIOUS, PREVIOUS + HEADS)',
      'frames/lru format: without words.fill(0, LIST, LIST + HEADS)',
      'frames/table-pool format: without words[FREE] = 0',
      'page-tables/tables format: without words.fill(0, ENTRIES, ENTRIES + layout.allFrames)',
      'processes/processes format: without words.fill(0, PROCESSES, PROCESSES + PROCESS_COUNT * processWords)',
      'processes/processes format: without words.fill(0, SPACES, SPACES + SPACE_COUNT * spaceWords)',
      'regions/chains format: without words.fill(0, REGIONS, REGIONS + layout.nodeCount)',
      'regions/nodes format: without words.fill(0, NODES, NODES + layout.nodeCount * nodeWords)',
      'regions/nodes format: without words[FREE_NODE] = NO_NODE',
      'shared-memory/objects format: without words.fill(0, OBJECTS, OBJECTS + COUNT * OBJECT_WORDS)',
      'swap/area format: without words.fill(0, at, at + COUNT)',
    ],
  ],
  [
    'no command can say it: the vocabulary has no such argument, and unit tests give it',
    [
      'frames/kernel-frames exists: without operand frame < ALL',
      'frames/kernel-frames exists: without operand Number.isInteger(frame)',
      'frames/kernel-frames exists: without operand frame >= 0',
      'frames/kernel-frames isReserved: without operand frame >= POOL',
      'frames/kernel-frames reserve: without if (!exists(frame)) return EINVAL',
      'frames/kernel-frames free: without if (!exists(frame)) return EINVAL',
      'gate pageOf: without operand page >= 0',
      'gate pageAt: without operand page >= 0',
      'gate pagesFor: never Number.POSITIVE_INFINITY by length < 0',
      'gate pagesFrom: without if (length <= 0) return pagesFor(length)',
      'gate outside: without operand address < KERNEL_END',
      'gate mremap: without operand place === NONE',
      'gate mremap: never 0 by (flags & MOVE_FIXED) === 0',
      'gate wordAt: without if ((low32 & 3) !== 0) return EINVAL',
      'gate swapOut: never EINVAL by page === NONE',
      'gate swapIn: never EINVAL by page === NONE',
      'gate administers: never EINVAL by area >= 0 && area < boot.areas.length',
      'gate administers: without operand area >= 0',
      'gate administers: without operand area < boot.areas.length',
      'locking/locking lock: without operand !(first >= 0)',
      'locking/locking unlock: without operand !(first >= 0)',
      'locking/locking lockAll: without operand (flags & ~(CURRENT | NEXT | WITH_ONFAULT)) !== 0',
      'processes/processes exists: without operand process >= 0',
      'processes/limits isUser: without operand user >= 0',
      'processes/limits isUser: without operand user <= mostUser',
      'processes/processes setuid: without if (!isUser(user)) return EINVAL',
      'shared-memory/segments set: without if (!isUser(user)) return EINVAL',
      'processes/processes exists: without operand process < PROCESS_COUNT',
      'processes/processes spaceOf: never NONE by exists(process)',
      'processes/processes spawn: without if (!exists(process)) return ESRCH',
      'processes/processes fork: without operand !exists(child)',
      'processes/processes dropcap: without if ((bits & ~ALL_CAPABILITIES) !== 0) return EINVAL',
      'processes/processes rlimit: without if (!(pages >= 0 && pages <= UNLIMITED)) return EINVAL',
      'processes/processes rlimit: without operand pages >= 0',
      'processes/processes rlimit: without operand pages <= UNLIMITED',
      'processes/processes rlimit: without if (resource !== resources.memlock && resource !== resources.as) retu…',
      'regions/mprotect mprotect: without if (!isRequest(request)) return EINVAL',
      'regions/mremap isNonsense: without operand (flags & ~(MAYMOVE | FIXED | DONTUNMAP)) !== 0',
      'regions/mremap isNonsense: without operand !(old >= 0)',
      'shared-memory/segments named: without if (!(id >= 0)) return EINVAL',
      'shared-memory/segments named: without operand !(object < COUNT)',
      'shared-memory/segments get: without operand (flags & CREAT) !== 0, 2',
      'swap/areas exists: without operand area < COUNT',
      'swap/areas exists: without operand Number.isInteger(area)',
      'swap/areas exists: without operand area >= 0',
      'swap/areas mkswap: without if (!exists(area)) return EINVAL',
      'swap/areas rmswap: without operand !exists(area)',
      'swap/areas swapon: without if (!exists(area)) return EINVAL',
      'swap/swapoff swapoff: without operand !exists(area)',
    ],
  ],
  [
    'a guard against a mistake of the implementation itself, which unit tests make on purpose',
    [
      'frames/buddy checkTaken: without if (frame < 0 || end > FRAMES || (frame & ((1 << order) - 1)) !== 0) …',
      'frames/buddy checkTaken: without operand (frame & ((1 << order) - 1)) !== 0',
      'frames/buddy checkTaken: without operand frame < 0',
      'frames/buddy checkTaken: without operand end > FRAMES',
      'frames/buddy checkTaken: without if (!isTaken(given)) throw new Error(`frame {given} is free already: …',
      'frames/buddy give: without checkTaken(frame, order)',
      'frames/frames giveTable: without if (words[USE + frame] !== TABLE) throw new Error(`frame {frame} is g…',
      "regions/chains fresh: without if (chain === NONE) throw new Error('out of chains: there is one for …",
      "regions/nodes take: without if (node === NO_NODE) throw new Error('out of region nodes: a region …",
      'swap/area put: without if (left < 0) throw new Error(`slot {slot} is free already: somebody …',
    ],
  ],
  [
    'both arms say the same where all frame numbers fit the low word of an entry, as they do in every pool that is small',
    [
      'page-tables/blocks entryFrom: never frameOf(words[entry], words[entry + 1]) by NARROW',
      'page-tables/blocks entryFrom: never words[entry] >>> FRAME_SHIFT by NARROW',
      'page-tables/mmu translate: never frameOf(low, words[entry + 1]) by NARROW',
      'page-tables/mmu translate: never low >>> FRAME_SHIFT by NARROW',
      'page-tables/page-tables walk: never frameOf(low, words[entry + 1]) by NARROW',
      'page-tables/page-tables walk: never low >>> FRAME_SHIFT by NARROW',
      'page-tables/sweep clearRange: never frameOf(words[entry], words[entry + 1]) by NARROW',
      'page-tables/sweep clearRange: never words[entry] >>> FRAME_SHIFT by NARROW',
    ],
  ],
  [
    'the word before the first of the buffer does not exist, so what follows finds nothing there either',
    [
      'page-tables/mmu translate: without if (entry === NONE) return NONE',
      'faults/resident makePrivate: without operand entry === NONE',
      'faults/resident makeShared: without operand present !== NONE',
      'regions/mincore isResident: never 0 by entry === NONE',
      'swap/swap swapOut: without operand entry === NONE',
      'swap/swap swapIn: without operand entry === NONE',
    ],
  ],
  [
    'only a shortcut: what it passes over would come to the same',
    [
      'locking/locking populate: without operand startOf(node) < end',
      'page-tables/sweep clearRange: without operand words[ENTRIES + root] > 0',
      'page-tables/sweep sweepEntries: without operand words[ENTRIES + table] > 0',
      'processes/limits exceedsMapped: without operand limit !== UNLIMITED',
      'processes/limits exceedsLockedInAll: without operand limit !== UNLIMITED',
      'regions/count startsIn: never NO_NODE by endOf(node) <= last',
      'regions/mapping refusalFor: without operand exceedsMapped(space, end - first)',
      'regions/mapping cover: without operand countOf(space) + 2 > LIMIT',
      'regions/mapping unmap: without operand countOf(space) === LIMIT',
      'regions/mincore mincore: without if (!(pagesAsked > 0)) return 1',
      'regions/pages firstHole: without operand page < end',
      'regions/regions removeRange: never NO_NODE by nodeEnd < end',
      'regions/tree sum: without if (low === lowOf(node) && high === highOf(node) && gap === gapOf(nod…',
      'regions/tree sumUp: without operand sum(path[at - 1])',
      'regions/tree highestBelow: without operand Math.max(gapOf(node), limit - highOf(node)) < count',
      'regions/mapping map: never OK by isPlain',
      'regions/identity inheritChains: without if (!LINUX) return',
    ],
  ],
  [
    'what is made for pages without entries is given back at once, and is no more than the next page with one needs',
    ['copy-on-write/fork copyRange: without page = pageOf(found)'],
  ],
  [
    'in front of a path there is no node, which reads like node 0: the sum of zeros is zeros, and nothing new',
    ['regions/tree sumUp: without operand at > 0'],
  ],
  [
    'without reclaim no frame comes into its lists, so that there is no page to evict',
    ['frames/frames allocate: without operand RECLAIM'],
  ],
  [
    'the frame that is asked for is a page: it is in the entry of one, which is not that of zeros, or in the lists of reclaim',
    ['swap/evict evictable: without if (words[USE + frame] !== PAGE) return false'],
  ],
  [
    'node 0 is blank: it starts at no page that is asked for, and agrees with no region, each of which has a ceiling',
    [
      'regions/forest merge: without operand left === NO_NODE',
      'regions/forest merge: without operand right === NO_NODE',
      'regions/forest mergeAt: without operand right !== NO_NODE',
    ],
  ],
  [
    'the links of an entry in no list are blank, and word 0 with them: zeros are written over zeros',
    ['frames/reverse unlink: without if (hole === 0) return'],
  ],
  [
    'machines of lockstep have a kernel half and more than one level of tables; unit tests have others',
    [
      'page-tables/kernel-half format: without if (!EXISTS) return',
      'page-tables/kernel-half format: never HALF by geometry.levels === 1',
      'page-tables/kernel-half format: never 2 by geometry.levels === 1',
      'page-tables/kernel-half format: never 1 by geometry.levels === 1',
    ],
  ],
  [
    'behind the last entry of a table there is nothing in a window; unit tests map pages further apart',
    ['page-tables/tables emptyFrom: without operand (at & PAGE_MASK) !== 0'],
  ],
  [
    'no page behind the end of the user half is mapped, so the next check says the same',
    ['regions/mincore mincore: without operand end > USER_PAGES'],
  ],
  [
    'what is not writable in the region is not writable in its entries, whichever way it is written',
    ['page-tables/protect protectEntry: without operand (protection & WRITE) !== 0'],
  ],
  [
    'the frame of zeros is copied like any other',
    [
      'copy-on-write/copy-on-write unshare: without if (isZero(low)) return replaceBy(entry, takePage(), NONE, protection)',
    ],
  ],
  [
    'shared memory has no chain, and a region without one has nothing that can be written',
    [
      'copy-on-write/fork isCopied: without operand isPrivate(region)',
      'copy-on-write/fork protectAll: without operand isCopied(region)',
    ],
  ],
  [
    'what is writable has one reference, and is published as it was',
    ['faults/resident makePrivate: without operand (words[entry] & WRITABLE) !== 0'],
  ],
  [
    'only mapped pages are made resident ahead of an access',
    ['faults/faults resident: never SEGV_MAPERR by find(space, page) === NO_NODE'],
  ],
  [
    'every operation that can fail begins by forgetting what was evicted before it',
    ['frames/frames lacks: without words[EVICTED] = 0'],
  ],
  ['no attachment starts before the first page, so none is found there', ['gate shmdt: never EINVAL by page === NONE']],
  [
    'the record of a process that is not alive holds zeros: spawn writes zeros over zeros',
    ['processes/processes spawn: without words[record + USER] = words[record + DROPPED] = 0'],
  ],
  [
    'offsets of private memory say nothing outside the profile of Linux',
    [
      'regions/agreement agree: without operand runsOn(object)',
      'regions/agreement continues: without operand runsOn(object)',
      'regions/agreement meet: never offset by runsOn(object)',
      'regions/nodes offsetAt: never offset by runsOn(words[node + OBJECT])',
      'regions/mremap offsetOfCopy: without operand LINUX',
      'regions/mapping cover: without operand LINUX',
    ],
  ],
  [
    'whoever takes a node writes its links and its chain before anybody reads them',
    [
      'regions/nodes take: without words[node + LEFT] = NO_NODE',
      'regions/nodes fill: without words[node + CHAIN] = NONE',
    ],
  ],
  [
    'the page behind the old range is mapped where the region goes on, which the next check refuses',
    ['regions/mremap canGrow: without operand endOf(node) === oldEnd'],
  ],
  [
    'a guard is within every ceiling, so no request meets both reasons',
    ['regions/mprotect refusalIn: without operand refusal === OK'],
  ],
  [
    'an object has no more pages than its size, so no offset matches behind the range',
    [
      'shared-memory/attach shmdt: without operand startOf(node) < end',
      'regions/regions removePieces: without operand startOf(node) < end',
    ],
  ],
  [
    'what is no segment has no key, and a marked segment has lost its own',
    [
      'shared-memory/segments find: without if (!isSegment(object)) continue',
      'shared-memory/segments find: without operand words[recordOf(object) + MARKED] === 0',
    ],
  ],
  [
    'an area that is off has priority 0, which is not below 0',
    [
      'swap/areas negatives: without operand isOn(area)',
      'swap/area format: without words[PRIORITY + area * areaWords] = on ? priority : 0',
      'swap/area format: never priority by on',
      'swap/area format: never 0 by on, 2',
    ],
  ],
  ['a partition never loses its header', ['swap/areas swapon: never EINVAL by isPartition(area)']],
  ['no area means no slot, whichever way it is looked for', ['swap/area takeOne: never NONE by area === NONE']],
  ['asked only of areas that have a free slot', ['bitmap lowestIn: never NONE by member < end']],
  [
    'areas of equal priority may be taken in any order; that they take turns is for a unit test',
    ['swap/area format: without words[TURN] = Math.max(0, AREAS - 1)', 'swap/area takeOne: without words[TURN] = area'],
  ],
  [
    'any page that may go is a good one: which is the best is measured in a unit test',
    [
      'swap/reclaim choose: without operand !used',
      'swap/reclaim deactivate: without operand wasUsed(frame)',
      'swap/reclaim deactivate: never ACTIVE by wasUsed(frame) && countOf(INACTIVE) > 0',
      'swap/reclaim wasUsed: without marks |= words[entry]',
    ],
  ],
  ['without the swap cache no slot has a cached frame', ['swap/swap bringIn: never NONE by CACHING']],
  ['pages with entries lie in regions', ['swap/evict isLocked: without operand region !== NO_NODE']],
  [
    'it takes more than 32 members in use to matter, which a unit test has',
    ['bitmap lowestIn: without if (taken === -1) continue'],
  ],
  [
    'a command that has no meaning must be refused, for whatever reason',
    [
      'gate swapOut: without if (space === NONE) return ESRCH',
      'gate swapIn: without if (space === NONE) return ESRCH',
      'swap/swap swapOut: without operand isZero(low)',
    ],
  ],
]

export const equivalent: ReadonlyMap<string, string> = new Map(
  [...reasons, ...modelReasons].flatMap(([reason, titles]) => titles.map(title => [title, reason] as const)),
)
