// A run as a summary of a CI job: Markdown that is read on one screen, with traces folded away. It is appended to what other
// steps of the job have said and has a limit, so long traces lose their middle, and what does not fit is named.

import { foldChanges } from './diff.js'
import type { Finding } from './finding.js'
import { findingsOf } from './findings.js'
import { code, codeInText, copied, table, text } from './markdown-text.js'
import { exitCode, type LockstepResult, type RunResult, type ScopeResult } from './result.js'
import { counted, grouped } from './text.js'
import { lockstepVerdict, replayLine, ruleFile, scopeName, scopeVerdict, violatedClaims } from './verdicts.js'

/** Of the megabyte that a step may write; other tools write there too. */
const mostBytes = 200_000
const mostSteps = 30
/** Of a long trace, the beginning says where it plays, the end what went wrong. */
const firstSteps = 10
/** Findings of one kind that are told; the others are counted. */
const mostListed = 50

const titles = { 0: 'as expected', 1: 'not as expected', 3: 'cut short', 130: 'interrupted' } as const

interface Section {
  readonly name: string
  readonly lines: readonly string[]
}

/** The whole summary. */
export function renderSummary(run: RunResult): string {
  const findings = findingsOf(run)
  const sections = [
    ...run.scopes.flatMap(scope => (scope.ok ? [] : violatedClaims(scope).map(claim => violation(claim, scope)))),
    ...run.lockstep.flatMap(disagreement),
    ...lists(findings),
    ...tables(run),
  ]
  return fitted(`## mmspec ${run.verb}: ${titles[exitCode(run)]}`, sections)
}

function fitted(title: string, sections: readonly Section[]): string {
  const left: string[] = []
  let size = Buffer.byteLength(title)
  let text = `${title}\n`
  for (const { name, lines } of sections) {
    const section = `\n${lines.join('\n')}\n`
    const bytes = Buffer.byteLength(section)
    // The last hundredth is for what was left out; one that is too long does not push out those behind it.
    if (size + bytes > mostBytes - 2000) {
      left.push(name)
      continue
    }
    size += bytes
    text += section
  }
  if (left.length === 0) return text
  const named = left.slice(0, 10).map(codeInText).join(', ')
  const more = left.length > 10 ? ` and ${counted(left.length - 10, 'more section')}` : ''
  return `${text}\n… ${counted(left.length, 'section')} left out, for a summary has a limit: ${named}${more}. The run file has all.\n`
}

function violation({ id, says, rule, witness, trace }: ScopeResult['claims'][number], scope: ScopeResult): Section {
  const places = (witness?.places ?? []).map(codeInText).join(', ')
  const steps = trace?.steps ?? []
  const rows = steps.map(({ command, outcome, diff, choices }) => ({
    cells: [[code(command), ...choices.map(text)].join('<br>'), code(outcome)],
    diff,
  }))
  return {
    name: id,
    lines: [
      `### ✖ ${text(id)} in ${text(scopeName(scope))}`,
      '',
      `- **why**: ${text(witness?.says ?? says)}${places === '' ? '' : ` (at ${places})`}`,
      `- **claim**: ${text(says)}`,
      `- **rule**: ${rule === '' ? 'none' : codeInText(ruleFile(rule))}`,
      `- **bounds**: ${scope.bounds.map(text).join(', ')}, ${text(scope.granularity)}`,
      ...(trace === undefined
        ? []
        : ['', ...folded(['command', 'outcome'], rows), '', ...copied(replayLine(trace.token))]),
    ],
  }
}

function disagreement(result: LockstepResult): readonly Section[] {
  const found = result.disagreement
  if (found === undefined || result.ok) return []
  const rows = found.steps.map(({ command, model, machine, diff }) => ({
    cells: [command, model, machine].map(code),
    diff,
  }))
  return [
    {
      name: result.name,
      lines: [
        `### ✖ Model and implementation disagree about ${text(found.about)} in ${text(result.name)}`,
        '',
        `- **why**: ${text(found.says)}`,
        `- **at**: ${codeInText(found.place)}`,
        `- **model**: ${codeInText(found.model)}, **implementation**: ${codeInText(found.machine)}`,
        `- **run**: ${text(result.driver)}, ${text(result.geometry)}`,
        '',
        ...folded(['command', 'model', 'implementation'], rows),
        '',
        ...copied(replayLine(found.token)),
      ],
    },
  ]
}

