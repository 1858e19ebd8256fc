// Objects, which spaces can show together: segments, anonymous memory that was shared by a fork, and the file.
// Rules: spec/shared-memory.md#objects, spec/files.md.

import { type Bounds, bool, list, oneOf, optional, range, record, size, union, when } from '../kit/index.js'
import { Content } from './frames.js'
import { filed, linux, pages, severalCpus, users } from './scope.js'
import { cpu, frame, part, slot } from './sets.js'

/** Where a page of an object is. */
export const Part = union({ absent: {}, resident: { frame }, swapped: { slot } })

/** Attachments of one object: every page of every space may be a region of its own. */
const attachments = (bounds: Bounds): number => size(bounds, 'space') * pages(bounds)

export const objectState = record({
  kind: oneOf('free', 'anonymous', 'segment', 'file'),
  /** Regions that map it, in all spaces. */
  attachments: range(0, attachments),
  /** Pages that it has. */
  size: range(0, b => size(b, 'part')),
  parts: list(
    part,
    record({
      at: Part,
      /** Of a file: what it holds where it is kept for good. */
      saved: when(filed, Content),
      /** What is in memory is not kept yet. */
      dirty: when(filed, bool),
      /** Being saved, or given up: who wants to touch it waits. */
      busy: when(filed, bool),
    }),
  ),
  key: range(0, b => Math.max(0, size(b, 'key') - 1)),
  /** Which of the segments that used this record one after the other. */
  sequence: range(0, b => Math.max(1, size(b, 'sequence')) - 1),
  /** Bytes by which it ends before its last page does. */
  short: when(linux, range(0, 4095)),
  owner: range(0, users),
  creator: range(0, users),
  mode: range(0, b => (size(b, 'object') > 0 ? 0o777 : 0)),
  /** It goes with its last attachment. */
  marked: bool,
  /** Its pages stay resident. */
  held: bool,
  /** The CPU that has the record in hand: to make it, to change it, or to attach it. */
  holder: when(severalCpus, optional(cpu)),
})
