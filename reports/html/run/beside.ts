// The implementation beside the model, one CPU and several: lockstep, recorded answers, orders, schedules, threads, and
// searches that join steps beside those that join none.

import type { GranularityRow } from '../../granularity-result.js'
import { disagreementFile, orderFile, scheduleFile } from '../../names.js'
import type { LockstepResult, RunResult } from '../../result.js'
import { counted, grouped } from '../../text.js'
import { changingShare, lockstepVerdict, rateOf } from '../../verdicts.js'
import { html, type Markup } from '../markup.js'
import {
  figure,
  folded,
  head,
  notRun,
  numberHead,
  rowOf,
  type Standing,
  secondsCell,
  section,
  standingOf,
  stands,
  table,
  toPage,
} from './words.js'

export const lockstepSection = ({ verb, lockstep }: RunResult): Markup =>
  section(
    'lockstep',
    'Model and implementation side by side',
    html`<h3>Every transition</h3>${driven(
      verb,
      lockstep.filter(({ driver }) => driver === 'exhaustive'),
    )}
<h3 id="random">Random commands</h3>${driven(
      verb,
      lockstep.filter(({ driver }) => driver === 'random'),
    )}`,
  )

function driven(verb: RunResult['verb'], results: readonly LockstepResult[]): Markup {
  if (results.length === 0) return html`<p>${notRun}</p>`
  const heads = ['scope', 'geometry', 'verdict'].map(head)
  const numbers = ['compared', 'changing', 'rate', 'seconds'].map(numberHead)
  const rows = [...results]
    .sort((a, b) => Number(a.ok) - Number(b.ok))
    .map(result =>
      rowOf(
        standingOf(result),
        html`<th scope="row">${result.name}</th><td>${result.geometry}${result.seed === undefined ? null : `, seed ${result.seed}`}</td><td>${stands(standingOf(result), lockstepVerdict(result))}${disagreement(verb, result)}</td>${figure(result.compared)}<td class="num">${changingShare(result)}</td><td class="num">${rateOf(result)}</td>${secondsCell(result.seconds)}`,
      ),
    )
  return table('lockstep', [...heads, ...numbers], rows)
}

function disagreement(verb: RunResult['verb'], result: LockstepResult): Markup | null {
  const { disagreement: it } = result
  if (it === undefined) return null
  const page = it.steps.length === 0 ? null : toPage(disagreementFile(verb, result), it.steps.length, 'command')
  return html`<p>${it.says}</p>${page}<p><code>${it.place}</code>: model ${it.model}, implementation ${it.machine}</p><p><code>npx mmspec replay '${it.token}'</code></p>`
}

export function conformSection({ conform }: RunResult): Markup {
  if (conform === undefined) return section('conform', 'Answers of a live kernel', html`<p>${notRun}</p>`)
  const { totals, rows, later } = conform
  const wrong = rows.filter(({ ok }) => !ok)
  const recorded = Object.entries(conform.recorded).map(([name, value]) => `${name} ${value}`)
  return section(
    'conform',
    'Answers of a live kernel',
    html`<p>${stands(standingOf(conform), `${grouped(totals.agreed)} of ${counted(totals.asked, 'row')} answered alike by both sides; ${counted(totals.recorded, 'row')} recorded`)}</p><p class="faint">${recorded.join(' · ')}</p>
${wrong.map(
  row =>
    html`<h3 class="bad">✖ ${row.id}: ${row.situation}</h3>${table(
      row.id,
      ['step', 'kernel', 'model', 'implementation'].map(head),
      row.steps.map(
        step =>
          html`<tr><td><code>${step.does}</code></td>${[step.kernel, step.model, step.machine].map(answer => html`<td${answer === step.kernel ? null : html` class="bad"`}>${answer}</td>`)}</tr>`,
      ),
    )}`,
)}
${folded(
  'rows that cannot be asked yet',
  later.map(
    ({ id, situation, needs }) =>
      html`${id}: ${situation} <span class="faint">needs ${needs.map(need => conform.reasons[need] ?? need).join('; ')}</span>`,
  ),
)}`,
  )
}

