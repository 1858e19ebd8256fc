// The machines that test the checker itself: small enough that what a search must find is known beforehand.

import { blankSetting } from '../../model/kit/blank.js'
import type { Granularity, Setting, System } from '../../model/kit/index.js'
import { choice } from './choice.js'
import { clock } from './clock.js'
import { counter } from './counter.js'
import { deadlock } from './deadlock.js'
import { depth7 } from './depth7.js'
import { diamond } from './diamond.js'
import { livelock } from './livelock.js'
import { mmSmall } from './mm-small.js'
import { tlb } from './tlb.js'

export const toys: readonly System[] = [clock, diamond, depth7, deadlock, livelock, choice, counter, tlb, mmSmall]

/** Steps of the toys that only give back, and may join the step before at `fused`. */
const givesBack = ['release', 'unlock', 'unread', 'free']

/** A toy at its usual sizes and at one granularity, with what a test wants different. */
export function settingOf(system: System, granularity: Granularity, other: Partial<Setting> = {}): Setting {
  const sizes = Object.fromEntries(Object.values(system.sizes).map(({ of, usual }) => [of, usual]))
  return { ...blankSetting(granularity, sizes), fuse: givesBack, ...other }
}

/** The same with other sizes, by the names of the sets. */
export const sized = (sizes: { readonly [set: string]: number }): Pick<Setting, 'bounds'> => ({
  bounds: { sizes, switches: {} },
})
