// Claims about pins: what a device reaches is what its page shows, and nobody else's. Rules: spec/pins.md.

import { frame, ids, page, pin, space, violated } from '../../model/index.js'
import { claim, isSettled, pagePath } from './claim.js'
import { hasWrite, mappings, partsWhere } from './walk.js'

export const pinsClaims = [
  claim('pins/keeps-its-page', {
    says: 'what a device reaches through a pin is the frame of the page it was pinned for, as long as that page has not been unmapped since',
    rule: 'pins.md#exclusive',
    also: ['CW6', 'SW12'],
    over: { pin },
    holds: (m, at) => {
      const { frame } = m.pins[at.pin]
      const { space, page } = m.ghost.pins[at.pin]
      if (frame === null || space === null || page === null || !isSettled(m, space)) return true
      const { entry } = m.spaces[space].pages[page]
      if (entry.is === 'present' && entry.frame === frame) return true
      return violated(
        `pin ${at.pin} reaches frame ${frame}, but the entry of page ${page} of space ${space} is ${entry.is === 'present' ? `for frame ${entry.frame}` : entry.is}`,
        `pins[${at.pin}].frame`,
        `${pagePath(space, page)}.entry`,
      )
    },
  }),
  claim('pins/keeps-its-frame', {
    says: 'a frame that a device reaches is not free, whatever has become of the page',
    rule: 'pins.md#unmapped',
    also: ['FR2'],
    over: { pin },
    always: true,
    holds: (m, at) => {
      const { frame } = m.pins[at.pin]
      if (frame === null || m.frames[frame].references > 0) return true
      return violated(`frame ${frame} is pinned, and free`, `pins[${at.pin}].frame`, `frames[${frame}].references`)
    },
  }),
  claim('pins/written-by-its-owner', {
    says: 'a private page that can be written has no frame that is pinned for somebody else',
    rule: 'pins.md#exclusive',
    also: ['CW4'],
    over: { space, page },
    holds: (m, at) => {
      const { entry, object } = m.spaces[at.space].pages[at.page]
      if (entry.is !== 'present' || object !== null || !hasWrite(entry.rights)) return true
      const other = ids(m.pins).find(p => m.pins[p].frame === entry.frame && m.ghost.pins[p].space !== at.space)
      if (other === undefined) return true
      return violated(
        `page ${at.page} of space ${at.space} can write to frame ${entry.frame}, which is pinned for another process`,
        `${pagePath(at.space, at.page)}.entry`,
        `pins[${other}].frame`,
      )
    },
  }),
  claim('pins/private-is-exclusive', {
    says: 'private memory that is pinned is marked as exclusive',
    rule: 'pins.md#exclusive',
    also: ['CW4'],
    over: { pin },
    holds: (m, at) => {
      const { frame } = m.pins[at.pin]
      const { space, page } = m.ghost.pins[at.pin]
      if (frame === null || space === null || page === null || !isSettled(m, space)) return true
      if (m.spaces[space].pages[page].object !== null || m.frames[frame].exclusive) return true
      return violated(`frame ${frame} is pinned, and may be shared`, `frames[${frame}].exclusive`)
    },
  }),
  claim('pins/exclusive-is-one-page', {
    says: 'a frame that is marked as exclusive is mapped by one page at most, and is no page of an object',
    rule: 'pins.md#exclusive',
    also: ['CW4'],
    over: { frame },
    holds: (m, at) => {
      if (!m.frames[at.frame].exclusive) return true
      const found = [
        ...mappings(m, at.frame),
        ...partsWhere(m, part => part.is === 'resident' && part.frame === at.frame),
      ]
      if (found.length < 2) return true
      return violated(`frame ${at.frame} is marked as exclusive, and is not`, `frames[${at.frame}].exclusive`, ...found)
    },
  }),
  claim('pins/recount', {
    says: 'when nothing is under way, a frame counts the pins that there are',
    rule: 'pins.md#exclusive',
    kind: 'quiescent',
    also: ['FR4'],
    over: { frame },
    holds: (m, at) => {
      const found = ids(m.pins).filter(p => m.pins[p].frame === at.frame)
      if (m.frames[at.frame].pins === found.length) return true
      return violated(
        `frame ${at.frame} counts ${m.frames[at.frame].pins} pins, and has ${found.length}`,
        `frames[${at.frame}].pins`,
        ...found.map(p => `pins[${p}].frame`),
      )
    },
  }),
]
