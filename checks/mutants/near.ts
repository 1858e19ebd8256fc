// Edits of the operations that undo the most: a run holds each of them to a few commands.

import type { MutantResult } from '../../reports/result.js'
import { mostCommands } from './noticed.js'

/** The functions behind fork, munmap, mprotect, mlock, shmdt and swapoff. */
export const undoing =
  /^(copy-on-write\/fork |processes\/processes fork:|regions\/mapping unmap:|regions\/regions (removeRange|cut):|regions\/mprotect |locking\/locking (lock|unlock|change):|shared-memory\/attach (shmdt|isAttachedAt):|swap\/swapoff |swap\/areas retire:)/

/**
 * Takes nine commands: four must name a page that three can share, so that two forks come before it is swapped out and
 * one after it is read, and the area has to be in use. Searched completely with such bounds, eight are not enough.
 */
export const far = 'swap/swapoff cannotEmpty: without if (overshares(slot)) return true'

/** One that takes more commands counts as survived: its ground has lost what led to it. */
export function withDistance(result: MutantResult): MutantResult {
  const { title, home, kind, verdict, length } = result
  const isHeld = home === 'machine' && kind === 'generated' && undoing.test(title) && title !== far
  if (!isHeld || verdict !== 'killed' || length <= mostCommands) return result
  return {
    ...result,
    verdict: 'survived',
    reason: `noticed by ${length} commands only: no more than ${mostCommands} may be needed`,
  }
}
