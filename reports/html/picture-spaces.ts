// Processes and address spaces of the memory picture: who runs where, which pages a space has, what its tables say of
// each, and who has which lock.

import { html, type Markup } from './markup.js'
import { valueSaid } from './spoken.js'
import { variantOf } from './states.js'
import { type Drawing, isQuiet, type Part, row } from './tree.js'

export function processes(drawing: Drawing): readonly Markup[] {
  const there = drawing.items(drawing.root, 'processes').filter(([, it]) => drawing.isBusy(it))
  return row(
    'processes',
    there.map(([process, it]) => {
      const space = drawing.take(it, 'space')
      const where = space === 'none' ? 'not alive' : `runs in space ${space}`
      return html`<div class="box process${drawing.marks(it.path)}"><b>P${process}</b> ${where}<p>${drawing.rest(it)}</p></div>`
    }),
  )
}

/** A space that nobody uses is drawn where something is left in it. */
export function spaces(drawing: Drawing): readonly Markup[] {
  const all = drawing.items(drawing.root, 'spaces')
  const there = all.filter(([, it]) => isUsed(drawing, it))
  // That nothing is mapped where nobody is says nothing.
  for (const [, it] of all.filter(one => !there.includes(one)))
    for (const [, page] of drawing.items(it, 'pages'))
      for (const name of ['region', 'ceiling', 'entry']) drawing.take(page, name)
  return row(
    'spaces',
    there.map(([space, it]) => spaceBox(drawing, space, it)),
  )
}

function isUsed(drawing: Drawing, it: Part): boolean {
  const users = it.parts.get('users')
  if (users?.value !== '0' || drawing.marks(it.path) !== '') return true
  return drawing.items(it, 'pages').some(([, page]) => !isHole(page) || !isQuiet(entryOf(page)))
}
const entryOf = (page: Part): string => page.parts.get('entry')?.value?.replace(/^absent$/, '') ?? ''
const isHole = (page: Part): boolean => page.parts.get('region')?.value === 'unmapped'

const nobody = new Set(['', 'none', '{}'])
const lockNames: { readonly [field: string]: string } = {
  writer: 'locked by CPU',
  readers: 'read-locked by CPUs',
  tableLock: 'entries in hand of CPU',
}

function spaceBox(drawing: Drawing, space: number, it: Part): Markup {
  const users = drawing.take(it, 'users')
  const locks = Object.entries(lockNames).flatMap(([field, says]) => {
    const value = drawing.take(it, field)
    return nobody.has(value) ? [] : [`${says} ${value.replace(/[{}]/g, '')}`]
  })
  const pages = drawing.items(it, 'pages').map(([page, at]) => pageBox(drawing, space, page, at))
  const tables = drawing.items(it, 'directory').flatMap(([table, at]) => tableBox(drawing, table, at))
  const nodes = drawing.items(it, 'nodes').flatMap(([node, at]) => nodeBox(drawing, node, at))
  const title =
    users === '0'
      ? `space ${space} · nobody uses it`
      : `space ${space} · ${users === '1' ? '1 user' : `${users} users`}`
  return html`<div class="box space${drawing.marks(`${it.path}.users`)}"><h5>${title}${locks.map(
    lock => html` <em>${lock}</em>`,
  )}</h5><p>${drawing.rest(it)}</p><div class="pages">${pages}</div>${group('tables', tables)}${group('records of regions', nodes)}</div>`
}
const group = (name: string, boxes: readonly Markup[]): Markup | null =>
  boxes.length === 0 ? null : html`<p class="faint">${name}</p><div class="pages">${boxes}</div>`

function pageBox(drawing: Drawing, space: number, page: number, at: Part): Markup {
  const region = drawing.take(at, 'region')
  const ceiling = drawing.take(at, 'ceiling')
  const object = drawing.take(at, 'object')
  const file = drawing.take(at, 'file')
  const isOf = [object, file].some(of => of !== '' && of !== 'none')
  // Of memory that shows no object, where it was mapped first is listed with the rest.
  const offset = isOf ? drawing.take(at, 'offset') : ''
  const entry = drawing.take(at, 'entry')
  const last = lastStored(drawing, `spaces[${space}].pages[${page}]`)
  const extras = [
    ...(region === 'unmapped' || ceiling === region || ceiling === '' ? [] : [`at most ${ceiling}`]),
    ...(object === '' || object === 'none' ? [] : [`object ${object} +${offset}`]),
    ...(file === '' || file === 'none' ? [] : [`file ${file} +${offset}`]),
    ...(last === '' ? [] : [`last stored ${last}`]),
  ]
  const hole = region === 'unmapped' ? ' hole' : ''
  return html`<div class="page${hole}${drawing.marks(at.path)}"><b>${page}</b> ${region}${extras.map(
    extra => html` <i>${extra}</i>`,
  )}${drawing.rest(at)}${leadsTo(drawing, entry) ?? gone(drawing, `${at.path}.entry`)}</div>`
}

