// Claims about the implementation's processes and spaces: each live process has a space of its own, and nothing is left
// of what has ended.

import { NONE } from '../../impl/index.js'
import { processField, processWords, spaceField, spaceWords } from '../../impl/layout.js'
import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { wordsOf } from './memory-walk.js'

/** What a free space has none of. */
const unusedFields = [spaceField.root, spaceField.process]

/** Whether a record says NONE in these fields, and 0 in all others. */
function isBlank(words: Int32Array, record: number, size: number, none: readonly number[]): boolean {
  for (let field = 0; field < size; field++)
    if (words[record + field] !== (none.includes(field) ? NONE : 0)) return false
  return true
}

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
    id: 'processes/free-spaces-agree',
    says: 'the spaces that are marked as free are those that have no root',
    rule: 'processes.md#spaces',
    also: [],
    holds: machine => {
      const words = wordsOf(machine)
      const { spaceBits } = machine.layout
      for (let space = 0; space < machine.boot.spaces; space++) {
        const isTaken = ((words[spaceBits + (space >>> 5)] >>> (space & 31)) & 1) === 1
        if (isTaken !== machine.inspect.rootOf(space) >= 0)
          return violated(`space ${space} is marked as ${isTaken ? 'taken' : 'free'}, and is not`, `space ${space}`)
      }
      return true
    },
  },
  {
    id: 'processes/free-space-is-empty',
    says: 'a space that no process uses counts nothing and keeps nothing of whoever used it',
    rule: 'processes.md#exit',
    also: ['PT24'],
    holds: machine => {
      const { layout, boot, inspect } = machine
      for (let space = 0; space < boot.spaces; space++) {
        if (inspect.rootOf(space) >= 0) continue
        const record = layout.spaces + space * spaceWords
        if (!isBlank(wordsOf(machine), record, spaceWords, unusedFields))
          return violated(`space ${space} is free and still holds something`, `space ${space}`)
      }
      return true
    },
  },
  {
    id: 'processes/dead-process-is-blank',
    says: 'a process that is not alive has no space, and keeps no user, capabilities or limits',
    rule: 'processes.md#exit',
    also: ['PT24'],
    holds: machine => {
      const { layout, boot, inspect } = machine
      for (let process = 0; process < boot.processes; process++) {
        if (inspect.spaceOf(process) >= 0) continue
        const record = layout.processes + process * processWords
        if (!isBlank(wordsOf(machine), record, processWords, [processField.space]))
          return violated(`process ${process} is dead and still holds something`, `process ${process}`)
      }
      return true
    },
  },
]
