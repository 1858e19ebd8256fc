// An access where several CPUs run: the CPU translates by what it keeps or by a walk, and touches the frame in the same
// instruction. Where there is no translation the kernel is entered; when it comes back, the instruction is begun again.
// Rule: spec/tlb.md#translation.

import type { Access } from '../../spec/interface.js'
import { activate, begin, end, isEnding, isOnCpu, type Running } from '../concurrency/cpus.js'
import { release } from '../concurrency/locks.js'
import { type Answer, concurrent, disabled, go } from '../kit/index.js'
import { type Cpu, type Frame, type M, type State, spaceOf } from '../state.js'
import { translate } from '../tlb/tlb.js'
import { isWalking } from '../tlb/walks.js'
import type { Accessing } from './faults.js'

/** A first step: the access itself, if there is a translation. `ghost` follows it only then. */
export const access = <T extends Accessing & Running>(
  how: Access,
  perform: (m: M, my: T, at: Frame | 'zero') => Answer,
  ghost: (m: State, my: T) => void = () => undefined,
) =>
  concurrent<State, T>({
    kind: 'plain',
    run: (m: M, my: T) => {
      const space = spaceOf(m, my.process)
      if (space === null || isWalking(m, my.cpu) || isEnding(m, my) || !isOnCpu(m, my.cpu, space)) return disabled
      if (my.reach !== 'user' && my.page !== 0) return disabled
      activate(m, my.cpu, space)
      const at = my.reach === 'user' ? translate(m, my.cpu, space, my.page, how) : null
      begin(m, my)
      if (at === null) return undefined
      end(m, my)
      my.at = my.page
      return perform(m, my, at)
    },
    ghost: (m: State, my: T) => {
      if (!m.cpus[my.cpu].busy) ghost(m, my)
    },
  })

/** A step: back from the kernel, to the instruction that faulted. */
export const tryAgain = <const S extends string>(step: S) =>
  concurrent<State, { readonly cpu: Cpu }, S>((m, my) => {
    release(m, my.cpu)
    return go(step)
  })
