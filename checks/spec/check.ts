// `mmspec spec check`: whether the specification, the code and the claims still say the same. Everything that can be
// wrong is a finding with its place; each kind of finding has a test that shows it on a small text.

import { writeFileSync } from 'node:fs'
import { operations } from '../../model/index.js'
import { type SpecCheckResult, specCheckSchema } from '../../reports/index.js'
import { traceFindings } from '../trace/trace.js'
import { type Chapter, chapters, type Finding, otherTexts, root, texts } from './chapters.js'
import { citations, deadCitations, stepTable, unmentioned } from './citations.js'
import { examplesOf, hiddenExamples, runExample, unmarkedExamples, unreadExamples } from './examples.js'
import { deadLinks } from './links.js'
import { ambiguous, rulesOf, uncited } from './rules.js'
import { misshapen } from './shape.js'
import { refreshed, staleTables, tables, undrawnSteps, unshownTables } from './tables.js'
import { claimedChapters, claimsOfMachine, claimsOfModel } from './tabulate.js'

/** Chapters that have the fixed shape: those that claims are about, and the differences of profiles. */
export const shaped = (all: readonly Chapter[]): readonly Chapter[] => {
  const names = new Set([...claimedChapters, 'profiles'].map(name => `spec/${name}.md`))
  return all.filter(({ file }) => names.has(file))
}

/** Writes every generated table and source anew; answers the files that it changed. */
export function updateSpec(): readonly string[] {
  return texts().flatMap(({ file, text }) => {
    const now = refreshed(text)
    if (now === text) return []
    writeFileSync(`${root}${file}`, now)
    return [file]
  })
}

/** Everything but the examples. */
export function textFindings(others = otherTexts()): readonly Finding[] {
  const all = texts()
  const spec = chapters()
  const claims = [...claimsOfModel, ...claimsOfMachine]
  const cited = citations()
  return [
    ...[...all, ...others].flatMap(deadLinks),
    ...deadCitations(cited, spec),
    ...all.flatMap(hiddenExamples),
    ...all.flatMap(unmarkedExamples),
    ...unreadExamples(others, all),
    ...shaped(spec).flatMap(misshapen),
    ...ambiguous(shaped(spec).flatMap(rulesOf)),
    ...uncited(
      shaped(spec).flatMap(rulesOf),
      [...operations.map(({ about }) => about.rule), ...claims.map(({ rule }) => rule)],
      cited,
    ),
    ...unmentioned(claims, spec),
    ...operations.flatMap(operation => stepTable(operation, spec)),
    ...all.flatMap(({ file, text }) => staleTables(file, text)),
    ...unshownTables(spec),
    ...undrawnSteps(spec),
    ...traceFindings(),
  ]
}

/** The whole check. `written` are files whose tables were brought up to date before. */
export function checkSpec(written: readonly string[] = []): SpecCheckResult {
  const examples = texts().flatMap(examplesOf)
  const findings = [...textFindings(), ...examples.flatMap(example => runExample(example))]
  return {
    schema: specCheckSchema,
    ok: findings.length === 0,
    chapters: shaped(chapters()).length,
    rules: shaped(chapters()).flatMap(rulesOf).length,
    claims: claimsOfModel.length + claimsOfMachine.length,
    examples: examples.length,
    tables: tables.size,
    written,
    findings,
  }
}
