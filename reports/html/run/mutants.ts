// Are the checks alive: mutants that nothing noticed, and bugs of real kernels that must be found.

import type { MuseumEntry } from '../../museum-result.js'
import { museumFile } from '../../names.js'
import type { MutantResult, RunResult } from '../../result.js'
import { counted, grouped } from '../../text.js'
import { html, type Markup } from '../markup.js'
import { figure, folded, head, notRun, numberHead, rowOf, section, standingOf, stands, table, toPage } from './words.js'

export function mutantsSection({ mutants, kills, unkilled }: RunResult): Markup {
  if (mutants.length === 0) return section('mutants', 'Mutants', html`<p>${notRun}</p>`)
  const of = (verdict: MutantResult['verdict']) => mutants.filter(mutant => mutant.verdict === verdict)
  const survived = of('survived')
  const rows = (['model', 'machine'] as const).flatMap(home =>
    (['written', 'generated'] as const).map(kind => {
      const its = mutants.filter(mutant => mutant.home === home && mutant.kind === kind)
      const count = (verdict: MutantResult['verdict']) => its.filter(mutant => mutant.verdict === verdict).length
      return html`<tr><th scope="row">${home === 'machine' ? 'implementation' : home}, ${kind}</th>${[its.length, count('killed'), count('equivalent'), count('survived')].map(figure)}</tr>`
    }),
  )
  const heads = [head('mutants'), ...['all', 'noticed', 'equivalent', 'not noticed'].map(numberHead)]
  return section(
    'mutants',
    'Mutants',
    html`<p>${stands(survived.length + unkilled.length === 0 ? 'good' : 'bad', survived.length === 0 ? 'every mutant that can be noticed was' : `${counted(survived.length, 'mutant')} not noticed`)}</p>
${survived.length === 0 ? null : html`<ul class="names bad">${survived.map(({ title, home, reason }) => html`<li>✖ ${home}: ${title}${reason === undefined ? null : `: ${reason}`}</li>`)}</ul>`}
${unkilled.length === 0 ? html`<p>${grouped(new Set(kills.map(({ claim, home }) => `${claim} ${home}`)).size)} claims were violated alone by some mutant.</p>` : html`<p class="bad">✖ claims that no mutant violates alone:</p><ul class="names bad">${unkilled.map(claim => html`<li>${claim}</li>`)}</ul>`}
${table('mutants', heads, rows)}
${folded(
  'equivalent, with the reason why',
  of('equivalent').map(
    ({ title, reason }) => html`${title} <span class="faint">${reason ?? 'no reason is given'}</span>`,
  ),
)}`,
  )
}

export function museumSection({ museum }: RunResult): Markup {
  if (museum === undefined) return section('museum', 'The museum', html`<p>${notRun}</p>`)
  const heads = [
    ...['bug', 'verdict', 'found by', 'at'].map(head),
    numberHead('steps'),
    numberHead('states'),
    head('without the edit'),
  ]
  const entries = [...museum.entries].sort((a, b) => Number(a.ok) - Number(b.ok))
  return section(
    'museum',
    'The museum: bugs that real kernels had',
    html`${table('museum', heads, entries.map(museumRow))}
${folded(
  'out of reach',
  museum.outOfReach.map(
    ({ title, lacks }) => html`${title} <span class="faint">the model lacks ${lacks.join(', ')}</span>`,
  ),
)}`,
  )
}

function museumRow(entry: MuseumEntry): Markup {
  const { found, fixed } = entry
  const says = entry.ok ? 'as promised' : entry.cut === undefined ? 'not as promised' : `cut short: ${entry.cut}`
  const foundCells =
    found === undefined
      ? html`<td colspan="4">${entry.cut === undefined ? 'not found' : 'not found by then'}</td>`
      : html`<td><code>${found.by}</code></td><td>${found.granularity}</td>${figure(found.steps.length)}${figure(found.states)}`
  return rowOf(
    standingOf(entry),
    html`<th scope="row"><details><summary>${entry.title} <span class="faint">${entry.systems.join(', ')} ${entry.year}</span></summary>${found === undefined ? null : toPage(museumFile(entry), found.steps.length, 'step')}${entry.story.map(part => html`<p>${part}</p>`)}<p>Mended by: ${entry.fix}</p><p>Here: ${entry.here}</p><p class="faint">${entry.source}</p></details></th><td>${stands(standingOf(entry), says)}</td>${foundCells}<td>${fixed === undefined ? notRun : `${fixed.verdict}${fixed.by === undefined ? '' : ` ${fixed.by}`}, ${grouped(fixed.states)} states`}</td>`,
  )
}
