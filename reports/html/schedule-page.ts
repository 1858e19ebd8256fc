// A schedule of the implementation that goes wrong, as a page: what each CPU was to do and answered, beside the ends that the
// model allows; then who ran when, and what is seen of the machine's memory behind each stretch.

import type { ScenarioRun, ScheduleFailure, ScheduleTrace } from '../schedules-result.js'
import { counted, grouped } from '../text.js'
import { onPurpose, renderCounterexample } from './counterexample.js'
import { html, type Markup } from './markup.js'

export interface SchedulePage {
  readonly run: Pick<ScenarioRun, 'name' | 'geometry' | 'mutant' | 'strategy' | 'schedules' | 'failing' | 'allowed'>
  readonly failure: ScheduleFailure
  readonly version: string
}

/** The whole page, or null where the schedule itself was not kept. */
export function renderSchedulePage({ run, failure, version }: SchedulePage): string | null {
  const { about, says, claim, told, schedule } = failure
  if (told?.trace === undefined) return null
  const { trace } = told
  return renderCounterexample({
    scope: { name: run.name, bounds: [run.geometry], granularity: '', states: 0, depth: trace.steps.length },
    claim: {
      id: about,
      says: claim ?? promises[about] ?? 'what the implementation has in memory is as it may be, after every step',
      rule: '',
      verdict: 'violated',
      witness: { says, places: placesIn(says, trace.initial) },
      trace,
    },
    version,
    kind: 'the implementation on several CPUs',
    facts: [
      ['scenario', html`${run.name}${told.says === undefined ? null : html` <span class="faint">${told.says}</span>`}`],
      ['geometry', run.geometry],
      ...(run.mutant === undefined ? [] : [onPurpose(run.mutant)]),
      [
        'schedule',
        html`${counted(told.steps.length, 'step')} <span class="faint">the first of ${grouped(run.failing)} that go wrong, of ${counted(run.schedules, 'schedule')} (${run.strategy}); number ${grouped(schedule)}</span>`,
      ],
    ],
    story: scripts(told, run.allowed),
    away: null,
  })
}

/** What is promised where no claim is named. */
const promises: { readonly [about: string]: string } = {
  end: 'a schedule ends as the model can: with answers and in a state that it knows',
  lockstep: 'after every step, there is a way in which the model comes to show the same',
  deadlock: 'somebody can always go on until all are done',
  crash: 'the implementation throws nothing',
  'too long': 'every schedule comes to an end',
}

/** What a sentence names, where it is drawn. */
function placesIn(says: string, initial: readonly { readonly path: string }[]): readonly string[] {
  const named = [...says.matchAll(/\b(CPU|frame|slot) (\d+)/g)].map(
    ([, kind, number]) => `${kind.toLowerCase()}s[${number}]`,
  )
  return [...new Set(named)].filter(place => initial.some(({ path }) => path.startsWith(`${place}.`)))
}

function scripts({ scripts: all, answers, given = [], firstPage }: ScheduleTrace, allowed: readonly string[]): Markup {
  const rows = all.flatMap((script, cpu) =>
    script.map(
      (command, i) =>
        html`<tr><td>${cpu}</td><td><code>${command}</code></td><td>${answers[cpu]?.[i] ?? 'not over'}</td></tr>
`,
    ),
  )
  return html`<section class="sides"><h2>What each CPU does</h2>${
    given.length === 0
      ? null
      : html`<p>Done before: ${given.map((command, i) => html`${i === 0 ? '' : ', '}<code>${command}</code>`)}.</p>`
  }
<table><thead><tr><th>CPU</th><th>command</th><th>answer</th></tr></thead><tbody>${rows}</tbody></table>
<p class="faint">Answers that the model allows, CPU by CPU: ${allowed.length === 0 ? 'none' : allowed.join('; ')}.${firstPage === undefined ? '' : ` Page 0 of the commands is page ${firstPage} of the machine's addresses.`}</p></section>`
}
