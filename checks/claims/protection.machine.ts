// Claims about rights in the implementation's page tables. A live Linux kernel promises neither, so its profile is left
// out.

import { violated } from '../../model/index.js'
import type { MachineClaim } from './machine.js'
import { entriesOf, firstWrongEntry, frameIn, where } from './memory-walk.js'

export const writeXorExecuteInMemory: MachineClaim = {
  id: 'protection/write-xor-execute',
  says: 'no page is writable and executable',
  rule: 'protection.md#w-xor-x',
  also: ['I6', 'PT21', 'VM6'],
  holds: machine =>
    machine.boot.profile === 'linux' ||
    firstWrongEntry(machine, found =>
      found.entry.is === 'present' && found.entry.writable && !found.entry.noExecute
        ? violated('a page is writable and executable', where(found))
        : null,
    ),
}

export const writeXorExecuteOverAliasesInMemory: MachineClaim = {
  id: 'protection/write-xor-execute-over-aliases',
  says: 'no frame is writable at one address and executable at another',
  rule: 'protection.md#w-xor-x',
  also: ['I7', 'PT21'],
  holds: machine => {
    if (machine.boot.profile === 'linux') return true
    const found = entriesOf(machine)
    const written = new Map(
      found.filter(({ entry }) => entry.is === 'present' && entry.writable).map(it => [frameIn(it), it]),
    )
    const run = found.find(it => it.entry.is === 'present' && !it.entry.noExecute && written.has(frameIn(it)))
    const other = run === undefined ? undefined : written.get(frameIn(run))
    if (run === undefined || other === undefined) return true
    return violated(`frame ${frameIn(run)} can be written here and executed there`, where(other), where(run))
  },
}
