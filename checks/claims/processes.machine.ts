// Claims about the implementation's processes and spaces: each live process has a space of its own, and a free space
// counts nothing.

import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'

export const processesMachineClaims: readonly MachineClaim[] = [
  {
    id: 'processes/spaces-agree',
    says: 'a process and its space name each other, and no other',
    rule: 'processes.md#spaces',
    also: ['RF3'],
    holds: ({ inspect, boot }) => {
      const used = new Set<number>()
      for (let process = 0; process < boot.processes; process++) {
        const space = inspect.spaceOf(process)
        if (space < 0) continue
        if (inspect.rootOf(space) < 0 || inspect.processOf(space) !== process)
          return violated(`process ${process} has space ${space}, which says another`, `process ${process}`)
        used.add(space)
      }
      for (let space = 0; space < boot.spaces; space++)
        if (inspect.rootOf(space) >= 0 && !used.has(space)) return violated(`space ${space} is lost`, `space ${space}`)
      return true
    },
  },
  {
    id: 'processes/free-space-is-empty',
    says: 'a space that no process uses counts nothing',
    rule: 'processes.md#exit',
    also: ['PT24'],
    holds: ({ inspect, boot }) => {
      for (let space = 0; space < boot.spaces; space++) {
        if (inspect.rootOf(space) >= 0) continue
        const counted = inspect.regionCountOf(space) + inspect.mappedOf(space) + inspect.lockedOf(space)
        if (counted + inspect.futureOf(space) !== 0)
          return violated(`space ${space} is free and still counts something`, `space ${space}`)
      }
      return true
    },
  },
]
