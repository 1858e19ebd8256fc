// What grounds are made of: bounds that are small, words that are narrowed, and operations that belong together, with how
// often each is drawn.

import type { Plan } from '../plot.js'

export const life = { spawn: 2, exit: 0.7, fork: 1.5 }
export const access = { load: 2, store: 4, fetch: 1 }
export const map = { mmap: 5, munmap: 2 }
export const move = { swapOut: 6, swapIn: 2 }
export const small = { processes: 2, spaces: 2, pages: 4, frames: 4, slots: 2, regions: 4, values: 2, tableFrames: 8 }
/** The same for one process. */
export const alone = { ...small, processes: 1, spaces: 1 }
export const frugal = {
  short: [0, 1],
  placement: ['fixed'],
  skew: ['aligned'],
  reach: ['user'],
  growth: ['steady'],
  reserve: ['reserve'],
}
export const plan = (name: string, given: Partial<Omit<Plan, 'name'>>): Plan => ({
  name,
  bounds: small,
  switches: {},
  operations: {},
  narrowed: {},
  walks: 400,
  length: 10,
  probeShare: 20,
  told: [],
  ...given,
})

export const locks = {
  mlock: 2,
  mlock2: 2,
  munlock: 1,
  mlockall: 1.5,
  munlockall: 0.7,
  rlimit: 1.5,
  setuid: 0.5,
  dropcap: 0.5,
}
export const areas = { mkswap: 1.5, rmswap: 1, swapon: 3, swapoff: 2 }
export const segments = {
  shmget: 4,
  shmat: 4,
  shmdt: 2,
  shmremove: 1.5,
  shmset: 1,
  shmstat: 1,
  shmlock: 1,
  shmunlock: 0.5,
}
export const objects = { objects: 2, parts: 2 }
export const rare = { walks: 800, length: 12 }
