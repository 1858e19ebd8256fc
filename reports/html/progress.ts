// What a step decided that no memory shows: the values that its operation has in hand from now on, and the step that it goes
// on to. The one that lets a mistake pass often changes nothing else.

import type { Change, TraceStep } from '../result.js'
import { variantOf } from './states.js'

/** `cpu 1`, whose value is where the CPU's operation stands. */
export const isUnderWay = ({ path }: Pick<Change, 'path'>): boolean => /^cpu \d+$/.test(path)

export interface Progress {
  /** `seen 0`, `at 0 → 1` */
  readonly held: readonly string[]
  /** Empty where the operation is over. */
  readonly next: string
}

/** From one stand of an operation to the next one; what it begins with is said by its command. */
export function progress({ from, to }: Pick<Change, 'from' | 'to'>): Progress {
  const [before, after] = [variantOf(from), variantOf(to)]
  const operation = (is: string) => is.split('.')[0]
  const isNew = operation(before.is) !== operation(after.is)
  const held = [...after.fields].flatMap(([name, value]) => {
    const was = before.fields.get(name)
    if (isNew || was === value) return []
    return [was === undefined ? `${name} ${value}` : `${name} ${was} → ${value}`]
  })
  return { held, next: to === 'idle' ? '' : (after.is.split('.')[1] ?? '') }
}

/** The progress of the operation that went on with a step, where one did. */
export function progressOf({ diff }: Pick<TraceStep, 'diff'>): Progress | null {
  const change = diff.find(isUnderWay)
  return change === undefined ? null : progress(change)
}
