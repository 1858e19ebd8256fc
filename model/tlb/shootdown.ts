// Shootdown: whoever takes a right away makes every CPU forget it before anything depends on that. It says what is to be
// forgotten, asks those that run the space, and waits for each; a CPU that runs something else is told when it comes
// back. Steps that are spread into the operations that need them. Rule: spec/tlb.md#shootdown.

import { unload } from '../concurrency/cpus.js'
import {
  block,
  concurrent,
  disabled,
  go,
  has,
  ids,
  type Members,
  type Of,
  type Step,
  sweep,
  withMember,
} from '../kit/index.js'
import { type Cpu, cpu, Flush, type M, rule, type Space, type State } from '../state.js'
import { forget } from './tlb.js'

interface OnCpu {
  readonly cpu: Cpu
}
const others = (my: OnCpu, c: Cpu): boolean => c !== my.cpu

/** The steps of one shootdown; an operation that has several gives each its own name. */
type Shootdown<T, P extends string, S extends string> = {
  readonly [K in P | `${P}Send` | `${P}Await` | `${P}Done`]: Step<State, T, S>
}

/** `what` is to be forgotten; where that is nothing, it goes on with `next`, which is the step behind these. */
export function shootdownSteps<T extends OnCpu, const P extends string, const S extends string>(
  name: P,
  what: (m: M, my: T) => Of<typeof Flush>,
  next: S,
): Shootdown<T, P, S> {
  const steps: { readonly [step: string]: Step<State, T, S> } = {
    [name]: concurrent<State, T, S>((m, my) => {
      const flush = what(m, my)
      if (flush.is === 'none') return go(next)
      m.cpus[my.cpu].flush = flush
      obey(m, my.cpu, flush)
    }),
    [`${name}Send`]: concurrent<State, T, S>(
      sweep<State, T, 'cpu', S>(cpu, (m, my, c) => ask(m, my.cpu, c), { where: others }),
    ),
    [`${name}Await`]: concurrent<State, T, S>(
      sweep<State, T, 'cpu', S>(cpu, (m, my, c) => (has(m.cpus[c].asked, my.cpu) ? block : undefined), {
        where: others,
      }),
    ),
    [`${name}Done`]: concurrent<State, T, S>((m, my) => {
      m.cpus[my.cpu].flush = Flush.none
    }),
  }
  return steps as Shootdown<T, P, S>
}

/** Asks a CPU, if it may know something; one that does not run the space is marked. */
function ask(m: M, from: Cpu, to: Cpu): void {
  const { flush } = m.cpus[from]
  if (flush.is === 'none') return
  const it = m.cpus[to]
  if (!('space' in flush) || isSeen(m, to, flush.space)) it.asked = withMember(it.asked, from)
  else it.behind = withMember(it.behind, flush.space)
}

/** Whether a CPU must be asked about a space: where tags run out, a mask says so. */
const isSeen = (m: M, c: Cpu, space: Space): boolean =>
  m.limits.tagged ? has(m.spaces[space].seen, c) : m.cpus[c].active === space

/** An interrupt, where the CPU lets one in: it forgets what others have asked it to. */
export const acknowledge = rule('acknowledge', { args: { cpu }, interrupt: true }, (m, my) => {
  const it = m.cpus[my.cpu]
  if (it.asked === 0 || it.closed) return disabled
  for (const from of ids(m.cpus)) if (has(it.asked, from)) obey(m, my.cpu, m.cpus[from].flush)
  it.asked = nobody
})
const nobody = 0 as Members<'cpu'>

function obey(m: M, cpu: Cpu, what: Of<typeof Flush>): void {
  forget(m, cpu, what)
  const it = m.cpus[cpu]
  if (what.is === 'leave' && it.active === what.space) unload(m, cpu)
}
