// The explorer at a prompt: where the way has come to, what changed last, what can be done next by number, and how much is
// refused. Lists are cut where a reader would lose the place; `list` and `refused` show the rest.

import type { ScreenOptions } from './console.js'
import type { ExploreView, Possible } from './explore-result.js'
import { createPaint, type Page } from './paint.js'
import type { Change } from './result.js'
import { flow, grouped, withPlainText } from './text.js'

/** Commands that are listed without being asked for. */
const listed = 30

export function renderHere(given: ExploreView, { colour, width }: ScreenOptions): string {
  const view = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  return `${[...where(view, page), ...claims(view, page), ...next(view, page)].join('\n')}\n`
}

/** What can be done, all of it or what has a word in it. */
export function renderHereList(given: ExploreView, word: string, { colour, width }: ScreenOptions): string {
  const { possible } = withPlainText(given)
  const page = { paint: createPaint(colour), width }
  const rows = possible.flatMap((one, i) => (textOf(one).includes(word) ? row(one, i, page) : []))
  return `${(rows.length === 0 ? ['nothing that can be done here has that in it'] : rows).join('\n')}\n`
}

function where({ trace: { steps, initial }, scope, mutant, bounds }: ExploreView, page: Page): readonly string[] {
  const last = steps.at(-1)
  const name = mutant === undefined ? scope : `${scope} with mutant ${mutant}`
  if (last === undefined) {
    const head = flow([page.paint.strong(name), ...bounds], { lead: '', separator: ' · ', width: page.width })
    return [...head, `  0  the first state, in ${initial.length} parts`]
  }
  return [
    ...flow([page.paint.strong(last.command), `→ ${last.outcome}`, ...last.choices], {
      lead: `${String(steps.length).padStart(3)}  `,
      separator: '  ',
      width: page.width,
    }),
    ...changes(last.diff, page),
  ]
}

const changes = (diff: readonly Change[], { width }: Page): readonly string[] =>
  diff.length === 0
    ? ['     unchanged']
    : diff.flatMap(({ path, from, to }) => flow([`${path}: ${from} → ${to}`], { lead: '     ', separator: ' ', width }))

function claims({ violated, claims: all }: ExploreView, { paint, width }: Page): readonly string[] {
  const asked = all.filter(({ is }) => is !== 'unasked').length
  if (violated.length === 0)
    return [`     ${paint.good(`✔ no claim is violated here, of ${grouped(asked)} that are asked`)}`]
  return violated.flatMap(({ id, witness }) =>
    flow([paint.bad(id), witness.says], { lead: `   ${paint.bad('✖')} `, separator: '   ', width }),
  )
}

function next({ possible, refused }: ExploreView, page: Page): readonly string[] {
  const [active, idle] = [true, false].map(changing =>
    possible.flatMap((one, i) => (one.changes === changing ? [{ one, i }] : [])),
  )
  const shown = active.slice(0, listed)
  const more = [
    ...(active.length > shown.length ? [`${active.length - shown.length} more ('list', 'list word')`] : []),
    ...(idle.length > 0 ? [`${idle.length} that change nothing ('list')`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused ('refused')`] : []),
  ]
  return [
    '',
    ...(shown.length === 0 ? ['  nothing here changes anything'] : shown.flatMap(({ one, i }) => row(one, i, page))),
    ...(more.length === 0
      ? []
      : flow(more.map(page.paint.faint), { lead: '  and  ', separator: ' · ', width: page.width })),
  ]
}

const textOf = ({ command, under = '', outcome, choices }: Possible): string =>
  [command, under, outcome, ...choices].join(' ')

const row = ({ command, under, outcome, choices, changes: changing }: Possible, i: number, { paint, width }: Page) =>
  flow(
    [
      under === undefined ? command : `${command} ${under}`,
      paint.faint([`→ ${outcome}`, ...choices, ...(changing ? [] : ['unchanged'])].join(' · ')),
    ],
    {
      lead: `${String(i + 1).padStart(4)}  `,
      separator: '  ',
      width,
    },
  )
