// CPUs of the memory picture: the operation under way and where it stands, what it has locked and what it waits for, the
// translations that it keeps and whether the tables still say the same, and whom it has asked to forget what.

import { html, type Markup } from './markup.js'
import { leadsTo } from './picture-spaces.js'
import { valueSaid } from './spoken.js'
import { variantOf } from './states.js'
import { type Drawing, isQuiet, type Part, row } from './tree.js'

export const cpus = (drawing: Drawing): readonly Markup[] =>
  row(
    'CPUs',
    drawing.items(drawing.root, 'cpus').map(([cpu, at]) => cpuBox(drawing, cpu, at)),
  )

function cpuBox(drawing: Drawing, cpu: number, at: Part): Markup {
  const process = drawing.take(at, 'process')
  const active = drawing.take(at, 'active')
  const busy = drawing.take(at, 'busy')
  const doing = drawing.take(drawing.root, `cpu ${cpu}`)
  const facts = [
    ...(process === 'none' || process === '' ? [] : [`P${process}`]),
    ...(active === 'none' || active === '' ? [] : [`tables of space ${active}`]),
    ...(busy === 'true' ? ['in the kernel'] : []),
  ]
  const kept = drawing.items(at, 'tlb').flatMap(([, it]) => translation(drawing, it))
  const walks = drawing.items(at, 'walks').flatMap(([, it]) => upperPart(drawing, it))
  return html`<div class="box cpu${drawing.marks(at.path, `cpu ${cpu}`)}"><h5>CPU ${cpu}${facts.map(fact => ` · ${fact}`)}</h5>${underWay(doing)}${waits(
    drawing,
    cpu,
  )}${holds(drawing, cpu)}${requests(drawing, at)}${kept}${walks}<p>${drawing.rest(at)}</p></div>`
}

/** `munmap.clear(process 0, page 0)`: the operation, the step that comes next, and what it has in hand. */
function underWay(doing: string): Markup | null {
  if (isQuiet(doing)) return null
  const open = doing.indexOf('(')
  const at = open < 0 ? doing : doing.slice(0, open)
  const [operation, step = ''] = at.split('.')
  return html`<p><b>${operation}</b>${step === '' ? null : html`, next step <b>${step}</b>`}<br><i>${open < 0 ? '' : doing.slice(open + 1, -1)}</i></p>`
}

const waits = ({ waiting }: Drawing, cpu: number): Markup | null => {
  const step = waiting.get(cpu)
  return step === undefined ? null : html`<p><em>waits: ${step} cannot go on here</em></p>`
}

const locks: { readonly [field: string]: string } = {
  writer: 'alone',
  readers: 'to read',
  tableLock: 'entries in hand',
  lock: 'in hand',
  holder: 'in hand',
}

/** Every lock in the state that names the CPU. */
function holds({ shot }: Drawing, cpu: number): Markup | null {
  const held = [...shot.leaves].flatMap(([path, value]) => {
    const [, of = '', field = ''] = /^(.*?)\.?(\w+)$/.exec(path) ?? []
    if (locks[field] === undefined || of.startsWith('cpu')) return []
    const isHeld = value === String(cpu) || (value.startsWith('{') && setHas(value, cpu))
    return isHeld ? [`${of} ${locks[field]}`] : []
  })
  return held.length === 0 ? null : html`<p>holds ${held.join('; ')}</p>`
}
const setHas = (value: string, member: number): boolean =>
  value
    .slice(1, -1)
    .split(',')
    .some(one => one.trim() === String(member))

function translation(drawing: Drawing, at: Part): readonly Markup[] {
  const value = drawing.take(at, 'holds')
  const { is, fields } = variantOf(value)
  if (is === 'empty' && drawing.marks(at.path) === '') return []
  if (is === 'empty')
    return [html`<p class="kept${drawing.marks(at.path)}">keeps nothing there any more ${drawing.rest(at)}</p>`]
  const where =
    is === 'global'
      ? `page ${fields.get('kernelPage') ?? ''} of the kernel half`
      : `page ${fields.get('page') ?? ''} of space ${fields.get('space') ?? ''}`
  return [
    html`<p class="kept${drawing.marks(at.path)}">keeps ${where} ${leadsTo(drawing, value)}${differs(drawing, fields, value)} ${drawing.rest(at)}</p>`,
  ]
}

/** What the tables say, where that is not what the CPU keeps. */
function differs({ shot }: Drawing, fields: ReadonlyMap<string, string>, value: string): Markup | null {
  const entry = shot.leaves.get(`spaces[${fields.get('space')}].pages[${fields.get('page')}].entry`)
  if (entry === undefined || entry === 'hidden') return null
  const says = variantOf(entry)
  const same = says.is === variantOf(value).is && says.fields.get('frame') === fields.get('frame')
  const rights = fields.get('rights') ?? ''
  const allowed = says.fields.get('rights') ?? ''
  if (same && [...rights].every(right => allowed.includes(right))) return null
  return html` <em>but the entry says ${valueSaid(entry)}</em>`
}

function upperPart(drawing: Drawing, at: Part): readonly Markup[] {
  const value = drawing.take(at, 'holds')
  const { is, fields } = variantOf(value)
  if (is === 'empty' && drawing.marks(at.path) === '') return []
  if (is === 'empty') return [html`<p class="kept${drawing.marks(at.path)}">keeps no walk there any more</p>`]
  const where = `table ${fields.get('table') ?? ''} of space ${fields.get('space') ?? ''}`
  return [
    html`<p class="kept${drawing.marks(at.path)}">keeps the way to ${where} ${leadsTo(drawing, value)}${drawing.rest(at)}</p>`,
  ]
}

/** What a CPU wants forgotten, by whom it is asked, and on which spaces it is behind. */
function requests(drawing: Drawing, at: Part): readonly Markup[] {
  const said: readonly (readonly [field: string, says: string])[] = [
    ['flush', 'wants others to forget'],
    ['asked', 'is asked to forget by CPU'],
    ['behind', 'has not yet forgotten of space'],
  ]
  return said.flatMap(([field, says]) => {
    const value = drawing.take(at, field)
    return isQuiet(value) ? [] : [html`<p>${says} ${value.replace(/[{}]/g, '')}</p>`]
  })
}
