// The memory picture: CPUs with what they do, hold and keep, processes, address spaces with their pages, frames, slots,
// objects, and whatever else the state has, as boxes that say in words what they lead to. What a step changed is marked,
// what a violation is about is outlined. Arrows are drawn over it by the page's script; without it the words are enough.

import { html, type Markup } from './markup.js'
import { cpus } from './picture-cpus.js'
import { areas, frames, kernel, objects, pins, slots } from './picture-memory.js'
import { processes, spaces } from './picture-spaces.js'
import type { Shot } from './states.js'
import { Drawing, row } from './tree.js'

/** Whether the picture can show this state: it has pages and frames. */
export const canDraw = ({ leaves }: Shot): boolean => leaves.has('frames[0].references')

const rows = [cpus, processes, spaces, kernel, frames, pins, objects, slots, areas]

export function picture(
  shot: Shot,
  wrong: readonly string[],
  prefix: string,
  waiting: ReadonlyMap<number, string> = new Map(),
): Markup {
  const drawing = new Drawing(shot, wrong, prefix, waiting)
  const drawn = rows.flatMap(draw => draw(drawing))
  const ghost = drawing.root.parts.get('ghost')
  const remembered = ghost === undefined ? [] : drawing.rest(ghost)
  return html`<div class="picture">${drawn}${listed('also', drawing.rest(drawing.root))}${listed('claims know', remembered)}</div>`
}
const listed = (name: string, rest: readonly Markup[]): readonly Markup[] =>
  rest.length === 0 ? [] : row(name, [html`<div class="box">${rest}</div>`])
