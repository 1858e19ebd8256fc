// How it came to a violation, as the few steps that lead there: those that changed a place that it is about, and those of
// the operation that acts in the last step. Where several CPUs take turns, the step at fault is rarely the last one.

import type { ClaimResult, Trace, TraceStep } from '../result.js'
import { counted } from '../text.js'
import { html, type Markup } from './markup.js'
import { isUnderWay } from './progress.js'
import { inline } from './rule-text.js'
import { changesInLine, isVisible, isWithin } from './spoken.js'
import { effects, laneName, said } from './steps-table.js'

/** More steps than these are no summary. */
const mostSteps = 9
/** Of a step that changed none of the places. */
const mostEffects = 2

export function chainOf({ witness, trace }: Pick<ClaimResult, 'witness'> & { readonly trace: Trace }): Markup | null {
  const acting = actingIn(trace.steps)
  const places = witness?.places ?? []
  const links = trace.steps.flatMap((step, i) => {
    const touched = step.diff.filter(({ path }) => places.some(place => isWithin(path, place)))
    const changed = changesInLine(touched)
    if (changed.length > 0) return [item(step, i + 1, changed)]
    if (!acting.has(step)) return []
    // One that changes no memory looks at it: what for is what the specification says of it.
    const looks = !step.diff.some(one => isVisible(one) && !isUnderWay(one))
    return [item(step, i + 1, effects(step).slice(0, mostEffects), looks ? step.says : undefined)]
  })
  if (links.length < 2) return null
  const [early, late] = [links.slice(0, -mostSteps), links.slice(-mostSteps)]
  const folded =
    early.length === 0
      ? null
      : html`<details><summary>${counted(early.length, 'step')} before these</summary><ul>${early}</ul></details>`
  return html`<div class="chain"><p>How it came to that:</p>${folded}<ul>${late}</ul></div>`
}

const item = (step: TraceStep, number: number, does: readonly string[], says?: string): Markup =>
  html`<li><a href="#step-${number}">${number} · ${laneName(step)}${said(step)}</a> ${does.join('; ')}${says === undefined ? null : html`: ${inline(says)}`}</li>`

/** The last step, and those that its operation took before. */
function actingIn(steps: readonly TraceStep[]): ReadonlySet<TraceStep> {
  const last = steps.at(-1)
  const found = new Set<TraceStep>()
  if (last === undefined) return found
  for (const step of steps.toReversed()) {
    if (laneName(step) !== laneName(last) || step.operation !== last.operation) continue
    found.add(step)
    if (!step.command.endsWith('resume')) break
  }
  return found
}
