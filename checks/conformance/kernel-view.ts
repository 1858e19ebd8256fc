// What the kernel's own answers do not tell apart, and what is therefore not compared. A system call that fails says the
// same whether or not it has changed something on the way; the list of mappings shows neither locks nor stacks; and
// a page that is not mapped looks to the page map like one that is not there. Everything else is compared as printed.

import type { Step } from '../notation/index.js'

/** An answer of this step as the kernel would put it. */
export function kernelView(step: Step, answer: string): string {
  if (step.is === 'command') return answer.replace(/^failed:/, 'E:')
  if (step.query.name === 'vmas') return answer.replaceAll(/ (?:locked|onfault|grows)\b/g, '')
  return step.query.name === 'states' ? answer.replaceAll('-', '.') : answer
}
