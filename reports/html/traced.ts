// Ties the witness of a violation to the steps: what each place that it names holds, and since which step. A reader sees
// at the last step that what is wrong there was half made before. What came last stands first.

import type { ClaimResult, Trace } from '../result.js'
import { html, type Markup } from './markup.js'
import { isWithin, placeSaid, valueSaid } from './spoken.js'
import type { Shot } from './states.js'
import { isQuiet } from './tree.js'

/** What leads to memory, and how it is counted: nearly everything that is wrong shows here. */
const decides = /\b(?:entry|holds|at|frame|references|content)$/

/** More leaves than these would hide the one that matters. */
const mostLeaves = 6

export function traced(
  { witness, trace }: Pick<ClaimResult, 'witness'> & { readonly trace: Trace },
  shots: readonly Shot[],
): Markup | null {
  const last = shots[shots.length - 1]
  const paths = (witness?.places ?? []).flatMap(place => leavesIn(last, place))
  if (paths.length === 0) return null
  const told = [...new Set(paths)].map(path => ({
    path,
    value: last.leaves.get(path) ?? '',
    since: shots.findLastIndex(({ changed }) => changed.has(path)),
  }))
  const item = ({ path, value, since }: (typeof told)[number]) =>
    html`<li class="leads">${placeSaid(path)} is <b>${valueSaid(value)}</b>, ${sinceWhen(since, trace.steps.length)}</li>`
  const sorted = told.toSorted((a, b) => b.since - a.since)
  const named = sorted.filter(({ path }) => witness?.places.includes(path) || decides.test(path))
  const rest = named.length === 0 ? [] : sorted.filter(one => !named.includes(one))
  const folded =
    rest.length === 0
      ? null
      : html`<details><summary>${rest.length} more of these places</summary><ul>${rest.map(item)}</ul></details>`
  return html`<div class="why"><strong>Wrong here:</strong> ${witness?.says ?? ''}<ul>${(named.length === 0 ? sorted : named).map(item)}</ul>${folded}</div>`
}

function sinceWhen(step: number, last: number): Markup {
  if (step < 0) return html`as in the first state: never changed`
  if (step === last) return html`<strong>since this step</strong>`
  return html`since <a href="#step-${step}">step ${step}</a>: not changed by this one`
}

/** The leaves that a place stands for, those first that say something. */
function leavesIn({ leaves, changed }: Shot, place: string): readonly string[] {
  const within = [...leaves.keys()].filter(path => isWithin(path, place))
  const telling = within.filter(path => path === place || changed.has(path) || !isQuiet(leaves.get(path) ?? ''))
  return telling.slice(0, mostLeaves)
}
