// The words of the notation that are not in `spec/interface.ts`: the questions, and the words that belong to later
// chapters. Those are known so that whoever pastes a line that another version understands
// reads "not in this version", instead of looking for a spelling mistake that is not there.

import { type CommandShape, commands } from '../../spec/interface.js'
import type { QueryName } from './scenario.js'

/** Commands by the name that the rest of the system uses. The parser takes it as an argument: its tests grow it. */
export type Vocabulary = { readonly [name: string]: CommandShape }
export const vocabulary: Vocabulary = commands

/** A command acts on behalf of a process where its first field is one; that process is then written before the word. */
export function hasSubject(shape: CommandShape): boolean {
  return Object.values(shape.fields)[0] === 'process'
}

export const queryNames = [
  'vmas',
  'state',
  'states',
  'same',
  'count',
  'locked',
  'flag',
  'smap',
] as const satisfies readonly QueryName[]

export const laterFlags: ReadonlySet<string> = new Set(
  'shared_validate droppable stack nonblock hugetlb sync'.split(' '),
)

export const laterCommands: ReadonlySet<string> = new Set(
  'madvise msync mseal brk kread kwrite shmctl trunc punch pwrite pread'.split(' '),
)

export const laterQueries: ReadonlySet<string> = new Set(['vmlck'])
