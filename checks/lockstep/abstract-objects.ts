// Objects of shared memory, read from their records: what each is, who attached it, and where its pages are.

import type { Machine as Implementation } from '../../impl/index.js'
import { ids, Part, type State } from '../../model/index.js'
import { known } from './abstract-words.js'

export function abstractObjects({ inspect }: Implementation, m: State): void {
  for (const o of ids(m.objects)) {
    const it = m.objects[o]
    const seen = inspect.objectAt(o)
    it.kind = seen.kind
    it.attachments = seen.attachments
    it.size = seen.size
    it.key = seen.key
    it.sequence = seen.sequence
    it.short = seen.short
    it.owner = seen.owner
    it.creator = seen.creator
    it.mode = seen.mode
    it.marked = seen.marked
    it.held = seen.held
    for (const p of ids(it.parts)) it.parts[p].at = partOf(inspect.partAt(o, p), m)
  }
}

/** A word that says where a page of an object is: 0 nowhere, a frame plus one, or a slot with all bits turned. */
function partOf(word: number, m: State): State['objects'][never]['parts'][never]['at'] {
  if (word === 0) return Part.absent
  if (word > 0) return Part.resident({ frame: known(ids(m.frames), word - 1, 'an object names a frame') })
  return Part.swapped({ slot: known(ids(m.slots), ~word, 'an object names a slot') })
}
