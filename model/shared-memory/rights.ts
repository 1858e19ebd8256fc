// Who may do what with a segment: nine bits for its owner, its group and all others, as with files, and a capability
// that stands above them. Users come in groups of two. Rules: spec/shared-memory.md#rights.

import { match, P } from 'ts-pattern'
import { words } from '../../spec/interface.js'
import { permits } from '../faults/rights.js'
import { bool, decision, impossible, oneOf } from '../kit/index.js'
import { holds } from '../processes/credentials.js'
import type { M, ObjectId, Process } from '../state.js'

const groupOf = (user: number): number => Math.floor(user / 2)

/** Which three of the nine bits hold for a process. Whoever owns a segment is in the group of an owner. */
export const classDecision = decision('class', 'shared-memory.md#rights', { owns: bool, sharesGroup: bool }, x =>
  match(x)
    .with({ owns: true, sharesGroup: false }, () => impossible)
    .with({ owns: true }, () => 'owner' as const)
    .with({ sharesGroup: true }, () => 'group' as const)
    .with({ sharesGroup: false }, () => 'other' as const)
    .exhaustive(),
)

/** Owner and creator are as good as each other. */
export function owns(m: M, process: Process, segment: ObjectId): boolean {
  const { owner, creator } = m.objects[segment]
  const { user } = m.processes[process]
  return user === owner || user === creator
}
function sharesGroup(m: M, process: Process, segment: ObjectId): boolean {
  const { owner, creator } = m.objects[segment]
  const group = groupOf(m.processes[process].user)
  return group === groupOf(owner) || group === groupOf(creator)
}

/** The three bits that a process has on a segment: 4 to read, 2 to write, 1 to execute. */
export function bitsOf(m: M, process: Process, segment: ObjectId): number {
  if (holds(m, process, 'ipcOwner')) return 7
  const { mode } = m.objects[segment]
  switch (classDecision({ owns: owns(m, process, segment), sharesGroup: sharesGroup(m, process, segment) })) {
    case 'owner':
      return mode >> 6
    case 'group':
      return (mode >> 3) & 7
    case 'other':
      return mode & 7
  }
}
export const allows = (bits: number, wanted: number): boolean => (wanted & ~bits) === 0

/** Whether a process may change a segment, or remove it. */
export const controlDecision = decision('control', 'shared-memory.md#rights', { owns: bool, ipcOwner: bool }, x =>
  match(x)
    .with({ owns: true }, { ipcOwner: true }, () => 'allow' as const)
    .with({ owns: false, ipcOwner: false }, () => 'refuse' as const)
    .exhaustive(),
)
export const mayControl = (m: M, process: Process, segment: ObjectId): boolean =>
  controlDecision({ owns: owns(m, process, segment), ipcOwner: holds(m, process, 'ipcOwner') }) === 'allow'

/** What attaching so asks of the bits, and what it lets the process do. */
export const attachDecision = decision(
  'attach',
  'shared-memory.md#shmat',
  { attaching: oneOf(...words.attaching) },
  x =>
    match(x.attaching)
      .with('none', () => 'rw' as const)
      .with('rdonly', () => 'r' as const)
      .with('exec', () => 'rwx' as const)
      .with('rdonly|exec', () => 'rx' as const)
      .exhaustive(),
)
export function bitsFor(protection: 'r' | 'rw' | 'rx' | 'rwx'): number {
  return 4 + (permits(protection, 'store') ? 2 : 0) + (permits(protection, 'fetch') ? 1 : 0)
}

/**
 * No memory is written here and executed there, unless the profile lets it be: there what may be written may be executed.
 * Reading is harmless.
 */
export const objectDecision = decision(
  'object',
  'protection.md#objects',
  { linux: bool, attaching: oneOf(...words.attaching), someWrite: bool, someExecute: bool },
  x =>
    match(x)
      .with({ linux: true, someWrite: true, someExecute: false }, () => impossible)
      .with({ linux: true }, () => 'allow' as const)
      .with({ attaching: 'exec' }, () => 'refuse' as const)
      .with({ attaching: 'rdonly|exec', someWrite: true }, () => 'refuse' as const)
      .with({ attaching: 'none', someExecute: true }, () => 'refuse' as const)
      .with({ attaching: P.union('none', 'rdonly', 'rdonly|exec') }, () => 'allow' as const)
      .exhaustive(),
)
/** Whether some mapping of an object may become writable, or executable. */
export const someMay = (m: M, o: ObjectId, access: 'store' | 'fetch'): boolean =>
  [...m.spaces].some(space => [...space.pages].some(it => it.object === o && permits(it.ceiling, access)))
