// An executed example: its lines as they stand in the chapter, and the memory after each command that changed it. Only
// what the example ever uses is drawn, so that the eye finds it.

import { html, type Markup } from '../html/markup.js'
import { picture } from '../html/picture.js'
import { shotsOf } from '../html/states.js'
import type { Walk } from './document.js'

export function example(walk: Walk, name: string): Markup {
  const drawn = states(walk, name)
  return html`<div class="example"><pre>${walk.text.split('\n').map(written)}</pre>${
    drawn.length === 0 ? null : html`<details class="states"><summary>memory, step by step</summary>${drawn}</details>`
  }</div>`
}

/** A line of an example: what is asked, what is answered, and what is said about it. */
function written(line: string): Markup {
  const [before, comment] = parted(line, '#')
  const [asked, answer] = parted(before, ' -> ')
  return html`${asked}${answer === null ? null : html`<b class="answer"> -> ${answer}</b>`}${
    comment === null ? null : html`<i class="faint">#${comment}</i>`
  }${newline}`
}
const newline = html`
`
function parted(text: string, mark: string): readonly [string, string | null] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + mark.length)]
}

function states(walk: Walk, name: string): readonly Markup[] {
  const used = usedIn(walk)
  const initial = walk.initial.filter(({ path }) => used(path))
  const steps = walk.steps.map(step => ({ ...step, diff: step.diff.filter(({ path }) => used(path)) }))
  const shots = shotsOf({ initial, steps })
  return steps.flatMap(({ command, outcome, diff }, at) =>
    diff.length === 0
      ? []
      : [html`<p class="step-command">${command} → ${outcome}</p>${picture(shots[at + 1], [], `${name}-${at}-`)}`],
  )
}

/** Boxes of the picture, by path, and the leaf that says when one is not used. */
const boxes: readonly (readonly [box: RegExp, sign: string, unused: string])[] = [
  [/^spaces\[\d+\]\.pages\[\d+\]/, 'region', 'unmapped'],
  [/^spaces\[\d+\]/, 'users', '0'],
  [/^(?:frames|slots)\[\d+\]/, 'references', '0'],
  [/^objects\[\d+\]/, 'kind', 'free'],
  [/^processes\[\d+\]/, 'space', 'none'],
]

/** Whether a leaf belongs to something that is in use at some time. */
function usedIn({ initial, steps }: Walk): (path: string) => boolean {
  const values = new Map(initial.map(({ path, value }) => [path, new Set([value])]))
  for (const { path, to } of steps.flatMap(({ diff }) => diff)) values.get(path)?.add(to)
  const takes = (path: string, wanted: (value: string) => boolean) => [...(values.get(path) ?? [])].some(wanted)
  const known = new Map<string, boolean>()
  return path => {
    const found = boxes.flatMap(([pattern, sign, unused]) => {
      const [box] = pattern.exec(path) ?? []
      return box === undefined ? [] : [{ box, sign, unused }]
    })[0]
    if (found === undefined) return false
    const { box, sign, unused } = found
    const answer =
      known.get(box) ??
      (takes(`${box}.${sign}`, value => value !== unused) || takes(`${box}.reserved`, value => value === 'true'))
    known.set(box, answer)
    return answer
  }
}
