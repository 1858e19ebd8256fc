// Claims about the implementation's frames: bitmap, buddy lists, counters, page tables and the reverse mapping must tell
// one story, and no frame may be mapped twice unless that is meant.

import { decode, frameUse, type Machine } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import {
  cachedFrames,
  entriesOf,
  firstWrongEntry,
  frameIn,
  partsOf,
  readOnce,
  tally,
  where,
  wordsOf,
} from './memory-walk.js'

/** For each frame of the pool, the order of the free block that starts there, or -1; and whether a block covers it. */
const freeFramesOf = readOnce(({ inspect, layout }) => {
  const starts = new Array<number>(layout.poolFrames).fill(-1)
  const covered = new Array<number>(layout.poolFrames).fill(0)
  let outside = -1
  inspect.freeBlocks((frame, order) => {
    if (frame < 0 || frame + 2 ** order > layout.poolFrames) {
      outside = frame
      return
    }
    starts[frame] = order
    for (let f = frame; f < frame + 2 ** order; f++) covered[f]++
  })
  return { starts, covered, outside }
})

const entryFrames = readOnce((machine): readonly number[] => entriesOf(machine).map(frameIn))
const partFrames = readOnce((machine): readonly number[] => partsOf(machine).map(part => part.word - 1))
const mappedFrames = readOnce(machine => tally(entryFrames(machine), machine.layout.allFrames))

/** How many entries, pages of objects and slots of the cache name each frame of the pool, and the kernel its own. */
function namedFrames(machine: Machine): readonly number[] {
  const { inspect, layout } = machine
  const named = entryFrames(machine).concat(partFrames(machine), cachedFrames(machine))
  const counts = tally(named, layout.allFrames)
  for (let f = 0; f < layout.poolFrames; f++) if (inspect.useOf(f) === frameUse.kernel) counts[f]++
  return counts
}

export const noDoubleMappingInMemory: MachineClaim = {
  id: 'frames/no-double-mapping',
  says: 'a frame that is mapped twice is a page of an object, or write-protected wherever it is mapped',
  rule: 'frames.md#exclusive',
  also: ['I4', 'PT23', 'CW1', 'CW5'],
  holds: machine => {
    const mapped = mappedFrames(machine)
    const objects = partFrames(machine)
    const wrong = entriesOf(machine).find(it => {
      const frame = frameIn(it)
      if (frame < 0 || mapped[frame] <= 1 || it.entry.is !== 'present' || !it.entry.writable) return false
      return !objects.includes(frame)
    })
    if (wrong === undefined) return true
    const frame = frameIn(wrong)
    return violated(
      `frame ${frame} is mapped ${mapped[frame]} times, and can be written`,
      `frame ${frame}`,
      where(wrong),
    )
  },
}