export function linearSection({ linear }: RunResult): Markup {
  const title = 'Orders of operations side by side'
  if (linear === undefined) return section('linear', title, html`<p>${notRun}</p>`)
  const heads = [
    ...['scope', 'verdict'].map(head),
    ...['starts', 'states', 'ends in order', 'restarted', 'spurious', 'seconds'].map(numberHead),
  ]
  const rows = linear.scopes.map(scope => {
    const { ends, violation, broken } = scope
    const says =
      scope.verdict === 'holds' ? 'as some order' : scope.cut === undefined ? 'as no order' : `cut short: ${scope.cut}`
    const why =
      broken ??
      (violation === undefined
        ? null
        : `${violation.says}: ${violation.answers.map(({ command, outcome }) => `${command} → ${outcome}`).join(' beside ')}`)
    return rowOf(
      standingOf(scope),
      html`<th scope="row">${scope.name}${scope.mutant === undefined ? null : ` with mutant ${scope.mutant}`}</th><td>${stands(standingOf(scope), says)}${why === null ? null : html`<p>${why}</p>`}${violation === undefined ? null : html`${toPage(orderFile(scope), violation.trace.steps.length, 'step')}<p><code>npx mmspec replay '${violation.trace.token}'</code></p>`}</td>${[scope.starts, scope.states, ends.ordered, ends.restarted, ends.spurious].map(figure)}${secondsCell(scope.seconds)}`,
    )
  })
  return section('linear', title, table('linear', heads, rows))
}

/** Where nothing differs and it is not as expected, a limit left it open. */
export const joinedStanding = ({ ok, differences }: GranularityRow): Standing =>
  ok ? 'good' : differences.length > 0 ? 'bad' : 'open'

export function granularitySection({ granularity }: RunResult): Markup {
  const title = 'Joined steps beside single ones'
  if (granularity === undefined) return section('granularity', title, html`<p>${notRun}</p>`)
  const rows = granularity.rows.map(row =>
    rowOf(
      joinedStanding(row),
      html`<th scope="row">${row.name}</th><td>${row.kind}</td><td>${stands(joinedStanding(row), row.ok ? 'the same' : row.differences.join('; ') || 'cut short')}</td>${[row.fused.states, row.full.states, row.full.rests].map(figure)}`,
    ),
  )
  const heads = [
    ...['name', 'kind', 'verdict'].map(head),
    ...['states joined', 'states single', 'at rest'].map(numberHead),
  ]
  return section('granularity', title, table('granularity', heads, rows))
}

export function schedulesSection({ schedules, stress }: RunResult): Markup {
  return section(
    'schedules',
    'The implementation on several CPUs',
    html`<h3>Schedules</h3>${schedules === undefined ? html`<p>${notRun}</p>` : scenarios(schedules)}
<h3 id="stress">Threads</h3>${stress === undefined ? html`<p>${notRun}</p>` : threads(stress)}`,
  )
}

function scenarios({ scenarios }: NonNullable<RunResult['schedules']>): Markup {
  const heads = [
    ...['scenario', 'geometry', 'which', 'verdict'].map(head),
    ...['schedules', 'steps', 'ends', 'allowed', 'seconds'].map(numberHead),
  ]
  const rows = [...scenarios]
    .sort((a, b) => Number(a.ok) - Number(b.ok))
    .map(run => {
      const { failure } = run
      const says = run.cut === undefined ? `${grouped(run.failing)} fail` : `cut short: ${run.cut}`
      return rowOf(
        standingOf(run),
        html`<th scope="row">${run.name}</th><td>${run.geometry}</td><td>${run.strategy}</td><td>${stands(standingOf(run), run.ok ? 'as the model' : says)}${failure === undefined ? null : html`<p>${failure.about}: ${failure.says}</p>${failure.told === undefined ? null : toPage(scheduleFile(run), failure.steps, 'step')}<p><code>npx mmspec replay '${failure.token}'</code></p>`}</td>${[run.schedules, run.steps, run.answers.length, run.allowed.length].map(figure)}${secondsCell(run.seconds)}`,
      )
    })
  return table('schedules', heads, rows)
}

const threads = (runs: NonNullable<RunResult['stress']>): Markup =>
  html`<ul class="plain">${runs.map(
    run =>
      html`<li>${stands(standingOf(run), `${run.geometry}, ${counted(run.cpus, 'thread')}: ${counted(run.rounds, 'round')}, ${counted(run.commands, 'command')}`)}${run.wrong === undefined ? null : html`<p class="bad">seed ${run.wrong.seed}: ${run.wrong.says}</p>`}</li>`,
  )}</ul>`
