// The screens of `mmspec schedules` and `mmspec stress`: a line for each scenario, and what goes wrong with the token
// that shows it again.

import type { ScreenOptions } from './console.js'
import { createPaint, type Page } from './paint.js'
import type { ReplayOptions } from './replay.js'
import type { ScenarioRun, SchedulesResult, ScheduleTrace, StressResult } from './schedules-result.js'
import { type SheetRow, sheet } from './sheet.js'
import { counted, flow, grouped, withPlainText } from './text.js'
import { replayLine } from './verdicts.js'

const headers = ['scenario', 'geometry', 'schedules', 'steps', 'ends', 'allowed', 'rate']

/** The whole screen, a newline at the end. */
export function renderSchedules(given: SchedulesResult, { colour, width }: ScreenOptions): string {
  const result = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  return joined([
    flow(['mmspec schedules', result.version].map(page.paint.faint), { lead: '', separator: ' · ', width }),
    sheet(
      result.scenarios.map(run => rowOf(run, page)),
      headers,
      page,
    ),
    ...result.scenarios.filter(run => run.failure !== undefined).map(run => failureOf(run, page)),
    conclusion(result, page),
  ])
}

const joined = (parts: readonly (readonly string[])[]) => `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`

function rowOf(run: ScenarioRun, { paint }: Page): SheetRow {
  const { name, geometry, schedules, steps, answers, allowed, seconds, failing, ok, cut } = run
  const rate = seconds === undefined || seconds === 0 ? '' : `${grouped(Math.round(schedules / seconds))}/s`
  const tone = failing > 0 ? paint.bad : cut !== undefined || !ok ? paint.open : paint.good
  const verdict =
    failing > 0 ? `${grouped(failing)} go wrong` : cut === undefined ? 'all as allowed' : `cut short: ${cut}`
  const figures = [schedules, steps, answers.length, allowed.length].map(grouped)
  return { cells: [name, geometry, ...figures, rate], verdict, tone }
}

function failureOf({ name, failure }: ScenarioRun, { paint, width }: Page): readonly string[] {
  if (failure === undefined) return []
  const { about, says, token, schedule, steps, answers, places } = failure
  const line = (label: string, text: string) => flow([text], { lead: `  ${label.padEnd(10)}`, separator: ' ', width })
  return [
    ...flow([paint.bad(about), says], { lead: paint.bad('✖ '), separator: '   ', width }),
    ...line('scenario', name),
    ...line('schedule', `number ${grouped(schedule)}, ${counted(steps, 'step')}`),
    ...line('answers', answers),
    ...line('stand at', places.map((place, cpu) => `CPU ${cpu} ${place}`).join(', ')),
    ...line('replay', replayLine(token)),
    ...line('shorter', `npx mmspec shrink ${token}`),
  ]
}

function conclusion({ ok, cut, scenarios }: SchedulesResult, { paint, width }: Page): readonly string[] {
  const made = scenarios.reduce((sum, run) => sum + run.schedules, 0)
  const failing = scenarios.reduce((sum, run) => sum + run.failing, 0)
  const said = [
    counted(made, 'schedule'),
    failing === 0 ? 'none goes wrong' : `${grouped(failing)} go wrong`,
    ...(cut === undefined ? [] : [`cut short: ${cut}`]),
  ]
  const [sign, tone] = failing > 0 ? ['✖ ', paint.bad] : ok ? ['✔ ', paint.good] : ['… ', paint.open]
  return flow(said.map(tone), { lead: tone(sign), separator: ' · ', width })
}

const again = ({ geometry, mutant, cpus }: StressResult, seed: number): string =>
  [
    'npx mmspec stress',
    `--geometry ${geometry}`,
    `--cpus ${cpus}`,
    `--seed ${seed}`,
    ...(mutant === undefined ? [] : [`--mutant ${mutant}`]),
  ].join(' ')

export function renderStress(given: StressResult, { colour, width }: ScreenOptions): string {
  const { version, geometry, mutant, cpus, seed, rounds, commands, seconds, wrong, cut } = withPlainText(given)
  const paint = createPaint(colour)
  const edited = mutant === undefined ? [] : [`with mutant ${mutant}`]
  const head = ['mmspec stress', version, geometry, counted(cpus, 'CPU'), `seed ${seed}`, ...edited]
  const rate = seconds === undefined ? [] : [`${grouped(Math.round(commands / seconds))} commands/s`]
  const done = [counted(rounds, 'round'), counted(commands, 'command'), ...rate]
  const said = wrong === undefined ? 'everything that was seen has an explanation' : wrong.says
  const [sign, tone] =
    wrong !== undefined ? ['✖ ', paint.bad] : cut === undefined ? ['✔ ', paint.good] : ['… ', paint.open]
  return joined([
    flow(head.map(paint.faint), { lead: '', separator: ' · ', width }),
    [
      ...flow(done, { lead: '  ', separator: ' · ', width }),
      ...flow([tone(said), ...(cut === undefined ? [] : [tone(`cut short: ${cut}`)])], {
        lead: tone(sign),
        separator: ' · ',
        width,
      }),
      ...(wrong === undefined ? [] : [`  again     ${again(given, wrong.seed)}`]),
    ],
  ])
}

/** One schedule: a line for each stretch that a CPU runs, with the points it passes. */
export function renderSchedule(given: ScheduleTrace, { colour, width, until }: ScreenOptions & ReplayOptions): string {
  const { scenario, geometry, scripts, steps, answers, wrong } = withPlainText(given)
  const paint = createPaint(colour)
  const shown = steps.slice(0, until)
  const lines: string[] = []
  for (let from = 0; from < shown.length; ) {
    let to = from + 1
    while (to < shown.length && shown[to].cpu === shown[from].cpu && !shown[to].deviates) to++
    const { cpu, deviates } = shown[from]
    const lead = `${String(from).padStart(4)}  CPU ${cpu}  `
    const places = shown.slice(from, to).map(({ at }) => at)
    lines.push(...flow(places, { lead: deviates ? paint.open(lead) : lead, separator: ' → ', width }))
    from = to
  }
  const scriptsSaid = scripts.flatMap((script, cpu) =>
    flow(
      script.map((command, i) => `${command} → ${answers[cpu][i] ?? 'not over'}`),
      { lead: `  CPU ${cpu}  `, separator: ' · ', width },
    ),
  )
  const end =
    wrong === undefined
      ? [paint.good(`✔ nothing goes wrong in these ${steps.length} steps`)]
      : flow([paint.bad(wrong.about), wrong.says], { lead: paint.bad('✖ '), separator: '   ', width })
  return joined([[paint.strong(`${scenario}, ${geometry}`), ...scriptsSaid], lines, end])
}
