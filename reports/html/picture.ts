// The memory picture: CPUs with what they keep, address spaces with their pages, frames, slots and objects, as boxes that
// say in words what they lead to. What a step changed is marked, what a violation is about is outlined. Arrows are drawn
// over it by the page's script; without it the words are enough.

import { html, type Markup } from './markup.js'
import { type Shot, variantOf } from './states.js'

/** Whether the picture can show this state: it has pages and frames. */
export const canDraw = ({ leaves }: Shot): boolean => leaves.has('frames[0].references')

interface Drawing {
  readonly shot: Shot
  /** Paths that the violation is about, in the state where it shows. */
  readonly wrong: readonly string[]
  /** Makes ids of one state differ from those of others. */
  readonly prefix: string
}

export function picture(shot: Shot, wrong: readonly string[], prefix: string): Markup {
  const drawing: Drawing = { shot, wrong, prefix }
  const rows = [cpus(drawing), spaces(drawing), frames(drawing), objects(drawing), slots(drawing)]
  return html`<div class="picture">${rows.flatMap(row => (row === null ? [] : [row]))}</div>`
}

const row = (name: string, boxes: readonly Markup[]): Markup | null =>
  boxes.length === 0 ? null : html`<div class="row"><h4>${name}</h4><div class="boxes">${boxes}</div></div>`

/** How many members a list has: the state names each. */
function members({ shot }: Drawing, list: string): readonly number[] {
  const found = new Set<number>()
  for (const path of shot.leaves.keys()) {
    if (path.startsWith(`${list}[`)) found.add(Number(path.slice(list.length + 1, path.indexOf(']', list.length))))
  }
  return [...found]
}
const leaf = ({ shot }: Drawing, path: string): string => shot.leaves.get(path) ?? ''

/** Classes of a box by the part of the state that it shows. */
function marks({ shot, wrong }: Drawing, ...paths: readonly string[]): string {
  const within = (path: string) =>
    paths.some(part => path === part || path.startsWith(`${part}.`) || path.startsWith(`${part}[`))
  const changed = [...shot.changed].some(within) ? ' changed' : ''
  return changed + (wrong.some(within) ? ' wrong' : '')
}

function spaces(drawing: Drawing): Markup | null {
  const alive = members(drawing, 'spaces').filter(space => leaf(drawing, `spaces[${space}].users`) !== '0')
  return row(
    'spaces',
    alive.map(space => spaceBox(drawing, space)),
  )
}

function spaceBox(drawing: Drawing, space: number): Markup {
  const at = `spaces[${space}]`
  const users = members(drawing, 'processes').filter(p => leaf(drawing, `processes[${p}].space`) === String(space))
  const locks = ['writer', 'readers', 'tableLock'].flatMap(lock => {
    const value = leaf(drawing, `${at}.${lock}`)
    return ['', 'none', '{}', '0'].includes(value) ? [] : [`${lockNames[lock] ?? lock} ${value}`]
  })
  const pages = members(drawing, `${at}.pages`)
  return html`<div class="box space${marks(drawing, `${at}.users`)}"><h5>space ${space}${users.map(p => ` · P${p}`)}${locks.map(
    lock => html` <em>${lock}</em>`,
  )}</h5><div class="pages">${pages.map(page => pageBox(drawing, `${at}.pages[${page}]`, page))}</div></div>`
}
const lockNames: { readonly [field: string]: string } = {
  writer: 'locked by CPU',
  readers: 'read by',
  tableLock: 'entries in hand of CPU',
}

function pageBox(drawing: Drawing, at: string, page: number): Markup {
  const region = leaf(drawing, `${at}.region`)
  const object = leaf(drawing, `${at}.object`)
  const lock = leaf(drawing, `${at}.lock`)
  const extras = [
    ...(leaf(drawing, `${at}.grows`) === 'true' ? ['stack'] : []),
    ...(['', 'none'].includes(lock) ? [] : [lock]),
    ...(['', 'none'].includes(object) ? [] : [`object ${object} +${leaf(drawing, `${at}.offset`)}`]),
  ]
  return html`<div class="page${region === 'unmapped' ? ' hole' : ''}${marks(drawing, at)}"><b>${page}</b> ${region}${extras.map(
    extra => html` <i>${extra}</i>`,
  )}${leadsTo(drawing, leaf(drawing, `${at}.entry`))}</div>`
}

