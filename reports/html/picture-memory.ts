// What the memory picture shows of memory itself: frames, pins of devices, objects, swap slots and areas, the kernel half.

import { html, type Markup } from './markup.js'
import { lastStored, leadsTo, toFrame } from './picture-spaces.js'
import { type Drawing, isQuiet, type Part, row } from './tree.js'

const taken = (drawing: Drawing, at: Part, name: string): string => {
  const value = drawing.take(at, name)
  return value === 'none' ? '' : value
}

export function frames(drawing: Drawing): readonly Markup[] {
  return row(
    'frames',
    drawing.items(drawing.root, 'frames').map(([frame, at]) => {
      const references = drawing.take(at, 'references')
      const content = drawing.take(at, 'content')
      const kind = drawing.take(at, 'kind')
      const uses = [
        ...(drawing.take(at, 'reserved') === 'true' ? ['reserved'] : []),
        ...kernelUse(taken(drawing, at, 'kernel'), frame),
        ...(isExpected(kind, references) ? [] : [kind]),
        ...(references === '0' ? [] : [`× ${references}`]),
      ]
      const use = uses.length > 0 ? uses.join(' ') : 'free'
      const free = use === 'free' ? ' free' : ''
      return html`<div class="box frame${free}${drawing.marks(at.path)}" id="${drawing.prefix}f${frame}"><b>frame ${frame}</b> ${use}<br>${contentOf(content)} ${drawing.rest(at)}</div>`
    }),
  )
}

/** The kernel's use of a frame names the frame itself. */
const kernelUse = (named: string, frame: number): readonly string[] =>
  named === '' ? [] : [named === String(frame) ? 'kernel' : `kernel of frame ${named}`]

/** A page that somebody has, a free frame that nobody has: its references say as much. */
const isExpected = (kind: string, references: string): boolean =>
  kind === '' || (kind !== 'table' && (kind === 'page') === (references !== '0'))

/** `stored(byte 3)` is what was stored, `stale` whatever was there before. */
const contentOf = (content: string): string => content.replace(/^stored\(byte (.*)\)$/, 'byte $1')

export function slots(drawing: Drawing): readonly Markup[] {
  return row(
    'swap',
    drawing.items(drawing.root, 'slots').map(([slot, at]) => {
      const references = drawing.take(at, 'references')
      const cached = taken(drawing, at, 'cached')
      const free = references === '0' && cached === '' ? ' free' : ''
      const busy = drawing.take(at, 'busy') === 'true' ? html` <em>being written</em>` : null
      return html`<div class="box slot${free}${drawing.marks(at.path)}" id="${drawing.prefix}s${slot}"><b>slot ${slot}</b> ${
        references === '0' ? 'free' : `× ${references}`
      }${busy}<br>${contentOf(drawing.take(at, 'content'))}${cached === '' ? null : toFrame(drawing, cached, 's', 'cached ')}${drawing.rest(at)}</div>`
    }),
  )
}

export function objects(drawing: Drawing): readonly Markup[] {
  const all = drawing.items(drawing.root, 'objects')
  const used = all.filter(([, at]) => isThere(drawing, at))
  // That a record which nobody uses is free says nothing.
  for (const [, at] of all.filter(one => !used.includes(one))) {
    drawing.take(at, 'kind')
    for (const [, it] of drawing.items(at, 'parts')) for (const name of ['at', 'saved']) drawing.take(it, name)
  }
  return row(
    'objects',
    used.map(([object, at]) => {
      const kind = drawing.take(at, 'kind')
      const size = drawing.take(at, 'size')
      const parts = drawing.items(at, 'parts').flatMap(([number, it]) => {
        const isPart = number < Number(size) || (it.parts.get('at')?.value ?? 'absent') !== 'absent'
        if (!isPart) return []
        const last = lastStored(drawing, it.path)
        const lead = leadsTo(drawing, drawing.take(it, 'at'))
        return [
          html`<div class="page${drawing.marks(it.path)}"><b>${number}</b>${last === '' ? null : html` <i>last stored ${last}</i>`}${drawing.rest(it)}${lead}</div>`,
        ]
      })
      const holder = taken(drawing, at, 'holder')
      const held = holder === '' ? null : html` <em>in hand of CPU ${holder}</em>`
      return html`<div class="box object${drawing.marks(at.path)}"><h5>object ${object} · ${kind} of ${size}${held}</h5><div class="pages">${parts}</div><p>${drawing.rest(at)}</p></div>`
    }),
  )
}
const isThere = (drawing: Drawing, at: Part): boolean =>
  at.parts.get('kind')?.value !== 'free' || drawing.marks(at.path) !== '' || holdsMemory(drawing, at)
const holdsMemory = (drawing: Drawing, at: Part): boolean =>
  drawing.items(at, 'parts').some(([, it]) => (it.parts.get('at')?.value ?? 'absent') !== 'absent')

/** Frames that a device may reach. */
export const pins = (drawing: Drawing): readonly Markup[] =>
  row(
    'pins',
    drawing.items(drawing.root, 'pins').flatMap(([pin, at]) => {
      if (!drawing.isBusy(at)) return []
      const frame = taken(drawing, at, 'frame')
      const to = frame === '' ? null : toFrame(drawing, frame, 'p', 'a device reaches ')
      return [html`<div class="box${drawing.marks(at.path)}"><b>pin ${pin}</b> ${to}${drawing.rest(at)}</div>`]
    }),
  )

/** Entries of the half that all spaces share. */
export const kernel = (drawing: Drawing): readonly Markup[] =>
  row(
    'kernel half',
    drawing.items(drawing.root, 'kernel').map(([page, at]) => {
      const frame = taken(drawing, at, 'frame')
      const lock = taken(drawing, at, 'lock')
      const held = lock === '' ? null : html` <em>in hand of CPU ${lock}</em>`
      return html`<div class="page${frame === '' ? ' hole' : ''}${drawing.marks(at.path)}"><b>${page}</b>${held}${
        frame === '' ? null : toFrame(drawing, frame, 'w')
      }${drawing.rest(at)}</div>`
    }),
  )

export const areas = (drawing: Drawing): readonly Markup[] =>
  row(
    'areas',
    drawing.items(drawing.root, 'areas').map(([area, at]) => {
      const on = drawing.take(at, 'on') === 'true'
      const holder = taken(drawing, at, 'holder')
      const priority = drawing.take(at, 'priority')
      return html`<div class="box${on ? '' : ' free'}${drawing.marks(at.path)}"><b>area ${area}</b> ${on ? 'on' : 'off'}${
        isQuiet(priority) ? null : html` <i>priority ${priority}</i>`
      }${holder === '' ? null : html` <em>in hand of CPU ${holder}</em>`}${drawing.rest(at)}</div>`
    }),
  )
