// Claims about the sets that the implementation keeps of what is free: the summaries of its bitmaps, and the links and
// orders of the buddy allocator's lists.

import { frameUse, type Machine, NONE } from '../../impl/index.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { wordsOf } from './memory-walk.js'

/** Whether the words above say of each word of a bitmap if it is full, and what stands for no member is taken. */
function isSummedUp(words: Int32Array, at: number, members: number): boolean {
  const end = at + Math.ceil(members / 32)
  const past = members % 32 === 0 ? 0 : -1 << (members % 32)
  if (end > at && (words[end - 1] & past) !== past) return false
  for (let from = at, summary = end; from < end; from += 32, summary++) {
    // What is past the last word counts as full.
    let full = -1
    for (let word = from; word < Math.min(from + 32, end); word++) if (words[word] !== -1) full &= ~(1 << (word - from))
    if (words[summary] !== full) return false
  }
  return true
}

/** What is wrong with the free list of an order, or null. */
function wrongList(words: Int32Array, { layout }: Machine, order: number): string | null {
  const head = layout.poolFrames + order
  let before = head
  let length = 0
  for (let frame = words[layout.next + head]; frame !== head; frame = words[layout.next + frame]) {
    if (frame < 0 || frame >= layout.poolFrames || ++length > layout.poolFrames) return 'does not end'
    if (words[layout.previous + frame] !== before) return `is not linked back from frame ${frame}`
    if (words[layout.order + frame] !== order) return `holds frame ${frame}, where a block of another order starts`
    before = frame
  }
  if (words[layout.previous + head] !== before) return 'has another end than its links lead to'
  const isFilled = ((words[layout.filledOrders] >>> order) & 1) === 1
  return isFilled === length > 0 ? null : `is marked as ${isFilled ? 'filled' : 'empty'} and is not`
}

/** How many blocks the free lists hold; more than there are frames where a list does not end. */
function listedBlocks(words: Int32Array, { layout }: Machine): number {
  const { next, poolFrames, orders } = layout
  let listed = 0
  for (let head = poolFrames; head < poolFrames + orders; head++)
    for (let frame = words[next + head]; frame !== head && listed <= poolFrames; frame = words[next + frame]) listed++
  return listed
}

export const freeSetsMachineClaims: readonly MachineClaim[] = [
  {
    id: 'frames/bitmaps-agree',
    says: 'the summary of each bitmap, of frames, slots, spaces and chains, says which of its words are full',
    rule: 'frames.md#free-sets',
    also: ['FR10'],
    holds: machine => {
      const words = wordsOf(machine)
      const { layout, boot } = machine
      if (!isSummedUp(words, layout.frameBits, layout.poolFrames)) return violated('the bitmap of frames is wrong')
      if (!isSummedUp(words, layout.slotBits, boot.slots)) return violated('the bitmap of slots is wrong')
      if (!isSummedUp(words, layout.spaceBits, boot.spaces)) return violated('the bitmap of spaces is wrong')
      return isSummedUp(words, layout.chainBits, layout.nodeCount) || violated('the bitmap of chains is wrong')
    },
  },
  {
    id: 'frames/buddy-lists-agree',
    says: 'the list of each order is linked both ways, holds blocks of that order, and is marked as filled unless it is empty',
    rule: 'frames.md#buddy',
    also: ['FR10'],
    holds: machine => {
      const words = wordsOf(machine)
      for (let order = 0; order < machine.layout.orders; order++) {
        const wrong = wrongList(words, machine, order)
        if (wrong !== null) return violated(`the free list of order ${order} ${wrong}`)
      }
      return true
    },
  },
  {
    id: 'frames/only-blocks-are-linked',
    says: 'a frame in which no free block starts has no order, and no links of a free list',
    rule: 'frames.md#buddy',
    also: ['FR2'],
    holds: machine => {
      const words = wordsOf(machine)
      const { next, previous, order, poolFrames } = machine.layout
      let starting = 0
      for (let f = 0; f < poolFrames; f++) {
        if (words[order + f] !== NONE) starting++
        else if ((words[next + f] & words[previous + f]) !== NONE)
          return violated(`frame ${f} starts no block and has links`, `frame ${f}`)
      }
      const listed = listedBlocks(words, machine)
      return (
        starting === listed || violated(`${starting} frames say that a block starts there, and ${listed} are listed`)
      )
    },
  },
  {
    id: 'frames/uses-fit',
    says: 'what lies behind the pool is set aside for tables or belongs to the kernel’s image, and nothing in the pool does',
    rule: 'frames.md#classes',
    also: [],
    holds: machine => {
      const words = wordsOf(machine)
      const { use, references, poolFrames, tableFrames, allFrames } = machine.layout
      const { table, spare, image } = frameUse
      for (let f = 0; f < allFrames; f++) {
        const is = words[use + f]
        const isImage = f >= poolFrames + tableFrames
        const fits =
          f < poolFrames ? is !== spare && is !== image : isImage ? is === image : is === spare || is === table
        if (!fits) return violated(`frame ${f} has a use that no frame there has`, `frame ${f}`)
        if (isImage && words[references + f] !== 0) return violated(`frame ${f} of the image is counted`, `frame ${f}`)
      }
      return true
    },
  },
]
