// What `mmspec spec check` finds, as a value and as a screen: each finding with its place, what was expected there, and
// what to do.

import { createPaint } from './paint.js'
import { counted, flow, oneLine } from './text.js'

export const specCheckSchema = 'mmspec/spec-check@1'

export interface SpecFinding {
  readonly file: string
  readonly line: number
  readonly says: string
  readonly next: string
}

export interface SpecCheckResult {
  readonly schema: typeof specCheckSchema
  readonly ok: boolean
  readonly chapters: number
  readonly rules: number
  readonly claims: number
  readonly examples: number
  readonly tables: number
  /** Files whose generated tables were written anew. */
  readonly written: readonly string[]
  readonly findings: readonly SpecFinding[]
}

export function renderSpecCheck(result: SpecCheckResult, options: { colour: boolean; width: number }): string {
  const paint = createPaint(options.colour)
  const { chapters, rules, claims, examples, tables, findings, written } = result
  const found = findings.flatMap(({ file, line, says, next }) => [
    `${paint.bad('✖')} ${paint.strong(`${oneLine(file)}:${line}`)}`,
    ...flow([oneLine(says)], { lead: '    ', separator: ' ', width: options.width }),
    ...flow([oneLine(next)], { lead: `    ${paint.faint('→')} `, separator: ' ', width: options.width }),
  ])
  const about = `${counted(chapters, 'chapter')}, ${counted(rules, 'rule')}, ${counted(claims, 'claim')}, ${counted(examples, 'example')}, ${counted(tables, 'table')}`
  const last = result.ok ? paint.good(`✔ ${about}`) : paint.bad(`✖ ${counted(findings.length, 'finding')} in ${about}`)
  return `${[...written.map(file => `wrote ${oneLine(file)}`), ...found, last].join('\n')}\n`
}
