// Places of a state and what changes there, as a reader says them: `spaces[0].pages[1].entry` is the entry of page 1 of
// space 0. Changes of one place stand together, those of memory before those of figures that only follow from them.

import type { Change } from '../result.js'
import { html, type Markup } from './markup.js'
import { isUnderWay, progress } from './progress.js'

/** Lists whose members are not called as the list is, without its last letter. */
const members: { readonly [list: string]: string } = {
  processes: 'process',
  cpus: 'CPU',
  tlb: 'translation',
  directory: 'table',
  nodes: 'record',
  kernel: 'kernel page',
}

interface Spoken {
  /** `space 0, page 1`; empty for what is of the whole state. */
  readonly where: string
  /** `entry`, `limits memlock`; empty for a place that is no leaf. */
  readonly what: string
}

export function spoken(path: string): Spoken {
  if (!isVisible({ path })) {
    const { where, what } = spoken(path.slice('ghost.'.length))
    return { where: ['claims know', ...(where === '' ? [] : [where])].join(' of '), what }
  }
  const cpu = /^cpu (\d+)$/.exec(path)
  if (cpu !== null) return { where: `CPU ${cpu[1]}`, what: 'under way' }
  const [, listed = '', what = ''] = /^((?:\w+\[\d+\]\.?)*)(.*)$/.exec(path) ?? []
  const where = [...listed.matchAll(/(\w+)\[(\d+)\]/g)].map(
    ([, list, number]) => `${members[list] ?? list.replace(/s$/, '')} ${number}`,
  )
  return { where: where.join(', '), what: what.replaceAll('.', ' ') }
}

/** The whole place in a few words. */
export function placeSaid(path: string): string {
  const { where, what } = spoken(path)
  return [where, what].filter(text => text !== '').join(': ')
}

/** Whether a path is a place or lies in it. */
export const isWithin = (path: string, place: string): boolean =>
  path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`)

/** Ghosts are what claims remember, not what the machine has. */
export const isVisible = ({ path }: { readonly path: string }): boolean => !path.startsWith('ghost.')

/** Figures that follow from what else has changed. */
const followsFrom = /^(?:users|regions|mapped|locked|limits\b.*)$/

/** Values that name where something is: `present(frame 0, rights rw)` reads as `frame 0, rw`. */
export const valueSaid = (value: string): string =>
  value.replace(/^(?:present|resident|swapped|stored)\((.*)\)$/, '$1').replace(/\brights /, '')

interface Changed {
  readonly where: string
  readonly whats: readonly (Change & { readonly what: string })[]
}

/** The places that changed, those that tell most first, and last what only claims know. */
export function changedPlaces(diff: readonly Change[]): readonly Changed[] {
  const places = new Map<string, (Change & { readonly what: string })[]>()
  for (const change of [...diff.filter(isVisible), ...diff.filter(one => !isVisible(one))]) {
    const { where, what } = spoken(change.path)
    const known = places.get(where) ?? []
    places.set(where, [...known, { ...change, what }])
  }
  const all = [...places].map(([where, whats]) => ({ where, whats }))
  const isTelling = ({ whats }: Changed) => whats.some(one => isVisible(one) && !followsFrom.test(one.what))
  return [...all.filter(isTelling), ...all.filter(place => !isTelling(place))]
}

/** What a step changed, a line for each place. */
export function changeList(diff: readonly Change[]): Markup {
  const places = changedPlaces(diff)
  if (places.length === 0) return html`<ul class="changes"><li>nothing changed</li></ul>`
  return html`<ul class="changes">${places.map(
    ({ where, whats }) =>
      html`<li><b>${where}</b> ${whats.map(one => (isUnderWay(one) ? went(one) : html`<span>${one.what} <del>${valueSaid(one.from)}</del> <ins>${valueSaid(one.to)}</ins></span> `))}</li>`,
  )}</ul>`
}
/** Where an operation stands now; that it is over is said by its answer. */
function went(change: Change): Markup {
  const { held, next } = progress(change)
  if (next === '') return html`<span>idle again</span>`
  return html`<span>${held.length === 0 ? null : html`has in hand <ins>${held.join(', ')}</ins>; `}goes on to <ins>${next}</ins></span>`
}

/** The same as texts for a line: what claims know has its place in the list. */
export function changesInLine(diff: readonly Change[]): readonly string[] {
  return changedPlaces(diff.filter(isVisible)).map(({ where, whats }) => {
    const telling = whats.filter(({ what }) => !followsFrom.test(what))
    const shown = (telling.length > 0 ? telling : whats).map(({ what, from, to }) =>
      `${what} ${valueSaid(from)} → ${valueSaid(to)}`.trim(),
    )
    return [where, shown.join(', ')].filter(text => text !== '').join(': ')
  })
}