export const framesMachineClaims: readonly MachineClaim[] = [
  {
    id: 'frames/buddy-blocks-are-disjoint',
    says: 'free blocks lie inside the pool, are aligned to their size and do not overlap',
    rule: 'frames.md#buddy',
    also: ['FR8'],
    holds: machine => {
      const { starts, covered, outside } = freeFramesOf(machine)
      if (outside >= 0) return violated(`a free block starts at frame ${outside} and leaves the pool`)
      const twice = covered.findIndex(n => n > 1)
      if (twice >= 0) return violated(`frame ${twice} is in ${covered[twice]} free blocks`, `frame ${twice}`)
      const askew = starts.findIndex((order, f) => order > 0 && f % 2 ** order !== 0)
      return (
        askew < 0 ||
        violated(`the free block of order ${starts[askew]} at frame ${askew} is not aligned`, `frame ${askew}`)
      )
    },
  },
  {
    id: 'frames/buddies-are-merged',
    says: 'two free buddies of one order are one block',
    rule: 'frames.md#buddy',
    also: ['FR9'],
    holds: machine => {
      const { starts } = freeFramesOf(machine)
      const { orders } = machine.layout
      const apart = starts.findIndex(
        (order, f) => order >= 0 && order < orders - 1 && starts[f ^ (1 << order)] === order,
      )
      return (
        apart < 0 || violated(`the buddies of order ${starts[apart]} at frame ${apart} are both free`, `frame ${apart}`)
      )
    },
  },
  {
    id: 'frames/free-sets-agree',
    says: 'bitmap, buddy lists, frame use and the free counter name the same free frames',
    rule: 'frames.md#free',
    also: ['FR10', 'FR1', 'FR14', 'FR19'],
    holds: machine => {
      const { inspect, layout } = machine
      const { covered } = freeFramesOf(machine)
      let free = 0
      for (let f = 0; f < layout.poolFrames; f++) {
        const bitmap = !inspect.isFrameTaken(f)
        const lists = covered[f] > 0
        const use = inspect.useOf(f) === frameUse.free
        if (bitmap !== lists || bitmap !== use)
          return violated(`frame ${f}: bitmap ${bitmap}, lists ${lists}, use ${use} (true is free)`, `frame ${f}`)
        if (bitmap) free++
      }
      const counted = inspect.free().frames
      return counted === free || violated(`the machine counts ${counted} free frames and has ${free}`)
    },
  },
  {
    id: 'frames/references-recount',
    says: 'a frame counts what names it: entries, pages of objects, the swap cache, the kernel',
    rule: 'frames.md#references',
    also: ['FR4', 'FR5', 'FR18', 'I3'],
    holds: machine => {
      const named = namedFrames(machine)
      for (let f = 0; f < machine.layout.poolFrames; f++) {
        const use = machine.inspect.useOf(f)
        const isCounted = use === frameUse.page || use === frameUse.kernel
        const says = isCounted ? machine.inspect.referencesOf(f) : 0
        if (says !== named[f] || (isCounted && says === 0))
          return violated(`frame ${f} says ${says} references, and is named ${named[f]} times`, `frame ${f}`)
      }
      return true
    },
  },
  {
    id: 'frames/reverse-mapping-agrees',
    says: 'the reverse mapping of a frame lists the entries, the page of an object and the slot that name it, and no others',
    rule: 'frames.md#references',
    also: ['VM16', 'FR5'],
    holds: machine => {
      const { inspect, layout } = machine
      const words = wordsOf(machine)
      const mapped = mappedFrames(machine)
      const parts = tally(partFrames(machine), layout.poolFrames)
      for (let f = 0; f < layout.poolFrames; f++) {
        const listed: number[] = []
        inspect.mapsOf(f, entry => listed.push(entry))
        const strange = listed.some((entry, i) => {
          const it = decode(words[entry], words[entry + 1])
          return (it.is !== 'present' && it.is !== 'kept') || it.frame !== f || listed.includes(entry, i + 1)
        })
        if (strange || listed.length !== mapped[f])
          return violated(`frame ${f} lists ${listed.length} entries, and ${mapped[f]} name it`, `frame ${f}`)
        const part = inspect.partOfFrame(f)
        if ((part !== 0) !== parts[f] > 0 || (part !== 0 && words[part] !== f + 1))
          return violated(`frame ${f} is not in the page of an object that it says`, `frame ${f}`)
      }
      return true
    },
  },
  {
    id: 'frames/lists-agree',
    says: 'where pages are reclaimed, every page is in one of the two lists, once, and nothing else is',
    rule: 'swap.md#reclaim',
    also: ['FR11', 'SW12'],
    holds: machine => {
      const { inspect, layout, boot } = machine
      if (!boot.reclaim) return true
      const listed: number[] = []
      for (const active of [true, false]) inspect.lru(active, frame => listed.push(frame))
      const counts = tally(listed, layout.poolFrames)
      for (let f = 0; f < layout.poolFrames; f++) {
        const want = inspect.useOf(f) === frameUse.page ? 1 : 0
        if (counts[f] !== want)
          return violated(`frame ${f} is in ${counts[f]} lists and should be in ${want}`, `frame ${f}`)
      }
      return true
    },
  },
  {
    id: 'frames/zeros-stay-zeros',
    says: 'the frame of zeros holds zeros, and no entry lets anybody write to it',
    rule: 'faults.md#demand-zero',
    also: ['CW7'],
    holds: machine => {
      const { inspect, layout, boot } = machine
      if (!boot.zeroFrame) return true
      for (let i = 0; i < layout.pageWords; i++)
        if (inspect.frameWord(layout.zeroFrame, i) !== 0) return violated(`word ${i} of the frame of zeros is not zero`)
      return firstWrongEntry(machine, found => {
        const { entry } = found
        const isZero = entry.is === 'present' && (entry.zero || entry.frame === layout.zeroFrame)
        return isZero && entry.writable ? violated('the frame of zeros can be written', where(found)) : null
      })
    },
  },
  {
    id: 'frames/free-frame-is-blank',
    says: 'a free frame has no references, no entries and no place in a tree',
    rule: 'frames.md#free',
    also: ['FR2', 'PT12'],
    holds: ({ inspect, layout }) => {
      for (let f = 0; f < layout.poolFrames + layout.tableFrames; f++) {
        const use = inspect.useOf(f)
        if (use !== frameUse.free && use !== frameUse.spare) continue
        // Frames set aside for tables keep the link of their free list where a table keeps its parent.
        const unhung = use === frameUse.spare || inspect.parentOf(f) < 0
        if (inspect.referencesOf(f) === 0 && inspect.entriesOf(f) === 0 && unhung) continue
        return violated(`frame ${f} is free and still counts something`, `frame ${f}`)
      }
      return true
    },
  },
]
