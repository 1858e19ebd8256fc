// Claims about the implementation's free frames: bitmap, buddy lists, use and counters must tell one story.

import { frameUse } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { readOnce } from './memory-walk.js'

/** For each frame of the pool, the order of the free block that starts there, or -1; and whether a block covers it. */
const freeFramesOf = readOnce(({ inspect, layout }) => {
  const starts = new Array<number>(layout.poolFrames).fill(-1)
  const covered = new Array<number>(layout.poolFrames).fill(0)
  let outside = -1
  let blocks = 0
  inspect.freeBlocks((frame, order) => {
    if (++blocks > layout.poolFrames) throw new Error('a free list does not end')
    if (frame < 0 || frame + 2 ** order > layout.poolFrames) {
      outside = frame
      return
    }
    starts[frame] = order
    for (let f = frame; f < frame + 2 ** order; f++) covered[f]++
  })
  return { starts, covered, outside }
})

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
