// The screens of `mmspec museum`: a line for each entry, and the story of one with the way that leads to it.

import type { ScreenOptions } from './console.js'
import type { MuseumEntry, MuseumResult } from './museum-result.js'
import { createPaint, type Page } from './paint.js'
import { type SheetRow, sheet } from './sheet.js'
import { type StepRow, stepTable } from './steps.js'
import { counted, flow, grouped, withPlainText } from './text.js'
import { answerOf, ruleFile } from './verdicts.js'

const headers = ['entry', 'year', 'claim', 'found at', 'commands', 'states', 'as it is']

/** The whole screen, a newline at the end. */
export function renderMuseum(given: MuseumResult, { colour, width }: ScreenOptions): string {
  const result = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const parts = [
    flow(['mmspec museum', result.version].map(page.paint.faint), { lead: '', separator: ' · ', width }),
    ...(result.entries.length === 0
      ? []
      : [
          sheet(
            result.entries.map(entry => rowOf(entry, page)),
            headers,
            page,
          ),
        ]),
    ...(result.outOfReach.length === 0 ? [] : [beyond(result, page)]),
    ...result.entries.filter(entry => !entry.ok).map(entry => wrong(entry, page)),
    conclusion(result, page),
  ]
  return joined(parts)
}

const joined = (parts: readonly (readonly string[])[]) => `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`

function rowOf(entry: MuseumEntry, { paint }: Page): SheetRow {
  const { id, year, breaks, found, fixed } = entry
  const figures =
    found === undefined ? ['', '', ''] : [found.granularity, grouped(found.steps.length), grouped(found.states)]
  const tone = entry.cut !== undefined ? paint.open : entry.ok ? paint.good : paint.bad
  return {
    cells: [id, year, breaks.id, ...figures, fixed === undefined ? '' : grouped(fixed.states)],
    verdict: verdictOf(entry),
    tone,
  }
}

function verdictOf({ ok, cut, found, fixed, breaks }: MuseumEntry): string {
  if (ok) return 'found, and holds as it is'
  if (cut !== undefined) return `cut short: ${cut}`
  if (found === undefined) return 'not found'
  if (found.by !== breaks.id) return `found by ${found.by}`
  return `violated as it is: ${fixed?.by ?? 'unknown'}`
}

function beyond({ outOfReach }: MuseumResult, { paint, width }: Page): readonly string[] {
  return [
    paint.strong('out of reach'),
    ...outOfReach.flatMap(({ id, title, lacks }) =>
      flow([id, title, `lacks ${lacks.join(', ')}`], { lead: '  ', separator: ' · ', width }),
    ),
  ]
}

const wrong = (entry: MuseumEntry, { paint, width }: Page) =>
  flow([paint.bad(entry.id), verdictOf(entry)], { lead: paint.bad('✖ '), separator: ' · ', width })

function conclusion({ ok, cut, entries, outOfReach }: MuseumResult, { paint, width }: Page): readonly string[] {
  const good = entries.filter(entry => entry.ok).length
  const said = [
    `${grouped(good)} of ${counted(entries.length, 'entry').replace(/ys$/, 'ies')} as promised`,
    ...(outOfReach.length === 0 ? [] : [`${grouped(outOfReach.length)} out of reach`]),
    ...(cut === undefined ? [] : [`cut short: ${cut}`]),
  ]
  const [sign, tone] = ok ? ['✔ ', paint.good] : cut === undefined ? ['✖ ', paint.bad] : ['… ', paint.open]
  return flow(said.map(tone), { lead: tone(sign), separator: ' · ', width })
}

/** The story of an entry: what happened, how it is made here, the shortest way, and that the model as it is holds. */
export function renderMuseumEntry(given: MuseumEntry, { colour, width }: ScreenOptions): string {
  const entry = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const { paint } = page
  const text = (said: string) => flow([said], { lead: '', separator: ' ', width })
  const line = (label: string, parts: readonly string[]) =>
    parts.length === 0 ? [] : flow(parts, { lead: `  ${label.padEnd(11)}`, separator: ' · ', width })
  return joined([
    [...flow([paint.strong(entry.title), entry.id], { lead: '', separator: ' · ', width })],
    [
      ...line('where', entry.systems),
      ...line('when', [entry.year]),
      ...line('source', [entry.source]),
      ...line('needs', entry.ingredients),
    ],
    ...entry.story.map(text),
    text(`Mended: ${entry.fix}`),
    [
      paint.strong(`in this model: ${entry.likeness}`),
      ...text(entry.here),
      ...line('edit', [`${entry.operation}: ${entry.edit}`]),
      ...line('bounds', entry.bounds),
      ...line('operations', entry.operations),
      ...line('given', entry.given),
      ...line('breaks', [entry.breaks.id, entry.breaks.says, paint.faint(ruleFile(entry.breaks.rule))]),
    ],
    ...way(entry, page),
    endOf(entry, page),
  ])
}

function way({ found }: MuseumEntry, page: Page): readonly (readonly string[])[] {
  if (found === undefined) return []
  const { paint, width } = page
  const rows = found.steps.map(
    (step, i): StepRow => ({
      number: String(i + 1),
      command: step.command,
      answers: [`→ ${answerOf(step)}`],
      diff: step.diff,
      wrong: i === found.steps.length - 1,
    }),
  )
  const figures = [
    `shortest: ${counted(found.steps.length, 'command')}`,
    `granularity ${found.granularity}`,
    counted(found.states, 'state'),
  ]
  return [
    [
      ...flow([paint.bad(found.by), found.says], { lead: paint.bad('✖ '), separator: '   ', width }),
      ...flow(figures, { lead: '  ', separator: ' · ', width }),
    ],
    stepTable(rows, page),
  ]
}

function endOf(entry: MuseumEntry, { paint, width }: Page): readonly string[] {
  const { fixed, ok } = entry
  const tone = ok ? paint.good : paint.bad
  const said =
    ok && fixed !== undefined
      ? ['without the edit it holds (exhaustive)', counted(fixed.states, 'state')]
      : [verdictOf(entry)]
  return flow(said.map(tone), { lead: tone(ok ? '✔ ' : '✖ '), separator: ' · ', width })
}
