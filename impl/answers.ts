// What the machine's methods answer, as plain numbers, so that nothing is allocated to say how a call went:
// zero and above is success, small negative numbers are errors as a Linux system call returns them, and numbers
// below -5000 are faults, which no Linux errno reaches (the largest is 4095).

import { type Errno, errors, faults } from '../spec/interface.js'

export const OK = 0
/** "No such thing" for frames, slots, tables, entries and spaces. Never the answer of a command. */
export const NONE = -1

export const ESRCH = -errors.ESRCH
export const EAGAIN = -errors.EAGAIN
export const ENOMEM = -errors.ENOMEM
export const EACCES = -errors.EACCES
export const EEXIST = -errors.EEXIST
export const EINVAL = -errors.EINVAL
export const ENOSPC = -errors.ENOSPC

/** The access hit an address that no region covers. */
export const SEGV_MAPERR = -5001
/** The access hit a region that does not allow it. */
export const SEGV_ACCERR = -5002

const isErrno = (name: string): name is Errno => name in errors

/** An answer in words: `ok`, the name of the error, or the fault. */
export function describe(answer: number): string {
  if (answer >= 0) return 'ok'
  if (answer === SEGV_MAPERR) return faults[0]
  if (answer === SEGV_ACCERR) return faults[1]
  const name = Object.keys(errors)
    .filter(isErrno)
    .find(errno => errors[errno] === -answer)
  return name ?? `unknown answer ${answer}`
}