/** An entry that leads nowhere is drawn where the step took it away, or where it is wrong that it does. */
function gone(drawing: Drawing, path: string): Markup | null {
  if (drawing.leaf(path) !== 'absent' || drawing.marks(path) === '') return null
  const was = drawing.shot.before.get(path) ?? 'absent'
  return html`<span class="to">→ nothing${was === 'absent' ? '' : ` (was ${valueSaid(was)})`}</span>`
}

/** What the page should read as: a ghost, which only claims look at. */
export function lastStored(drawing: Drawing, path: string): string {
  const byte = drawing.leaf(`ghost.${path}.byte`)
  return byte === '0' ? '' : byte
}

function tableBox(drawing: Drawing, table: number, at: Part): readonly Markup[] {
  if (!drawing.isBusy(at)) return []
  const frame = drawing.take(at, 'frame')
  const lock = drawing.take(at, 'lock')
  const held = lock === '' || lock === 'none' ? null : html` <em>in hand of CPU ${lock}</em>`
  const to = frame === 'none' ? html`<i>none</i>` : toFrame(drawing, frame, 't', 'table in')
  return [html`<div class="page${drawing.marks(at.path)}"><b>table ${table}</b>${held} ${to}${drawing.rest(at)}</div>`]
}

function nodeBox(drawing: Drawing, node: number, at: Part): readonly Markup[] {
  const use = drawing.take(at, 'use')
  if (use === 'free' && drawing.marks(at.path) === '') return []
  const writer = drawing.take(at, 'writer')
  const readers = drawing.take(at, 'readers')
  const locks = [
    ...(writer === '' || writer === 'none' ? [] : [`locked by CPU ${writer}`]),
    ...(readers === '' || readers === '{}' ? [] : [`read-locked by CPUs ${readers.replace(/[{}]/g, '')}`]),
  ]
  return [
    html`<div class="page${drawing.marks(at.path)}"><b>${node}</b> ${use}${locks.map(lock => html` <em>${lock}</em>`)}${drawing.rest(at)}</div>`,
  ]
}

/** Where an entry or a translation leads, in words; the script draws the arrow from `data-to`. */
export function leadsTo(drawing: Drawing, value: string): Markup | null {
  const { is, fields } = variantOf(value)
  const rights = fields.get('rights') ?? ''
  const more = [...fields].filter(([name]) => !known.has(name)).map(([name, held]) => `${name} ${held}`)
  const also = more.length === 0 ? null : html` <i>${more.join(', ')}</i>`
  switch (is) {
    case '':
    case 'none':
    case 'absent':
    case 'hidden':
      return null
    case 'present':
    case 'resident':
    case 'global':
    case 'table':
      return html`${toFrame(drawing, fields.get('frame') ?? '', rights.includes('w') ? 'w' : 'r', '', rights)}${also}`
    case 'swapped':
      return html`<span class="to" data-to="${drawing.prefix}s${fields.get('slot') ?? ''}" data-kind="s">→ slot ${fields.get('slot') ?? ''}</span>${also}`
    case 'zero':
      return html`<span class="to">zeros ${rights}</span>${also}`
    // An entry of a kind that is not drawn yet is shown as it reads.
    default:
      return html`<span class="to">${value}</span>`
  }
}
const known = new Set(['frame', 'slot', 'rights', 'space', 'page', 'table', 'kernelPage'])

export const toFrame = ({ prefix }: Drawing, frame: string, kind: string, before = '', rights = ''): Markup =>
  html`<span class="to" data-to="${prefix}f${frame}" data-kind="${kind}">${before}→ frame ${frame}${rights === '' ? '' : ` ${rights}`}</span>`
