// Where model and implementation part, as a page: the answers of both side by side, the first place where they differ with
// what each says, and the steps with the memory that the model has behind each.

import type { Disagreement, LockstepResult, Trace } from '../result.js'
import type { TakenAway } from '../take-away.js'
import { counted } from '../text.js'
import { type CounterexamplePage, renderCounterexample } from './counterexample.js'
import { html, type Markup } from './markup.js'
import { placeSaid } from './spoken.js'

export interface DisagreementPage {
  readonly result: Pick<LockstepResult, 'name' | 'geometry'> & { readonly disagreement: Disagreement }
  readonly version: string
}

/** The whole page. */
export function renderDisagreement({ result, version }: DisagreementPage): string {
  const found = result.disagreement
  const claim: CounterexamplePage['claim'] = {
    id: `lockstep: ${found.about}`,
    says: 'the implementation answers as the model does, and what it has in memory then is what the model has',
    rule: found.steps.at(-1)?.rule ?? '',
    verdict: 'violated',
    witness: { says: parting(found), places: found.place === '' ? [] : [found.place] },
    trace: traceOf(found),
  }
  return renderCounterexample({
    scope: { name: result.name, bounds: [result.geometry], granularity: 'whole', states: 0, depth: found.steps.length },
    claim,
    version,
    kind: 'model and implementation disagree',
    facts: [
      ['scope', result.name],
      ['geometry', result.geometry],
      ['length', counted(found.steps.length, 'command')],
    ],
    story: sides(found),
    away: awayFrom(found),
  })
}

/** The model's way: where the sides answer otherwise, both answers stand at the step. */
const traceOf = ({ token, initial = [], steps, rules = [] }: Disagreement): Trace => ({
  token,
  initial,
  rules,
  steps: steps.map(({ command, model, machine, rule, diff }) => ({
    command,
    outcome: model === machine ? model : `${model} ≠ ${machine}`,
    operation: command,
    step: '',
    rule,
    choices: [],
    diff,
  })),
})

const parting = ({ says, place, model, machine }: Disagreement): string =>
  place === '' ? says : `${says}: ${placeSaid(place)} is ${model} in the model, ${machine} in the implementation`

function sides({ place, model, machine, steps }: Disagreement): Markup {
  const rows = steps.map(
    (step, i) =>
      html`<tr><td class="n">${i + 1}</td><td><code>${step.command}</code></td>${pair(step.model, step.machine)}</tr>
`,
  )
  return html`<section class="sides"><h2>Side by side</h2><table><thead><tr><th></th><th>command, or place</th><th>model</th><th>implementation</th></tr></thead><tbody>
${rows}<tr id="parting"><td class="n">✖</td><td>${placeSaid(place)}</td>${pair(model, machine)}</tr></tbody></table></section>`
}
const pair = (model: string, machine: string): Markup => {
  const differ = model === machine ? null : html` class="differ"`
  return html`<td${differ}>${model}</td><td${differ}>${machine}</td>`
}

/** The scope stands in the token, with what was set beside it: `lk1:swap~slots=2:…`. */
function awayFrom({ token, says, steps }: Disagreement): TakenAway | null {
  const [head, of = ''] = token.split(':')
  if (head !== 'lk1' || steps.length === 0) return null
  const [words, mutant] = of.split('+').map(part => part.split('~').map(unescaped))
  const [scope, ...sets] = words
  return {
    scope,
    sets,
    ...(mutant === undefined ? {} : { mutant: mutant.join('') }),
    claim: 'model and implementation agree',
    says,
    lockstep: true,
    steps: steps.map(({ command }) => ({ does: command, answer: '', chosen: [] })),
  }
}

/** Tokens write what could be mistaken for punctuation as %XX. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
