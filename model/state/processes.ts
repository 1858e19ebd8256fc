// Processes: which space each uses, and what it may do. Rules: spec/processes.md.

import { bool, optional, range, record, when } from '../kit/index.js'
import { pages, reaping, users } from './scope.js'
import { cpu, space } from './sets.js'

export const processState = record({
  space: optional(space),
  user: range(0, users),
  /** Capabilities that it has given up. */
  dropped: record({ ipcOwner: bool, ipcLock: bool, sysAdmin: bool }),
  /** Pages that it may lock, and that it may map; as many as the window has are no limit. */
  limits: record({
    memlock: range(0, pages),
    as: range(0, pages),
  }),
  /** It is to die, and the CPU that takes its memory away meanwhile. */
  killed: when(reaping, bool),
  reaper: when(reaping, optional(cpu)),
})
