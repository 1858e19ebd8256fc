// The head of the run report: the verdict, what is wrong in one list, and a line for each part that leads to it.

import { exitCode, type LockstepResult, type RunResult, type ScopeResult } from '../../result.js'
import { counted, grouped } from '../../text.js'
import { coverageFaults, lockstepVerdict, scopeName, scopeVerdict } from '../../verdicts.js'
import { html, type Markup } from '../markup.js'
import { joinedStanding } from './beside.js'
import { changeOf, links } from './scopes.js'
import {
  head,
  notRun,
  notTimed,
  numberHead,
  type Standing,
  secondsText,
  secondsTogether,
  standingOf,
  stands,
  table,
  worst,
} from './words.js'

const verdicts: { readonly [code: number]: readonly [Standing, string] } = {
  0: ['good', 'as expected'],
  1: ['bad', 'not as expected'],
  3: ['open', 'cut short: nothing is known beyond'],
  130: ['open', 'interrupted: what was done by then is shown'],
}

export function overview(run: RunResult): Markup {
  const [standing, says] = verdicts[exitCode(run)]
  const { shard, seconds } = run
  const wrong = wrongOf(run)
  return html`<header><p class="faint">mmspec ${run.version} · ${run.verb}${shard === undefined ? null : html` · part ${shard.index} of ${shard.of}: the other parts are not here`}${seconds === undefined ? null : html` · ${secondsText(seconds)}`}</p>
<h1>${stands(standing, says)}</h1>
${wrong.length === 0 ? null : html`<ul class="why">${wrong.map(item => html`<li>${item}</li>`)}</ul>`}</header>
${partsTable(run)}`
}

function wrongOf(run: RunResult): readonly Markup[] {
  return [
    ...run.scopes
      .filter(scope => standingOf(scope) === 'bad')
      .map(
        scope =>
          html`<a href="#scopes">${scopeName(scope)}</a>: ${scopeVerdict(scope)}${scope.mismatches.map(mismatch => html`; ${mismatch.figure} ${changeOf(mismatch)}`)}${coverageFaults(
            scope.coverage,
          )
            .slice(0, 3)
            .map(fault => html`; ${fault}`)}${links(scope)}`,
      ),
    ...(run.coverage ?? [])
      .filter(system => coverageFaults(system).length > 0)
      .map(
        system =>
          html`<a href="#coverage">coverage of ${system.system}</a>: ${coverageFaults(system).slice(0, 5).join('; ')}`,
      ),
    ...cutShort('scopes', run.scopes),
    ...run.lockstep
      .filter(result => standingOf(result) === 'bad')
      .map(
        result =>
          html`<a href="#lockstep">${result.name}, ${result.driver}, ${result.geometry}</a>: ${lockstepVerdict(result)}`,
      ),
    ...cutShort('lockstep', run.lockstep),
    ...partsOf(run)
      .slice(3)
      .filter(({ standing }) => standing === 'bad' || standing === 'open')
      .map(({ id, title, says }) => html`<a href="#${id}">${title}</a>: ${says}`),
  ]
}

/** One item for all of them: what was cut short is known by its name alone. */
function cutShort(id: string, all: readonly (ScopeResult | LockstepResult)[]): readonly Markup[] {
  const its = all.filter(part => standingOf(part) === 'open')
  if (its.length === 0) return []
  return [
    html`<a href="#${id}">${counted(its.length, 'scope')}</a> cut short: ${its.map(({ name }) => name).join(', ')}`,
  ]
}

interface Part {
  readonly id: string
  readonly title: string
  readonly standing: Standing
  readonly says: string
  readonly seconds: number | undefined
}

const absent = (id: string, title: string): Part => ({ id, title, standing: 'none', says: '', seconds: undefined })

