// A run as SARIF 2.1.0, in the part of it that GitHub's code scanning reads: a rule for each claim, a result for each
// finding, and the trace as the code flow to it, a thread for each CPU. Fingerprints are of the claim and the way to where
// it is violated, so the next run finds the same alert again.

import { foldChanges } from './diff.js'
import { type Finding, type FoundStep, otherRules } from './finding.js'
import { findingsOf } from './findings.js'
import { exitCode, type RunResult, type Source } from './result.js'
import { counted, withPlainText } from './text.js'
import { replayLine, ruleFile } from './verdicts.js'

export interface SarifOptions {
  /** Where the repository's files can be read, ending in a slash: rules then link to their chapters. */
  readonly base?: string
}

/** GitHub keeps this many results of a run, and rejects a run with five times as many. */
const mostResults = 5000
/** … and shows this many steps of one. */
const mostSteps = 1000

/** The whole file. */
export function renderSarif(given: RunResult, { base }: SarifOptions = {}): string {
  const run = withPlainText(given)
  const findings = findingsOf(run)
  const shown = findings.slice(0, mostResults)
  const rules = rulesOf(run, shown)
  const number = new Map(rules.map(({ id }, i) => [id, i]))
  const left = findings.length - shown.length
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'mmspec', version: run.version, rules: rules.map(rule => descriptor(rule, base)) } },
        automationDetails: { id: `mmspec-${run.verb}/` },
        columnKind: 'unicodeCodePoints',
        invocations: [
          {
            executionSuccessful: run.cut === undefined,
            exitCode: exitCode(run),
            ...(left === 0 ? {} : { toolExecutionNotifications: [leftOut(left)] }),
          },
        ],
        results: shown.map(finding => resultOf(finding, number.get(finding.rule) ?? -1)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 1)}\n`
}

const leftOut = (left: number) => ({
  level: 'warning',
  message: { text: `${counted(left, 'more finding')} left out: no more than ${mostResults} are kept of a run` },
})

interface Rule {
  readonly id: string
  readonly says: string
  /** Chapter and anchor in spec/, where there is one. */
  readonly rule: string
}

/** Every claim that the run judged, and what else was found. */
function rulesOf(run: RunResult, findings: readonly Finding[]): readonly Rule[] {
  const rules = new Map<string, Rule>()
  for (const { id, says, rule } of run.scopes.flatMap(scope => scope.claims)) rules.set(id, { id, says, rule })
  for (const { rule: id } of findings)
    if (!rules.has(id)) rules.set(id, { id, says: otherRules.get(id) ?? `the implementation keeps ${id}`, rule: '' })
  return [...rules.values()]
}

function descriptor({ id, says, rule }: Rule, base: string | undefined) {
  const chapter = rule === '' ? '' : ruleFile(rule)
  const help = [`It is claimed that ${says}.`, ...(chapter === '' ? [] : [`The rule is in ${chapter}.`])].join(' ')
  return {
    id,
    shortDescription: { text: cutAt(says, 1000) },
    fullDescription: { text: cutAt(says, 1000) },
    help: { text: help },
    // The standard wants an absolute address, which only the caller can know.
    ...(base === undefined || chapter === '' ? {} : { helpUri: base + ruleUri(chapter) }),
    defaultConfiguration: { level: id === 'run/cut-short' ? 'warning' : 'error' },
    properties: { tags: [id.split('/')[0]] },
  }
}
const cutAt = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most)}…`)

function resultOf(finding: Finding, ruleIndex: number) {
  const { rule, level, where, says, source, also, steps, token, identity } = finding
  const told = steps.map(({ command, outcome }, i) => `${i + 1}  ${command} → ${outcome}`)
  const replay = token === undefined ? [] : [replayLine(token)]
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: [`${says} (${where})`, ...told, ...replay].join('\n') },
    locations: [located(source)],
    ...(also.length === 0
      ? {}
      : { relatedLocations: also.map((it, i) => ({ id: i, ...located(it.source, it.says) })) }),
    partialFingerprints: { 'mmspecTrace/v1': `${rule} ${identity}` },
    ...(steps.length === 0 ? {} : { codeFlows: [{ threadFlows: threads(finding) }] }),
    properties: { where, ...(token === undefined ? {} : { token }) },
  }
}

/** A thread for each CPU that has steps, and one for the hardware's; the order of all is kept. */
function threads({ steps, source }: Finding) {
  const first = Math.max(0, steps.length - mostSteps)
  const lanes = new Map<string, object[]>()
  for (const [i, step] of steps.entries()) {
    if (i < first) continue
    const lane = /^cpu \d+(?=: )/.exec(step.command)?.[0] ?? 'commands'
    lanes.set(lane, [...(lanes.get(lane) ?? []), threadStep(step, i, i === steps.length - 1, source)])
  }
  return [...lanes].map(([id, locations]) => ({ id, locations }))
}

function threadStep(step: FoundStep, index: number, isLast: boolean, nearest: Source) {
  const changes = foldChanges(step.diff).join('; ')
  const text = `${index + 1}  ${step.command} → ${step.outcome}${changes === '' ? '' : `: ${changes}`}`
  return {
    location: located(step.source ?? nearest, text),
    executionOrder: index + 1,
    importance: isLast ? 'essential' : 'important',
  }
}

function located({ file, line }: Source, says?: string) {
  const physicalLocation = {
    artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
    region: { startLine: Math.max(1, line) },
  }
  return says === undefined ? { physicalLocation } : { physicalLocation, message: { text: says } }
}

/** A path as a relative reference: whatever is in a name is part of the name. */
const uriOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/** A chapter, and the place in it. */
function ruleUri(rule: string): string {
  const [chapter, ...anchor] = rule.split('#')
  return uriOf(chapter) + (anchor.length === 0 ? '' : `#${encodeURIComponent(anchor.join('#'))}`)
}
