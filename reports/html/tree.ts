// A state as a tree of named parts, from its leaves by path, and a note of what was drawn of it: what no picture has asked
// for is listed as it is, so that nothing of a state is invisible because nobody has drawn it yet.

import { shapeOf } from '../itf-values.js'
import { html, type Markup } from './markup.js'
import { isWithin } from './spoken.js'
import type { Shot } from './states.js'

export interface Part {
  readonly path: string
  /** What a leaf holds. */
  readonly value?: string
  readonly parts: ReadonlyMap<string, Part>
}

interface Growing extends Part {
  value?: string
  readonly parts: Map<string, Growing>
}

const part = (path: string): Growing => ({ path, parts: new Map() })

export function treeOf(leaves: ReadonlyMap<string, string>): Part {
  const root = part('')
  for (const [path, value] of leaves) {
    let at = root
    // `cpu 0`, which says where a CPU stands, is one name.
    for (const [step] of path.matchAll(/\[\d+\]|[^.[\]]+/g)) {
      const name = step.startsWith('[') ? step.slice(1, -1) : step
      const sub = step.startsWith('[') ? `${at.path}${step}` : at.path === '' ? step : `${at.path}.${step}`
      const next = at.parts.get(name) ?? part(sub)
      at.parts.set(name, next)
      at = next
    }
    at.value = value
  }
  return root
}

/** Values that say that there is nothing to say. */
const quiet = new Set(['', 'none', '{}', '0', 'false', 'empty', 'idle'])
export const isQuiet = (value: string): boolean => quiet.has(value)

/** One state being drawn. */
export class Drawing {
  readonly root: Part
  readonly #drawn = new Set<string>()

  constructor(
    readonly shot: Shot,
    /** Paths that the violation is about, in the state where it shows. */
    readonly wrong: readonly string[],
    /** Makes ids of one state differ from those of others. */
    readonly prefix: string,
    /** CPUs that cannot go on, with the step that waits. */
    readonly waiting: ReadonlyMap<number, string>,
  ) {
    this.root = treeOf(shot.leaves)
  }

  /** What a part holds under a name, empty where it has none; it counts as drawn. */
  take(at: Part, name: string): string {
    const found = at.parts.get(name)
    if (found?.value === undefined) return ''
    this.#drawn.add(found.path)
    return found.value
  }
  /** The same by the whole path. */
  leaf(path: string): string {
    const value = this.shot.leaves.get(path) ?? ''
    this.#drawn.add(path)
    return value
  }
  /** Members of a list, with their numbers. */
  items(at: Part, name: string): readonly (readonly [number, Part])[] {
    return [...(at.parts.get(name)?.parts ?? [])].map(([number, item]) => [Number(number), item])
  }

  /** Whether something in a part is there to be seen. */
  isBusy(at: Part): boolean {
    if (at.value !== undefined && (!this.#saysNothing(at.path, at.value) || this.shot.changed.has(at.path))) return true
    return [...at.parts.values()].some(sub => this.isBusy(sub))
  }

  /** The number 0 says something where there might be none. */
  #saysNothing(path: string, value: string): boolean {
    return isQuiet(value) && !(value === '0' && this.shot.optional.has(shapeOf(path)))
  }

  /** Classes of a box by the parts of the state that it shows. */
  marks(...paths: readonly string[]): string {
    const within = (path: string) => paths.some(of => isWithin(path, of))
    const changed = [...this.shot.changed].some(within) ? ' changed' : ''
    return changed + (this.wrong.some(within) ? ' wrong' : '')
  }

  /** What a part holds and nobody has drawn, each with its name; called last. */
  rest(at: Part): readonly Markup[] {
    return this.#undrawn(at).map(({ path, value }) => {
      const name = path.slice(at.path.length).replace(/^\./, '')
      return html`<i class="rest${this.marks(path)}">${name} ${value ?? ''}</i>`
    })
  }
  #undrawn(at: Part): readonly Part[] {
    const isNew = at.value !== undefined && !this.#drawn.has(at.path) && this.isBusy({ ...at, parts: new Map() })
    if (at.value !== undefined) this.#drawn.add(at.path)
    return [...(isNew ? [at] : []), ...[...at.parts.values()].flatMap(sub => this.#undrawn(sub))]
  }
}

export const row = (name: string, boxes: readonly Markup[]): readonly Markup[] =>
  boxes.length === 0 ? [] : [html`<div class="row"><h4>${name}</h4><div class="boxes">${boxes}</div></div>`]
