// A diamond: two paths of different length to the same violation. The longer path comes first in the order of the
// commands, so a search that follows the order rather than the depth reports three steps where two are enough.

import { blankSystem } from '../../model/kit/blank.js'
import { claims, disabled, kit, type Of, oneOf, record, type System, violated } from '../../model/kit/index.js'

const place = oneOf('top', 'left', 'lower left', 'right', 'bottom')
const state = record({ at: place })
type M = Of<typeof state>

const { operation } = kit<M>()

/** Goes from one place to another; disabled anywhere else. */
const road = (name: string, from: Of<typeof place>, to: Of<typeof place>) =>
  operation(name, { args: {} }).steps({
    go: m => {
      if (m.at !== from) return disabled
      m.at = to
    },
  })

const neverAtTheBottom = claims<M>()('diamond/never-at-the-bottom', {
  says: 'the bottom is never reached',
  rule: '',
  holds: m => m.at !== 'bottom' || violated('we are at the bottom', 'at'),
})

export const diamond: System = {
  ...blankSystem,
  name: 'diamond',
  state,
  operations: [
    road('go left', 'top', 'left'),
    road('go down', 'left', 'lower left'),
    road('cross over', 'lower left', 'bottom'),
    road('go right', 'top', 'right'),
    road('fall', 'right', 'bottom'),
  ],
  claims: [neverAtTheBottom],
}
