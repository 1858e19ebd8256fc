// Charts as inline SVG: figures drawn by attributes alone, for the page's policy allows no styles in elements. Each says
// in words what it shows; the figures themselves stand in the tables.

import { counted, grouped } from '../../text.js'
import { html, type Markup } from '../markup.js'
import { wide } from './words.js'

/** States by depth in the height of a line: each bar a level, on a logarithmic scale. */
export function levelBars(levels: readonly number[]): Markup {
  const [width, height] = [120, 22]
  const shown = atMost(levels, width / 2)
  const top = Math.log1p(Math.max(1, ...shown))
  const step = width / Math.max(1, shown.length)
  const bars = shown.map((count, depth) => {
    const tall = (Math.log1p(count) / top) * height
    return html`<rect x="${fixed(depth * step)}" y="${fixed(height - tall)}" width="${fixed(Math.max(0.5, step - 0.5))}" height="${fixed(tall)}"/>`
  })
  const most = Math.max(0, ...levels)
  const says = `${levels.length} levels, at most ${grouped(most)} states at depth ${levels.indexOf(most)}`
  return html`<svg class="bars" role="img" aria-label="${says}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><title>${says}</title>${bars}</svg>`
}

/** Where there are more levels than places, the largest of each few. */
function atMost(levels: readonly number[], places: number): readonly number[] {
  const each = Math.ceil(levels.length / places)
  if (each <= 1) return levels
  return Array.from({ length: Math.ceil(levels.length / each) }, (_, i) =>
    Math.max(...levels.slice(i * each, (i + 1) * each)),
  )
}

export interface Line {
  readonly name: string
  readonly levels: readonly number[]
  readonly states: number
}
const lineColours = 6
export const mostLines = lineColours

/** States by depth of several scopes, each a line with its name at its highest place. */
export function levelLines(lines: readonly Line[]): Markup {
  const [width, height, left, bottom, top] = [900, 300, 56, 34, 14]
  const deepest = Math.max(1, ...lines.map(({ levels }) => levels.length - 1))
  const most = Math.max(10, ...lines.flatMap(({ levels }) => [...levels]))
  const x = (depth: number) => left + (depth / deepest) * (width - left - 12)
  const y = (count: number) =>
    height - bottom - (Math.log10(Math.max(1, count)) / Math.log10(most)) * (height - bottom - top)
  const decades = Array.from({ length: Math.floor(Math.log10(most)) + 1 }, (_, i) => 10 ** i)
  const apart = Math.max(1, Math.ceil(deepest / 12))
  const depths = Array.from({ length: Math.floor(deepest / apart) + 1 }, (_, i) => i * apart)
  const says = `States by depth of ${lines.map(({ name }) => name).join(', ')}`
  return wide(
    says,
    html`<svg class="chart" role="img" aria-label="${says}" viewBox="0 0 ${width} ${height}"><title>${says}</title>
${decades.map(
  count =>
    html`<line class="grid" x1="${left}" x2="${width - 12}" y1="${fixed(y(count))}" y2="${fixed(y(count))}"/><text x="${left - 8}" y="${fixed(y(count) + 4)}" text-anchor="end">${grouped(count)}</text>`,
)}${depths.map(
  depth => html`<text x="${fixed(x(depth))}" y="${height - bottom + 18}" text-anchor="middle">${depth}</text>`,
)}<text x="${width - 12}" y="${height - 2}" text-anchor="end">depth</text>
${lines.map(
  ({ levels }, i) =>
    html`<polyline class="line${i % lineColours}" points="${levels.map((count, depth) => `${fixed(x(depth))},${fixed(y(count))}`).join(' ')}"/>`,
)}</svg>`,
  )
}

/** Which line is which. */
export const legend = (lines: readonly Line[]): Markup =>
  html`<ul class="legend">${lines.map(
    ({ name, states }, i) =>
      html`<li><svg width="26" height="10" aria-hidden="true"><line class="line${i % lineColours}" x1="0" x2="26" y1="5" y2="5"/></svg> ${name} <span class="faint">${counted(states, 'state')}</span></li>`,
  )}</ul>`

export interface Bar {
  readonly name: string
  readonly value: number
  readonly says: string
}

/** Bars of one figure beside their names. */
export function bars(label: string, all: readonly Bar[]): Markup {
  const [width, each, left] = [900, 22, 220]
  const most = Math.max(1, ...all.map(({ value }) => value))
  const height = all.length * each
  return wide(
    label,
    html`<svg class="chart" role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}"><title>${label}</title>${all.map(
      ({ name, value, says }, i) => {
        const wide = (value / most) * (width - left - 130)
        return html`<text x="${left - 8}" y="${i * each + 15}" text-anchor="end">${name}</text><rect x="${left}" y="${i * each + 4}" width="${fixed(wide)}" height="14"/><text x="${fixed(left + wide + 6)}" y="${i * each + 15}">${says}</text>`
      },
    )}</svg>`,
  )
}

const fixed = (value: number): string => String(Math.round(value * 10) / 10)