/** Where an entry or a translation leads, in words; the script draws the arrow from `data-to`. */
function leadsTo({ prefix }: Drawing, value: string): Markup | null {
  const { is, fields } = variantOf(value)
  const rights = fields.get('rights') ?? ''
  const kind = rights.includes('w') ? 'w' : 'r'
  switch (is) {
    case 'present':
    case 'resident':
      return html`<span class="to" data-to="${prefix}f${fields.get('frame') ?? ''}" data-kind="${kind}">→ frame ${
        fields.get('frame') ?? ''
      } ${rights}</span>`
    case 'swapped':
      return html`<span class="to" data-to="${prefix}s${fields.get('slot') ?? ''}" data-kind="s">→ slot ${fields.get('slot') ?? ''}</span>`
    case 'zero':
      return html`<span class="to">zeros ${rights}</span>`
    default:
      return null
  }
}

function frames(drawing: Drawing): Markup | null {
  return row(
    'frames',
    members(drawing, 'frames').map(frame => {
      const at = `frames[${frame}]`
      const references = leaf(drawing, `${at}.references`)
      const kernel = leaf(drawing, `${at}.kernel`)
      const uses = [
        ...(leaf(drawing, `${at}.reserved`) === 'true' ? ['reserved'] : []),
        ...(['', 'none'].includes(kernel) ? [] : ['kernel']),
      ]
      const use = uses.length > 0 ? uses.join(' ') : references === '0' ? 'free' : `× ${references}`
      return html`<div class="box frame${references === '0' ? ' free' : ''}${marks(drawing, at)}" id="${drawing.prefix}f${frame}"><b>frame ${frame}</b> ${use}<br>${leaf(drawing, `${at}.content`)}</div>`
    }),
  )
}

function slots(drawing: Drawing): Markup | null {
  return row(
    'swap',
    members(drawing, 'slots').map(slot => {
      const at = `slots[${slot}]`
      const references = leaf(drawing, `${at}.references`)
      const cached = leaf(drawing, `${at}.cached`)
      const notes = [
        ...(['', 'none'].includes(cached) ? [] : [`cached in frame ${cached}`]),
        ...(leaf(drawing, `${at}.busy`) === 'true' ? ['being written'] : []),
      ]
      return html`<div class="box slot${references === '0' ? ' free' : ''}${marks(drawing, at)}" id="${drawing.prefix}s${slot}"><b>slot ${slot}</b> ${
        references === '0' ? 'free' : `× ${references}`
      }<br>${leaf(drawing, `${at}.content`)}${notes.map(note => html` <i>${note}</i>`)}</div>`
    }),
  )
}

function objects(drawing: Drawing): Markup | null {
  const used = members(drawing, 'objects').filter(object => leaf(drawing, `objects[${object}].kind`) !== 'free')
  return row(
    'objects',
    used.map(object => {
      const at = `objects[${object}]`
      const size = Number(leaf(drawing, `${at}.size`))
      const parts = members(drawing, `${at}.parts`).slice(0, size)
      return html`<div class="box object${marks(drawing, at)}"><h5>object ${object} · ${leaf(drawing, `${at}.kind`)}</h5><div class="pages">${parts.map(
        part =>
          html`<div class="page"><b>${part}</b>${leadsTo(drawing, leaf(drawing, `${at}.parts[${part}].at`))}</div>`,
      )}</div></div>`
    }),
  )
}

function cpus(drawing: Drawing): Markup | null {
  return row(
    'CPUs',
    members(drawing, 'cpus').map(cpu => {
      const at = `cpus[${cpu}]`
      const process = leaf(drawing, `${at}.process`)
      const kept = members(drawing, `${at}.tlb`).map(place => leaf(drawing, `${at}.tlb[${place}].holds`))
      return html`<div class="box cpu${marks(drawing, at, `cpu ${cpu}`)}"><h5>CPU ${cpu}${process === 'none' ? null : html` · P${process}`}</h5><p>${leaf(
        drawing,
        `cpu ${cpu}`,
      )}</p>${kept.map(value => translation(drawing, value))}${requests(drawing, at)}</div>`
    }),
  )
}

function translation(drawing: Drawing, value: string): Markup | null {
  const { is, fields } = variantOf(value)
  if (is === 'empty') return null
  const where = `space ${fields.get('space') ?? ''}, page ${fields.get('page') ?? ''}`
  return html`<p class="kept">keeps ${where} ${leadsTo(drawing, value)}</p>`
}

/** What a CPU wants forgotten, by whom it is asked, and on which spaces it is behind. */
function requests(drawing: Drawing, at: string): readonly Markup[] {
  const said: readonly (readonly [field: string, says: string])[] = [
    ['flush', 'wants forgotten:'],
    ['asked', 'asked by'],
    ['behind', 'behind on'],
  ]
  return said.flatMap(([field, says]) => {
    const value = leaf(drawing, `${at}.${field}`)
    return ['', 'none', '{}', '0'].includes(value) ? [] : [html`<p>${says} ${value}</p>`]
  })
}
