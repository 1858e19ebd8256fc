// What the machine's steps are in the model, by the point at which they begin. Most are nothing that another CPU could see
// (a stutter): the machine takes locks that the model has none of, and writes in several steps, under them, what the model
// writes in one. At the other points something shows: the names are of the model's steps that can make it so. A test runs
// schedules in lockstep and holds the table to both.

import type { Point } from '../../spec/interface.js'

export const stutter = 'stutter'

export const stepsAt: { readonly [P in Point]: typeof stutter | readonly string[] } = {
  // A lock of the space is taken; behind it, entries in hand.
  'locks.read': ['lock'],
  'locks.write': ['lock', 'enter'],
  'locks.tables': ['settle', 'takeTables'],
  // What was done under a lock shows once it is given back: at these the last write before that begins.
  'locks.maps': ['install', 'redirect', 'copy', 'unlock'],
  'locks.regions': ['map', 'unmap', 'start', 'unlock'],
  'regions.insert': ['map', 'unlock'],
  'regions.remove': ['unmap', 'unlock'],
  'page-tables.publish': ['install', 'redirect', 'copy', 'protect', 'unlock'],
  // An instruction is over.
  'mmu.access': ['access', 'read', 'write'],
  // What hardware finds, it may have found earlier; what it is asked to forget, it may have let go by itself.
  'mmu.fill': stutter,
  'tlb.ask': stutter,
  'tlb.await': stutter,
  'tlb.acknowledge': stutter,
  'tlb.answer': stutter,
  // Books of frames and slots, of which the others see nothing until an entry names one.
  'locks.frames': stutter,
  'locks.slots': stutter,
  'locks.process': stutter,
  'locks.users': stutter,
  'locks.record': stutter,
  'slots.busy': stutter,
  'frames.allocate': stutter,
  'frames.free': stutter,
  'copy-on-write.copy': stutter,
  'swap.write': stutter,
  'swap.read': stutter,
  // Entries that are cleared one by one while the space is held alone.
  'page-tables.clear': stutter,
}