function partsOf(run: RunResult): readonly Part[] {
  const { conform, linear, granularity, museum, schedules, stress, mutants, unkilled } = run
  const agreed = (parts: readonly { readonly ok: boolean }[]) =>
    `${grouped(parts.filter(({ ok }) => ok).length)} of ${grouped(parts.length)}`
  const survived = mutants.filter(({ verdict }) => verdict === 'survived').length
  return [
    checked(run),
    driver(run, 'exhaustive', 'lockstep', 'every transition side by side'),
    driver(run, 'random', 'random', 'random commands side by side'),
    conform === undefined
      ? absent('conform', 'answers of a live kernel')
      : {
          id: 'conform',
          title: 'answers of a live kernel',
          standing: standingOf(conform),
          says: `${agreed(conform.rows)} rows answered alike`,
          seconds: undefined,
        },
    linear === undefined
      ? absent('linear', 'orders of operations side by side')
      : {
          id: 'linear',
          title: 'orders of operations side by side',
          standing: worst(linear.scopes.map(standingOf)),
          says: `${agreed(linear.scopes)} scopes as some order`,
          seconds: secondsTogether(linear.scopes),
        },
    granularity === undefined
      ? absent('granularity', 'joined steps beside single ones')
      : {
          id: 'granularity',
          title: 'joined steps beside single ones',
          standing: worst(granularity.rows.map(joinedStanding)),
          says: `${agreed(granularity.rows)} the same`,
          seconds: undefined,
        },
    schedules === undefined
      ? absent('schedules', 'schedules on several CPUs')
      : {
          id: 'schedules',
          title: 'schedules on several CPUs',
          standing: worst(schedules.scenarios.map(standingOf)),
          says: `${agreed(schedules.scenarios)} scenarios as the model, ${counted(
            total(schedules.scenarios, it => it.schedules),
            'schedule',
          )}`,
          seconds: secondsTogether(schedules.scenarios),
        },
    stress === undefined
      ? absent('stress', 'threads that run freely')
      : {
          id: 'stress',
          title: 'threads that run freely',
          standing: worst(stress.map(standingOf)),
          says: counted(
            total(stress, it => it.commands),
            'command',
          ),
          seconds: secondsTogether(stress),
        },
    museum === undefined
      ? absent('museum', 'bugs of real kernels')
      : {
          id: 'museum',
          title: 'bugs of real kernels',
          standing: museum.ok ? 'good' : worst(museum.entries.map(standingOf)),
          says: `${agreed(museum.entries)} found, and absent without the edit`,
          seconds: secondsTogether(museum.entries.flatMap(({ found, fixed }) => [found ?? {}, fixed ?? {}])),
        },
    mutants.length + unkilled.length === 0
      ? absent('mutants', 'mutants')
      : {
          id: 'mutants',
          title: 'mutants',
          standing: survived + unkilled.length === 0 ? 'good' : 'bad',
          says: `${counted(mutants.length, 'mutant')}, ${grouped(survived)} not noticed; ${counted(unkilled.length, 'claim')} without one`,
          seconds: undefined,
        },
  ]
}

const total = <T>(all: readonly T[], of: (it: T) => number): number => all.reduce((sum, it) => sum + of(it), 0)

function checked({ scopes, coverage = [] }: RunResult): Part {
  if (scopes.length === 0) return absent('scopes', 'scopes searched completely')
  const claims = new Set(scopes.flatMap(scope => scope.claims.map(({ id }) => id))).size
  const isMissing = coverage.some(system => coverageFaults(system).length > 0)
  return {
    id: 'scopes',
    title: 'scopes searched completely',
    standing: worst([...scopes.map(standingOf), isMissing ? 'bad' : 'good']),
    says: `${grouped(scopes.filter(({ ok }) => ok).length)} of ${grouped(scopes.length)} scopes as expected, ${counted(claims, 'claim')}, ${counted(
      total(scopes, it => it.states),
      'state',
    )}, ${counted(
      total(scopes, it => it.transitions),
      'transition',
    )}`,
    seconds: secondsTogether(scopes),
  }
}

function driver({ lockstep }: RunResult, name: 'exhaustive' | 'random', id: string, title: string): Part {
  const its = lockstep.filter(result => result.driver === name)
  if (its.length === 0) return absent(id, title)
  return {
    id,
    title,
    standing: worst(its.map(standingOf)),
    says: `${grouped(its.filter(({ ok }) => ok).length)} of ${grouped(its.length)} agree, ${counted(
      total(its, it => it.compared),
      'command',
    )} compared`,
    seconds: secondsTogether(its),
  }
}

function partsTable(run: RunResult): Markup {
  const heads = [head('part'), head('result'), numberHead('seconds')]
  const rows = partsOf(run).map(
    ({ id, title, standing, says, seconds }) =>
      html`<tr><th scope="row"><a href="#${id}">${title}</a></th><td>${standing === 'none' ? notRun : stands(standing, says)}</td><td class="num">${standing === 'none' ? null : seconds === undefined ? notTimed : secondsText(seconds)}</td></tr>
`,
  )
  return html`<nav aria-label="parts of the run">${table('parts', heads, rows)}</nav>
<p class="faint">Further down: <a href="#charts">charts</a>, <a href="#claims">claims</a>, <a href="#coverage">coverage</a>, <a href="#rules">rules of the specification</a>.</p>`
}