interface Row {
  readonly cells: readonly string[]
  readonly diff: Finding['steps'][number]['diff']
}

/** Steps behind a line that opens them; of more than thirty, the middle is left out. */
function folded(headers: readonly string[], rows: readonly Row[]): readonly string[] {
  const last = rows.length - 1
  const numbered = rows.map(({ cells, diff }, i) => [
    i === last ? `✖ ${i + 1}` : String(i + 1),
    ...cells,
    diff.length === 0 ? 'unchanged' : foldChanges(diff).map(code).join('<br>'),
  ])
  const hidden = Math.max(0, rows.length - mostSteps)
  const gap = ['…', `${counted(hidden, 'step')} folded`, ...headers.map(() => '')]
  const shown =
    hidden === 0 ? numbered : [...numbered.slice(0, firstSteps), gap, ...numbered.slice(firstSteps + hidden)]
  return [
    `<details><summary>${counted(rows.length, 'step')}</summary>`,
    '',
    ...table(['step', ...headers, 'changes'], shown),
    '',
    '</details>',
  ]
}

/** What else was found, a list for each rule. */
function lists(findings: readonly Finding[]): readonly Section[] {
  const others = findings.filter(({ steps, rule }) => steps.length === 0 || rule === 'linear/order')
  return [...new Set(others.map(({ rule }) => rule))].map(rule => {
    const own = others.filter(finding => finding.rule === rule)
    const items = own.slice(0, mostListed).map(({ where, says, token }) => {
      const replay = token === undefined ? '' : `, ${codeInText(replayLine(token))}`
      return `- ${text(where)}: ${text(says)}${replay}`
    })
    const more = own.length > mostListed ? [`- … ${grouped(own.length - mostListed)} more`] : []
    return { name: rule, lines: [`### ${own[0].level === 'error' ? '✖ ' : ''}${text(rule)}`, '', ...items, ...more] }
  })
}

/** What was run; what is not as expected first. */
function tables({ scopes, lockstep, mutants }: RunResult): readonly Section[] {
  const redFirst = <T extends { readonly ok: boolean }>(all: readonly T[]) => [
    ...all.filter(({ ok }) => !ok),
    ...all.filter(({ ok }) => ok),
  ]
  const scopeRow = (scope: ScopeResult) => [
    scope.ok ? '✔' : '✖',
    code(scopeName(scope)),
    text(scopeVerdict(scope)),
    ...[scope.states, scope.transitions, scope.depth].map(grouped),
  ]
  const lockstepRow = (result: LockstepResult) => [
    result.ok ? '✔' : '✖',
    code(result.name),
    text(`${result.driver}, ${result.geometry}`),
    text(lockstepVerdict(result)),
    grouped(result.compared),
  ]
  const killed = (verdict: string) => mutants.filter(mutant => mutant.verdict === verdict).length
  const section = (
    name: string,
    headers: readonly string[],
    rows: readonly (readonly string[])[],
  ): readonly Section[] => (rows.length === 0 ? [] : [{ name, lines: table(headers, rows) }])
  return [
    ...section('scopes', ['', 'scope', 'verdict', 'states', 'transitions', 'depth'], redFirst(scopes).map(scopeRow)),
    ...section('lockstep', ['', 'lockstep', 'how', 'verdict', 'compared'], redFirst(lockstep).map(lockstepRow)),
    ...(mutants.length === 0
      ? []
      : [
          {
            name: 'mutants',
            lines: [
              `${counted(mutants.length, 'mutant')}: ${grouped(killed('killed'))} killed, ${grouped(killed('equivalent'))} equivalent, ${grouped(killed('survived'))} survived.`,
            ],
          },
        ]),
  ]
}
