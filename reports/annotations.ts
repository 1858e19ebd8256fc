// Workflow commands that GitHub Actions shows beside the lines they name. One for each rule, because a broken claim is
// often broken in thirty scopes; ten in all, because no more are shown of a step, and the last says what was left out.

import type { Finding } from './finding.js'
import { findingsOf } from './findings.js'
import type { RunResult } from './result.js'
import { grouped } from './text.js'
import { replayLine } from './verdicts.js'

const most = 10

/** The lines, empty for a run that is as expected. */
export function renderAnnotations(run: RunResult): string {
  const groups = [...byRule(findingsOf(run)).values()]
  const shown = groups.length <= most ? groups : groups.slice(0, most - 1)
  const left = groups.slice(shown.length)
  const lines = [...shown.map(annotation), ...(left.length === 0 ? [] : [leftOut(left)])]
  return lines.map(line => `${line}\n`).join('')
}

function byRule(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, readonly Finding[]>()
  for (const finding of findings) groups.set(finding.rule, [...(groups.get(finding.rule) ?? []), finding])
  return groups
}

function annotation(group: readonly Finding[]): string {
  const [first, ...others] = group
  const { level, rule, where, says, source, token } = first
  const more = others.length === 0 ? '' : `, and ${grouped(others.length)} more like it`
  const message = [
    `${says} (${where}${more})`,
    ...first.steps.map(({ command, outcome }, i) => `${i + 1}  ${command} → ${outcome}`).slice(-mostSteps),
    ...(token === undefined ? [] : [replayLine(token)]),
  ]
  return command(level, { file: source.file, line: String(source.line), title: rule }, message.join('\n'))
}
/** The end of a long trace: an annotation is a note beside a line. */
const mostSteps = 8

function leftOut(groups: readonly (readonly Finding[])[]): string {
  const rules = groups.map(([{ rule }]) => rule)
  return command('error', { title: 'mmspec' }, `${grouped(rules.length)} more not shown here: ${rules.join(', ')}`)
}

/** `::error file=…,line=…::…`: the message ends with the line, properties also at a comma. */
function command(level: Finding['level'], properties: { readonly [name: string]: string }, message: string): string {
  const given = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`)
  return `::${level} ${given.join(',')}::${data(message)}`
}
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
