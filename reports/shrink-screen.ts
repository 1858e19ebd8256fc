// The screen of `mmspec shrink`: how long the trace was and is, what it fails, whether something shorter was looked for,
// the trace as replay shows it, and what to do with it next.

import { createPaint, type Page } from './paint.js'
import { type ReplayOptions, renderReplay, renderSideBySide } from './replay.js'
import { renderSchedule } from './schedules-screen.js'
import type { SearchedWith, ShrinkResult } from './shrink-result.js'
import { counted, flow, withPlainText } from './text.js'
import { replayLine } from './verdicts.js'

export function renderShrink(given: ShrinkResult, options: Omit<ReplayOptions, 'until'>): string {
  const result = withPlainText(given)
  const page = { paint: createPaint(options.colour), width: options.width }
  return `${head(result, page).join('\n')}\n\n${shownTrace(given, options)}\n${next(result, page).join('\n')}\n`
}

function head(result: ShrinkResult, { paint, width }: Page): readonly string[] {
  const { before, after, about, says, scope, mutant, tried, cut, commands, granularity } = result
  const name = mutant === undefined ? scope : `${scope} with mutant ${mutant}`
  const lengths =
    commands === undefined
      ? shorter({ before, after }, 'command')
      : `${shorter(commands, 'command')} · ${shorter({ before, after }, 'departure')} from the usual course`
  const line = (label: string, parts: readonly string[]) =>
    flow(parts, { lead: `  ${label.padEnd(9)}`, separator: ' · ', width })
  return [
    ...flow([paint.bad(about), paint.strong(lengths), name], { lead: paint.bad('✖ '), separator: '   ', width }),
    ...line('says', [says]),
    ...(granularity === undefined ? [] : line('at', granularitySaid(granularity))),
    ...line('tried', [counted(tried, 'trace'), searchSaid(result)]),
    ...(cut === undefined ? [] : line('cut', [paint.open(`cut short: ${cut}; this is the best so far`)])),
  ]
}

const shorter = ({ before, after }: { readonly before: number; readonly after: number }, noun: string): string =>
  before === after ? `${counted(after, noun)}, as before` : `${before} → ${counted(after, noun)}`

const granularitySaid = ({ before, after }: NonNullable<ShrinkResult['granularity']>): readonly string[] =>
  before === after
    ? [`granularity ${after}`]
    : [`granularity ${after}`, `where ${before} was given: fewer others in between show the same`]

const given: { readonly [W in SearchedWith]: string } = {
  arguments: 'these operations and arguments',
  operations: 'these operations',
  scope: 'all of the scope',
}
function searchSaid({ shortest, schedule }: ShrinkResult): string {
  if (schedule !== undefined) return 'of fewer commands, every schedule with as many preemptions'
  return shortest === null
    ? 'no search for a shorter one came to its end'
    : `a search with ${given[shortest]} found no shorter one`
}

function shownTrace({ trace, lockstep, schedule }: ShrinkResult, options: Omit<ReplayOptions, 'until'>): string {
  if (trace !== undefined) return renderReplay(trace, options)
  if (lockstep !== undefined) return renderSideBySide(lockstep, options)
  return schedule === undefined ? '' : renderSchedule(schedule, options)
}

function next({ token }: ShrinkResult, { paint, width }: Page): readonly string[] {
  const line = (label: string, text: string) => flow([text], { lead: `  ${label.padEnd(9)}`, separator: ' ', width })
  return [...line('replay', paint.strong(replayLine(token))), ...line('keep', `npx mmspec keep ${token} --as <name>`)]
}
