// One counterexample, or one disagreement between model and machine, as a section of a Markdown document.

import { foldChanges } from './diff.js'
import { code, codeInText, copied, table, text } from './markdown-text.js'
import type { Change, ClaimResult, LockstepResult, ScopeResult, Trace } from './result.js'
import { counted } from './text.js'
import { answerOf, granularitySaid, replayLine, ruleFile, scopeName } from './verdicts.js'

type Section = readonly string[]

export function counterexample(claim: ClaimResult, scope: ScopeResult): readonly Section[] {
  const { witness, trace } = claim
  const places = (witness?.places ?? []).map(codeInText).join(', ')
  return [
    [`## ${scope.ok ? 'Violated as expected' : '✖ Violated'}: ${text(claim.id)}`],
    facts([
      ['Claim', text(claim.says)],
      ['Witness', witness === undefined ? '' : text(witness.says) + (places === '' ? '' : ` (at ${places})`)],
      ['Rule', claim.rule === '' ? '' : codeInText(ruleFile(claim.rule))],
      [
        'Scope',
        `${codeInText(scopeName(scope))} with ${scope.bounds.map(text).join(', ')}, ${text(scope.granularity)}`,
      ],
      [
        'Shortest',
        trace === undefined ? 'no trace' : counted(trace.steps.length, 'command') + text(granularitySaid(claim)),
      ],
    ]),
    ...(trace === undefined ? [] : [steps(trace), initial(trace), copied(replayLine(trace.token))]),
  ]
}

/** A list, so that each fact has its line in every reader; a fact without content is left out. */
const facts = (entries: readonly (readonly [string, string])[]): Section =>
  entries.flatMap(([name, value]) => (value === '' ? [] : [`- **${name}**: ${value}`]))

function steps({ steps }: Trace): Section {
  const rows = steps.map((step, i) => [
    mark(i, steps.length),
    [code(step.command), ...step.choices.map(text)].join('<br>'),
    code(answerOf(step)),
    step.rule === '' ? '' : code(ruleFile(step.rule)),
    changes(step.diff),
  ])
  return table(['step', 'command', 'outcome', 'rule', 'changes'], rows)
}

const mark = (i: number, count: number) => (i === count - 1 ? `✖ ${i + 1}` : String(i + 1))

const changes = (diff: readonly Change[]) =>
  diff.length === 0 ? 'unchanged' : foldChanges(diff).map(code).join('<br>')

function initial({ initial }: Trace): Section {
  const rows = initial.map(({ path, value }) => [code(path), code(value)])
  const summary = `<details><summary>Initial state, ${counted(initial.length, 'place')}</summary>`
  return [summary, '', ...table(['place', 'value'], rows), '', '</details>']
}

export function disagreement(result: LockstepResult): readonly Section[] {
  const found = result.disagreement
  if (found === undefined) return []
  const rows = found.steps.map((step, i) => [
    mark(i, found.steps.length),
    code(step.command),
    code(step.model),
    code(step.machine),
    step.rule === '' ? '' : code(ruleFile(step.rule)),
    changes(step.diff),
  ])
  return [
    [`## ✖ Model and machine disagree about ${text(found.about)}`],
    facts([
      ['Found', text(found.says)],
      ['Driver', `${text(result.name)}, ${result.driver}, ${text(result.geometry)}`],
      ['First place that differs', codeInText(found.place)],
      ['Model', codeInText(found.model)],
      ['Machine', codeInText(found.machine)],
      ['Commands', String(found.steps.length)],
    ]),
    table(['step', 'command', 'model', 'machine', 'rule', 'changes'], rows),
    copied(replayLine(found.token)),
  ]
}
