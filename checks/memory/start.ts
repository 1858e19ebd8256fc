// How a machine starts in a scope of the memory system, and which members are as good as any other there.

import { type Bounds, Content, ids, type ObjectId, type PartId, type State, size } from '../../model/index.js'

/** Some frames out of use, one swap area in use, unless areas come and go, and what the file has kept. */
export function firstState(m: unknown, bounds: Bounds): void {
  // The kit hands every system a view of its own state.
  const state = m as State
  for (const frame of ids(state.frames)) if (frame < size(bounds, 'reserved')) state.frames[frame].reserved = true
  const swapping = bounds.switches.swapping === 'on'
  for (const area of state.areas) {
    area.on = !swapping
    if (!swapping) continue
    // A file has to be made first.
    area.header = area.device !== 'file'
    area.priority = 0
  }
  for (const file of ids(state.objects)) if (file < size(bounds, 'file')) makeFile(state, file)
}

/** A file of one page, which holds a byte, so that it is told from memory that nobody has written to. */
function makeFile(m: State, file: ObjectId): void {
  const part = 0 as PartId
  m.objects[file].kind = 'file'
  m.objects[file].size = 1
  m.objects[file].parts[part].saved = Content.stored({ byte: 1 })
  m.ghost.objects[file].parts[part].byte = 1
}

/** Frames have names where the kernel asks for them, slots where they belong to different areas. */
export function symmetric(bounds: Bounds): readonly string[] {
  const frames = bounds.switches.kernel === 'on' ? [] : ['frame']
  const slots = size(bounds, 'area') > 1 ? [] : ['slot']
  return ['space', ...frames, ...slots, 'chain', 'tag']
}
