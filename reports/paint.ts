// Colour, decided once by the caller and nowhere else. A paint is a set of functions on text: with colour off they
// give the text back, so no screen ever asks. Colour repeats what the words already say and carries nothing alone.

import { styleText } from 'node:util'

export interface Paint {
  /** A promise kept. */
  readonly good: (text: string) => string
  /** A promise broken. */
  readonly bad: (text: string) => string
  /** Neither: cut short, or only as far as a bound. */
  readonly open: (text: string) => string
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

const plain = (text: string) => text
// Without this, styleText asks stdout and the environment itself and may overrule the caller.
const decided = { validateStream: false }

export function createPaint(colour: boolean): Paint {
  if (!colour) return { good: plain, bad: plain, open: plain, strong: plain, faint: plain }
  return {
    good: text => styleText('green', text, decided),
    bad: text => styleText(['bold', 'red'], text, decided),
    open: text => styleText('yellow', text, decided),
    strong: text => styleText('bold', text, decided),
    faint: text => styleText('dim', text, decided),
  }
}

/** What every part of a screen needs to know about where it is drawn. */
export interface Page {
  readonly paint: Paint
  readonly width: number
}
