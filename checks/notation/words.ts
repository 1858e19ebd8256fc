// The words of the notation that are not in `spec/interface.ts`: the constant flags of a command, the questions, and the
// words that belong to later chapters. Those are known so that whoever pastes a line that another version understands
// reads "not in this version", instead of looking for a spelling mistake that is not there.

import { type CommandName, type CommandShape, commands } from '../../spec/interface.js'
import type { QueryName } from './scenario.js'

/** Commands by the name that the rest of the system uses. The parser takes it as an argument: its tests grow it. */
export type Vocabulary = { readonly [name: string]: CommandShape }
export const vocabulary: Vocabulary = commands

/** Flags that a command must be given, exactly these, in any order: this version knows no other way to map. */
const givenFlags: ReadonlyMap<string, readonly string[]> = new Map([
  ['mmap' satisfies CommandName, ['private', 'anon', 'fixed']],
])

export function flagsOf(name: string): readonly string[] {
  return givenFlags.get(name) ?? []
}

/** A command acts on behalf of a process where its first field is one; that process is then written before the word. */
export function hasSubject(shape: CommandShape): boolean {
  return Object.values(shape.fields)[0] === 'process'
}

export const queryNames = ['vmas', 'state', 'states', 'same', 'count'] as const satisfies readonly QueryName[]

export const laterFlags: ReadonlySet<string> = new Set(
  (
    'shared shared_validate noreplace noreserve populate locked growsdown droppable ' + 'stack nonblock hugetlb sync'
  ).split(' '),
)

export const laterCommands: ReadonlySet<string> = new Set(
  (
    'mprotect madvise mlock mlock2 munlock msync mincore mseal mremap brk mlockall munlockall exec kread kwrite ' +
    'shmget shmat shmdt shmctl fork rlimit dropcap setuid trunc punch pwrite pread'
  ).split(' '),
)

export const laterQueries: ReadonlySet<string> = new Set(['flag', 'smap', 'vmlck'])
