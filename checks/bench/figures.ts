// What a benchmark found, as plain data. A figure is the median of its rounds; a ratio is the median of the ratios of
// rounds that ran next to each other, so that a busy machine slows both sides of a ratio and not one.

/** `most`: the ratio may be no larger than `than`. `least`: no smaller. */
export interface Bar {
  readonly kind: 'most' | 'least'
  readonly than: number
}

export interface Figure {
  readonly name: string
  readonly unit: string
  readonly ours: number
  /** Null where only our own figure is asked for; the bar then holds that figure. */
  readonly theirs: number | null
  readonly ratio: number | null
  /** The lowest and the highest of what the bar holds, over all rounds. */
  readonly spread: readonly [low: number, high: number]
  readonly bar: Bar | null
}

export interface Section {
  readonly title: string
  readonly figures: readonly Figure[]
  /** Sentences under the table. */
  readonly notes: readonly string[]
  /** Why there is no comparison, or null. */
  readonly skipped: string | null
}

export const most = (than: number): Bar => ({ kind: 'most', than })
export const least = (than: number): Bar => ({ kind: 'least', than })

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const spreadOf = (values: readonly number[]) => [Math.min(...values), Math.max(...values)] as const

/** A figure of rounds that ran in turns, ours and theirs. */
export function compared(
  what: { readonly name: string; readonly unit: string; readonly bar: Bar | null },
  rounds: readonly { readonly ours: number; readonly theirs: number }[],
): Figure {
  const ratios = rounds.map(round => round.ours / round.theirs)
  return {
    ...what,
    ours: median(rounds.map(round => round.ours)),
    theirs: median(rounds.map(round => round.theirs)),
    ratio: median(ratios),
    spread: spreadOf(ratios),
  }
}

/** A figure of our own rounds alone. */
export function alone(
  what: { readonly name: string; readonly unit: string; readonly bar: Bar | null },
  rounds: readonly number[],
): Figure {
  return { ...what, ours: median(rounds), theirs: null, ratio: null, spread: spreadOf(rounds) }
}

export type Verdict = 'ok' | 'missed' | 'no bar'

export function verdictOf({ bar, ratio, ours }: Figure): Verdict {
  if (bar === null) return 'no bar'
  const held = ratio ?? ours
  return (bar.kind === 'most' ? held <= bar.than : held >= bar.than) ? 'ok' : 'missed'
}
