// Looking again: what an earlier step of an operation found may not be so any more when it acts, because another CPU was
// there in between. Where no lock keeps the others out, the step that acts looks once more, in the same instant. One CPU
// alone has looked already. Rule: spec/concurrency.md#guards.

import type { Answer, Step } from '../kit/index.js'
import type { M, State } from '../state.js'

/** A step that acts, unless there is something against it by now. */
export const lookingAgain = <T>(
  look: (m: M, my: T) => Answer | undefined,
  act: (m: M, my: T) => void,
): Step<State, T, never> => ({
  kind: 'plain',
  looksAgain: true,
  run: (m: M, my: T) => {
    const objection = m.limits.concurrent ? look(m, my) : undefined
    if (objection !== undefined) return objection
    act(m, my)
    return undefined
  },
})
