// mkswap, rmswap, swapon: an area needs a header before slots of it are used. A partition is always there, a file with
// its header only, and a file with holes has no place for a page on the disk. Rules: spec/swap.md#areas,
// spec/concurrency.md#records.

import { match } from 'ts-pattern'
import type { Running } from '../concurrency/cpus.js'
import { enterKernel, leave } from '../concurrency/locks.js'
import { bool, concurrent, decision, disabled, impossible, oneOf, range, refuse, size } from '../kit/index.js'
import { holds } from '../processes/credentials.js'
import { type Area, area, type M, operation, type Process, process, spaceOf } from '../state.js'

export interface Administered {
  readonly process: Process
  readonly area: Area
}
/** A first step: only an administrator gets further. */
export const administer = (m: M, my: Administered) => {
  if (spaceOf(m, my.process) === null) return disabled
  if (!holds(m, my.process, 'sysAdmin')) return refuse('EPERM')
}

type Entered = Administered & Running
/** What entering does: while a CPU looks at an area and changes it, no other has it in hand. */
export const inHand = {
  allowed: (m: M, my: Entered): boolean => m.areas[my.area].holder === null,
  mark: (m: M, my: Entered): void => {
    m.areas[my.area].holder = my.cpu
  },
}
/** A last step: gives the area back as well. */
export const leaveArea = <T extends Entered>() =>
  concurrent((m: M, my: T) => {
    m.areas[my.area].holder = null
    m.areas[my.area].emptying = false
    leave(m, my)
  })

const standing = { device: oneOf('partition', 'file', 'holes'), header: bool, on: bool }
/** What is on has a header and no holes; a partition has its header from the start, and nothing removes it. */
const neverSo = [
  { header: false, on: true },
  { device: 'holes', on: true },
  { device: 'partition', header: false },
] as const
/** Whether an area can be removed: the first thing that speaks against it. */
export const removalDecision = decision('remove-swap', 'swap.md#rmswap', standing, x =>
  match(x)
    .with(...neverSo, () => impossible)
    .with({ device: 'partition' }, () => 'EINVAL' as const)
    .with({ header: false }, () => 'ENOENT' as const)
    .with({ on: true }, () => 'EBUSY' as const)
    .with({ on: false }, () => 'remove' as const)
    .exhaustive(),
)
/** Whether an area can be used, likewise. */
export const useDecision = decision('use-swap', 'swap.md#swapon', standing, x =>
  match(x)
    .with(...neverSo, () => impossible)
    .with({ header: false }, () => 'ENOENT' as const)
    .with({ device: 'holes' }, () => 'EINVAL' as const)
    .with({ on: true }, () => 'EBUSY' as const)
    .with({ on: false }, () => 'use' as const)
    .exhaustive(),
)

export const mkswap = operation('mkswap', {
  rule: 'swap.md#mkswap',
  answers: [refuse('EPERM'), refuse('EBUSY')],
  args: { process, area },
}).steps(
  {
    enter: enterKernel(inHand),
    look: administer,
    busy: (m, my) => (m.areas[my.area].on ? refuse('EBUSY') : undefined),
    write: (m, my) => {
      m.areas[my.area].header = true
    },
    leave: leaveArea(),
  },
  ['leave'],
)

export const rmswap = operation('rmswap', {
  rule: 'swap.md#rmswap',
  answers: [refuse('EPERM'), refuse('EINVAL'), refuse('ENOENT'), refuse('EBUSY')],
  args: { process, area },
}).steps(
  {
    enter: enterKernel(inHand),
    look: administer,
    check: (m, my) => {
      const { device, header, on } = m.areas[my.area]
      const answer = removalDecision({ device, header, on })
      return answer === 'remove' ? undefined : refuse(answer)
    },
    remove: (m, my) => {
      m.areas[my.area].header = false
    },
    leave: leaveArea(),
  },
  ['leave'],
)

export const swapon = operation('swapon', {
  rule: 'swap.md#swapon',
  answers: [refuse('EPERM'), refuse('ENOENT'), refuse('EINVAL'), refuse('EBUSY')],
  args: { process, area, priority: range(-1, b => size(b, 'priority')) },
}).steps(
  {
    enter: enterKernel(inHand),
    look: administer,
    check: (m, my) => {
      const { device, header, on } = m.areas[my.area]
      const answer = useDecision({ device, header, on })
      return answer === 'use' ? undefined : refuse(answer)
    },
    use: (m, my) => {
      m.areas[my.area].priority = my.priority >= 0 ? my.priority : lowest(m)
      m.areas[my.area].on = true
    },
    leave: leaveArea(),
  },
  ['leave'],
)

/** A priority below all: areas that leave the choice to the system are used in the order in which they came. */
function lowest(m: M): number {
  let below = 0
  for (const it of m.areas) if (it.on && it.priority < 0) below++
  return -below - 1
}
