// Whether a state of the model shows what is seen of a machine with several CPUs. Frames and slots are compared by what names
// them, not by number: two of one side stand for two of the other.

import { has, ids, type State } from '../../model/index.js'
import type { Seen, SeenEntry, SeenSpace, SeenTranslation } from './seen.js'

/** Pairs of numbers of both sides that stand for the same. */
class Pairs {
  readonly #to = new Map<number, number>()
  readonly #from = new Map<number, number>()
  match(one: number, other: number): boolean {
    const [known, back] = [this.#to.get(one), this.#from.get(other)]
    if (known === undefined && back === undefined) {
      this.#to.set(one, other)
      this.#from.set(other, one)
      return true
    }
    return known === other && back === one
  }
}

/**
 * Why a state of the model does not show what is seen of the machine; null where it does. The model may keep more
 * translations than the machine, never fewer: hardware may let go of one at any time, and a machine that has let go of
 * more than the model can do less than it. What it keeps too long, or with more rights, the model has lost by then.
 */
export function difference(seen: Seen, m: State): string | null {
  const frames = new Pairs()
  const slots = new Pairs()
  for (const process of ids(m.processes)) {
    const wrong = spaceDiffers(seen.spaces[process], m, m.processes[process].space, frames, slots)
    if (wrong !== null) return `process ${process}: ${wrong}`
  }
  for (const kept of seen.translations) {
    const { cpu, process, page, rights, isFree } = kept
    if (!isKept(kept, m, frames))
      return `CPU ${cpu} keeps page ${page} of process ${process}, ${rights}${isFree ? ', in a free frame' : ''}`
  }
  return null
}

/** Whether the CPU keeps the same in the model, with these rights at least. */
function isKept({ cpu, process, page, frame, isFree, rights }: SeenTranslation, m: State, frames: Pairs): boolean {
  if (process < 0) return false
  const { space } = m.processes[ids(m.processes)[process]]
  return [...m.cpus[ids(m.cpus)[cpu]].tlb].some(({ holds }) => {
    if (holds.is !== 'present' || holds.space !== space || holds.page !== page) return false
    if (isFree !== (m.frames[holds.frame].references === 0)) return false
    return [...rights].every(right => holds.rights.includes(right)) && frames.match(frame, holds.frame)
  })
}

type ModelSpace = State['processes'][never]['space']

function spaceDiffers(seen: SeenSpace | null, m: State, space: ModelSpace, frames: Pairs, slots: Pairs): string | null {
  if (seen === null || space === null) return (seen === null) === (space === null) ? null : 'lives on one side alone'
  const it = m.spaces[space]
  const readers = ids(m.cpus).filter(cpu => has(it.readers, cpu)).length
  if (seen.writer !== (it.writer ?? -1)) return `alone in it ${seen.writer}, in the model ${it.writer ?? -1}`
  if (seen.readers !== readers) return `readers ${seen.readers}, in the model ${readers}`
  if (seen.tables !== (it.tableLock ?? -1))
    return `entries in hand of ${seen.tables}, in the model ${it.tableLock ?? -1}`
  for (const page of ids(m.tree)) {
    const at = it.pages[page]
    if (seen.regions !== null && seen.regions[page] !== at.region)
      return `page ${page} is ${seen.regions[page]}, in the model ${at.region}`
    if (seen.entries === null) continue
    const wrong = entryDiffers(seen.entries[page], m, at.entry, frames, slots)
    if (wrong !== null) return `page ${page}: ${wrong}`
  }
  return null
}

type ModelEntry = State['spaces'][never]['pages'][never]['entry']

function entryDiffers(seen: SeenEntry, m: State, entry: ModelEntry, frames: Pairs, slots: Pairs): string | null {
  if (seen.kind !== entry.is) return `${seen.kind}, in the model ${entry.is}`
  if (entry.is === 'present') {
    if (seen.rights !== entry.rights) return `${seen.rights}, in the model ${entry.rights}`
    if (!frames.match(seen.at, entry.frame)) return `in frame ${seen.at}, which is another one in the model`
    return holdsDiffer(seen, m.frames[entry.frame].content)
  }
  if (entry.is !== 'swapped') return null
  if (!slots.match(seen.at, entry.slot)) return `in slot ${seen.at}, which is another one in the model`
  return m.slots[entry.slot].busy ? null : holdsDiffer(seen, m.slots[entry.slot].content)
}

function holdsDiffer({ holds }: SeenEntry, content: State['frames'][never]['content']): string | null {
  const byte = content.is === 'stored' ? content.byte : content.is === 'zero' ? 0 : -1
  return byte === -1 || byte === holds ? null : `holds ${holds}, in the model ${byte}`
}
