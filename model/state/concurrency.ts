// Which process a CPU runs, and the locks of a space. Rules: spec/concurrency.md#cpus, spec/concurrency.md#locks.

import { bool, members, optional, weak, when } from '../kit/index.js'
import { severalCpus } from './scope.js'
import { cpu, process } from './sets.js'

/** Of a space. */
export const locksOfSpace = {
  /** CPUs that may look at its regions, and the one that may change them (mmap_lock). */
  readers: when(severalCpus, members(cpu)),
  writer: when(severalCpus, optional(cpu)),
  /** The CPU that has entries in hand, which are not what they seem meanwhile (page-table lock). */
  tableLock: when(severalCpus, optional(cpu)),
}

/** Of a CPU. */
export const processOfCpu = {
  /** The process that runs, or ran last; and whether it is in the kernel. */
  process: optional(weak(process)),
  busy: bool,
  /** It is ending the process: nobody else begins anything for it. */
  ending: bool,
  /** The child that it is about to make. */
  making: optional(weak(process)),
}
