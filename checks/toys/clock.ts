// A clock: two states, and it never ends. The smallest system whose search must come to an end by itself, and the one
// that shows what `sometimes` is for: a clock that stands still breaks no rule, it only never shows the other side.

import { blankSystem } from '../../model/kit/blank.js'
import { claims, kit, type Of, oneOf, record, rewritten, type System, violated } from '../../model/kit/index.js'

const state = record({ shows: oneOf('tick', 'tock') })
type M = Of<typeof state>

const { operation } = kit<M>()

const strike = operation('strike', { args: {} }).steps({
  strike: m => {
    m.shows = m.shows === 'tick' ? 'tock' : 'tick'
  },
})

const claim = claims<M>()
const reachesTock = claim('clock/reaches-tock', {
  says: 'some time the clock shows tock',
  rule: '',
  kind: 'sometimes',
  holds: m => m.shows === 'tock' || violated('the clock shows tick', 'shows'),
})
const alternates = claim('clock/alternates', {
  says: 'a strike always changes what the clock shows',
  rule: '',
  kind: 'step',
  holds: (m, _at, event) =>
    m.shows !== event.before.shows || violated(`it showed ${m.shows} before and after`, 'shows'),
})

export const standsStill = rewritten('the clock stands still', strike, { strike: () => undefined })

export const clock: System = {
  ...blankSystem,
  name: 'clock',
  state,
  operations: [strike],
  claims: [reachesTock, alternates],
  mutants: [standsStill],
}
