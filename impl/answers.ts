// What the machine's methods answer, as plain numbers, so that nothing is allocated to say how a call went:
// zero and above is success, small negative numbers are errors as a Linux system call returns them (the largest errno
// is 4095), numbers around -5000 are faults, and those below -10000 are errors that left something changed.

import { type Errno, errors, faults } from '../spec/interface.js'

export const OK = 0
/** "No such thing" for frames, slots, tables, entries and spaces. Never the answer of a command. */
export const NONE = -1

/** Of several CPUs, and never the answer of a command: the processor cannot translate; a fault needs the space alone. */
export const FAULT = -6001
export const NEEDS_ALONE = -6000

export const EPERM = -errors.EPERM
export const ENOENT = -errors.ENOENT
export const ESRCH = -errors.ESRCH
export const EAGAIN = -errors.EAGAIN
export const ENOMEM = -errors.ENOMEM
export const EACCES = -errors.EACCES
export const EFAULT = -errors.EFAULT
export const EBUSY = -errors.EBUSY
export const EEXIST = -errors.EEXIST
export const EINVAL = -errors.EINVAL
export const ENOSPC = -errors.ENOSPC
export const EIDRM = -errors.EIDRM

/** The access hit an address that no region covers. */
export const SEGV_MAPERR = -5001
/** The access hit a region that does not allow it. */
export const SEGV_ACCERR = -5002

/** Added to an error: the command failed on its way, and what its rule lists stays changed. */
export const FAILED = -10000
export const FAILED_ENOMEM = FAILED + ENOMEM
export const FAILED_EAGAIN = FAILED + EAGAIN

const isErrno = (name: string): name is Errno => name in errors

const nameOf = (answer: number) =>
  Object.keys(errors)
    .filter(isErrno)
    .find(errno => errors[errno] === -answer)

/** An answer in words: `ok`, the name of the error, `failed` with its name, or the fault. */
export function describe(answer: number): string {
  if (answer >= 0) return 'ok'
  if (answer === SEGV_MAPERR) return faults[0]
  if (answer === SEGV_ACCERR) return faults[1]
  const [prefix, errno] = answer < FAILED ? ['failed ', nameOf(answer - FAILED)] : ['', nameOf(answer)]
  return errno === undefined ? `unknown answer ${answer}` : prefix + errno
}
