// Claims about what names the implementation's frames: counts and the reverse mapping must agree with what the page
// tables say, and no frame may be mapped twice unless that is meant.

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
  slotIn,
  tally,
  where,
  wordsOf,
} from './memory-walk.js'

const entryFrames = readOnce((machine): readonly number[] => entriesOf(machine).map(frameIn))
const partFrames = readOnce((machine): readonly number[] => partsOf(machine).map(part => part.word - 1))
const mappedFrames = readOnce(machine => tally(entryFrames(machine), machine.layout.allFrames))

/** How many entries, pages of objects and slots of the cache name each frame of the pool, and the kernel its own. */
function namedFrames(machine: Machine): readonly number[] {
  const { inspect, layout } = machine
  const counts = mappedFrames(machine).slice()
  for (const frames of [partFrames(machine), cachedFrames(machine)])
    for (const frame of frames) if (frame >= 0 && frame < counts.length) counts[frame]++
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

export const referencesMachineClaims: readonly MachineClaim[] = [
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
      const listed: number[] = []
      const list = (entry: number) => void listed.push(entry)
      for (let f = 0; f < layout.poolFrames; f++) {
        if (listed.length > 0) listed.length = 0
        inspect.mapsOf(f, list)
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
    id: 'frames/only-names-are-linked',
    says: 'an entry that names no frame and no slot, and a word that is no entry, has no links in the reverse mapping',
    rule: 'frames.md#references',
    also: ['VM16'],
    holds: machine => {
      const words = wordsOf(machine)
      const { links, ram } = machine.layout
      const named = entriesOf(machine).reduce((sum, it) => sum + (frameIn(it) >= 0 || slotIn(it) >= 0 ? 1 : 0), 0)
      let linked = 0
      for (let link = links; link < ram; link += 2) {
        // A link behind an entry leads here from somewhere.
        if (words[link + 1] !== 0) linked++
        else if (words[link] !== 0) return violated(`the links at word ${link} lead on from nowhere`)
      }
      return linked === named || violated(`${linked} entries have links, and ${named} name a frame or a slot`)
    },
  },
  {
    id: 'faults/zeros-stay-zeros',
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
]
