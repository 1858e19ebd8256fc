// A run as a screen. Whatever a run holds is shown, so one function serves every verb; the line that matters most is
// the last one: how to replay what went wrong, or else what was found.

import { scopeSheet, systemLines, violations } from './check-screen.js'
import { disagreements, driverSheet } from './lockstep-screen.js'
import { mutantFaults, mutantsScreen } from './mutants-screen.js'
import { createPaint, type Page } from './paint.js'
import type { Cut, RunResult } from './result.js'
import { counted, flow, oneLine, withPlainText } from './text.js'
import { coverageFaults } from './verdicts.js'

export interface ScreenOptions {
  readonly colour: boolean
  readonly width: number
  /** Also every mutant, and which mutants only one claim notices. */
  readonly verbose?: boolean
}

/** The whole screen, a newline at the end. */
export function renderRun(given: RunResult, { colour, width, verbose = false }: ScreenOptions): string {
  const run = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const blocks = [...violations(run.scopes, page), ...disagreements(run.lockstep, page)]
  const parts = [
    flow([`mmspec ${run.verb}`, run.version].map(page.paint.faint), { lead: '', separator: ' · ', width }),
    ...(run.scopes.length === 0 ? [] : [scopeSheet(run.scopes, page)]),
    ...(run.coverage === undefined ? [] : [systemLines(run.coverage, page)]),
    ...(run.lockstep.length === 0 ? [] : [driverSheet(run.lockstep, page, verbose === true)]),
    ...(run.mutants.length + run.unkilled.length === 0 ? [] : [mutantsScreen(run, verbose, page)]),
    ...(blocks.length === 0 ? [conclusion(run, page)] : blocks),
  ]
  return `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`
}

/** The last lines alone, of a run whose parts were shown one by one: how all of it stands, and where its report is. */
export function renderVerdict(
  given: RunResult,
  { colour, width, report }: ScreenOptions & { readonly report: string },
): string {
  const page = { paint: createPaint(colour), width }
  const lines = flow([oneLine(report)], { lead: '  report  ', separator: ' ', width })
  return `${[...conclusion(withPlainText(given), page), ...lines].join('\n')}\n`
}

function conclusion(run: RunResult, { paint, width }: Page): readonly string[] {
  const line = (sign: string, parts: readonly string[], tone: (text: string) => string) =>
    flow(parts.map(tone), { lead: tone(`${sign} `), separator: ' · ', width })
  const faults = [...wrongNames(run), ...mutantFaults(run)]
  if (faults.length > 0) return line('✖', faults, paint.bad)
  const cuts = cutNames(run)
  if (cuts.length > 0)
    return line('…', [...cuts, 'nothing is known beyond: raise the limit, or lower a bound with --set'], paint.open)
  return run.ok ? line('✔', ['as expected', ...totals(run)], paint.good) : line('✖', ['not as expected'], paint.bad)
}

const wrongNames = (run: RunResult) => [
  ...[...run.scopes, ...run.lockstep]
    .filter(part => !part.ok && part.cut === undefined)
    .map(part => `not as expected: ${part.name}`),
  ...(run.coverage ?? [])
    .filter(part => coverageFaults(part).length > 0)
    .map(part => `not all reached: ${part.system}`),
  ...partsOf(run)
    .filter(part => !part.ok && part.cut === undefined)
    .map(part => `not as expected: ${part.verb}`),
]

/** What ran beside searches and lockstep. Orders and joined steps say of their own parts what cut them short. */
const partsOf = ({ conform, linear, granularity, museum, schedules, stress = [] }: RunResult) =>
  [
    conform,
    linear === undefined ? undefined : { ...linear, ...cutOf(linear.scopes) },
    granularity === undefined ? undefined : { ...granularity, ...cutOf(granularity.rows.map(row => row.fused)) },
    museum,
    schedules,
    ...stress,
  ].flatMap((part): readonly { verb: string; ok: boolean; cut?: Cut }[] => (part === undefined ? [] : [part]))

const cutOf = (parts: readonly { readonly cut?: Cut }[]) => {
  const cut = parts.find(part => part.cut !== undefined)?.cut
  return cut === undefined ? {} : { cut }
}

function cutNames(run: RunResult): readonly string[] {
  const parts = [...run.scopes, ...run.lockstep].flatMap(part =>
    part.cut === undefined ? [] : [`cut short by ${part.cut}: ${part.name}`],
  )
  const beside = partsOf(run).flatMap(({ cut, verb }) => (cut === undefined ? [] : [`cut short by ${cut}: ${verb}`]))
  return [...parts, ...beside, ...(run.cut === undefined ? [] : [`cut short by ${run.cut}`])]
}

/** How much was looked at: a bare "ok" says nothing. */
function totals(run: RunResult): readonly string[] {
  const claims = new Set(run.scopes.flatMap(scope => scope.claims.map(claim => claim.id))).size
  const compared = run.lockstep.reduce((sum, result) => sum + result.compared, 0)
  const counts = [
    [run.scopes.length, 'scope'],
    [claims, 'claim'],
    [compared, 'compared command'],
    [run.mutants.length, 'mutant'],
    [run.conform?.totals.asked ?? 0, 'recorded row'],
    [run.linear?.scopes.length ?? 0, 'interleaved scope'],
    [run.museum?.entries.length ?? 0, 'museum bug'],
    [run.schedules?.scenarios.reduce((sum, scenario) => sum + scenario.schedules, 0) ?? 0, 'schedule'],
  ] as const
  const said = counts.flatMap(([count, noun]) => (count === 0 ? [] : [counted(count, noun)]))
  return said.length === 0 ? ['nothing was run'] : said
}
