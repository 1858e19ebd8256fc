// A device writes to the frame that is pinned for it: no table says whether it may, and no TLB is asked. That it reads
// what the page holds is a claim. Rule: spec/pins.md#transfers.

import { disabled, range, size, weak } from '../kit/index.js'
import { Content, type Frame, type Pin, pin, rule, type State } from '../state.js'
import { partIn } from '../swap/mappings.js'

const byte = range(1, b => size(b, 'value'))

export const transfer = rule(
  'transfer',
  { args: { pin: weak(pin), byte } },
  (m, my) => {
    const { frame, writes } = m.pins[my.pin]
    if (frame === null || !writes) return disabled
    m.frames[frame].content = Content.stored({ byte: my.byte })
  },
  (m, my) => remember(m, my.pin, my.byte),
)

/** Ghost: the page reads as what the device wrote, as long as it is mapped; that of an object does so wherever it is shown. */
function remember(m: State, pin: Pin, byte: number): void {
  const part = partIn(m, m.pins[pin].frame as Frame)
  const { space, page } = m.ghost.pins[pin]
  if (part !== null) m.ghost.objects[part.object].parts[part.part].byte = byte
  else if (space !== null && page !== null) m.ghost.spaces[space].pages[page].byte = byte
}
