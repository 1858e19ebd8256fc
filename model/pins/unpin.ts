// unpin: a device is done with a page. The frame is free if the page was unmapped meanwhile and nobody else has it.
// Rule: spec/pins.md#unpin.

import { disabled, need, step, weak } from '../kit/index.js'
import { operation, pin } from '../state.js'
import { forgetPin, putPin } from './pins.js'

export const unpin = operation('unpin', {
  concurrent: true,
  rule: 'pins.md#unpin',
  args: { pin: weak(pin) },
}).steps({
  unpin: step(
    (m, my) => {
      const it = m.pins[my.pin]
      if (it.frame === null) return disabled
      putPin(m, need(it.frame))
      it.frame = null
      it.writes = false
      it.wanted = false
    },
    (m, my) => forgetPin(m, my.pin),
  ),
})
