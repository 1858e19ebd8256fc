// Claims about the implementation's frames: bitmap, buddy lists, counters and page tables must tell one story.

import { decode, frameUse, type Machine } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'

/** For each frame of the pool, the order of the free block that starts there, or -1; and whether a block covers it. */
function freeFramesOf({ inspect, layout }: Machine) {
  const starts = new Int8Array(layout.poolFrames).fill(-1)
  const covered = new Uint8Array(layout.poolFrames)
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
}

/** How many entries of all live spaces name each frame. */
function namedFrames({ inspect, layout, boot }: Machine): Int32Array {
  const named = new Int32Array(layout.allFrames)
  for (let space = 0; space < boot.spaces; space++) {
    if (inspect.rootOf(space) < 0) continue
    inspect.entries(space, (_page, low, high) => {
      const entry = decode(low, high)
      if (entry.is === 'present') named[entry.frame]++
    })
  }
  return named
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
    also: ['FR10', 'FR1', 'FR19'],
    holds: machine => {
      const { inspect, layout } = machine
      const { covered } = freeFramesOf(machine)
      let free = 0
      for (let f = 0; f < layout.poolFrames; f++) {
        const says = [!inspect.isFrameTaken(f), covered[f] > 0, inspect.useOf(f) === frameUse.free]
        if (says.some(one => one !== says[0])) {
          return violated(
            `frame ${f}: bitmap ${says[0]}, lists ${says[1]}, use ${says[2]} (true is free)`,
            `frame ${f}`,
          )
        }
        if (says[0]) free++
      }
      const counted = inspect.free().frames
      return counted === free || violated(`the machine counts ${counted} free frames and has ${free}`)
    },
  },
  {
    id: 'frames/references-recount',
    says: 'a frame counts the entries that name it',
    rule: 'frames.md#references',
    also: ['FR4', 'FR5', 'I3'],
    holds: machine => {
      const named = namedFrames(machine)
      for (let f = 0; f < machine.layout.poolFrames; f++) {
        const isPage = machine.inspect.useOf(f) === frameUse.page
        const says = isPage ? machine.inspect.referencesOf(f) : 0
        if (says !== named[f])
          return violated(`frame ${f} says ${says} references, and ${named[f]} entries name it`, `frame ${f}`)
      }
      return true
    },
  },
  {
    id: 'frames/free-frame-is-blank',
    says: 'a free frame has no references, no entries and no place in a tree',
    rule: 'frames.md#free',
    also: ['FR2', 'PT12'],
    holds: ({ inspect, layout, boot }) => {
      for (let f = 0; f < layout.allFrames; f++) {
        if (inspect.useOf(f) === frameUse.page || inspect.useOf(f) === frameUse.table) continue
        // Frames set aside for tables keep the link of their free list where a table keeps its parent.
        const linked = boot.tables.kind === 'separate' && f >= layout.poolFrames
        if (inspect.referencesOf(f) === 0 && inspect.entriesOf(f) === 0 && (linked || inspect.parentOf(f) < 0)) continue
        return violated(`frame ${f} is free and still counts something`, `frame ${f}`)
      }
      return true
    },
  },
]
