// What a region allows, as the bits of POSIX `mmap` (PROT_READ, PROT_WRITE, PROT_EXEC). The words of the shared
// vocabulary are the only combinations there are: what x86-64 can write it can also read.

import { type Request, requests } from '../../spec/interface.js'

export const READ = 1
export const WRITE = 2
export const EXECUTE = 4

/** The bits of every protection that can be asked for; `rwx` is always refused. */
export const protectionBits = {
  none: 0,
  r: READ,
  rw: READ | WRITE,
  rx: READ | EXECUTE,
  rwx: READ | WRITE | EXECUTE,
} as const satisfies { readonly [R in Request]: number }

const askable = new Set<number>(requests.map(request => protectionBits[request]))

/** Whether these bits stand for something that can be asked for. */
export const isRequest = (protection: number) => askable.has(protection)

/** W^X: memory is never writable and executable (protection.md#w-xor-x). */
export const breaksWriteXorExecute = (protection: number) => (protection & WRITE) !== 0 && (protection & EXECUTE) !== 0
