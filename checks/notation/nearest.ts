// "Did you mean …?": the valid word nearest to a mistyped one, or null where every guess would be far-fetched.
// The distance is Levenshtein's, from `leven`, and two letters that changed places (Damerau), or one that moved, count as
// one slip: the most common slip in four-letter commands, and twice as far for Levenshtein. Chosen over `damerau-levenshtein` (no types,
// CommonJS) and over commander's own finder, which is not exported and guesses at half of a four-letter word.

import leven from 'leven'

/** One slip in every three letters may be wrong, and one in the shortest words. */
const lettersPerSlip = 3

/** The candidate with the fewest slips, the first of these; upper and lower case are the same letter. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null
  let fewest = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const found = slips(word.toLowerCase(), candidate.toLowerCase(), slipsAllowed(candidate))
    if (found < fewest) [best, fewest] = [candidate, found]
  }
  return best
}

function slipsAllowed(candidate: string): number {
  return Math.max(1, Math.floor(candidate.length / lettersPerSlip))
}

/** The number of slips between two words, infinite above the limit and where nothing of a word would be left. */
function slips(word: string, candidate: string, limit: number): number {
  // The length decides first: a hostile word of a megabyte must not cost a megabyte of work for each candidate.
  if (Math.abs(word.length - candidate.length) > limit) return Number.POSITIVE_INFINITY
  const distance = leven(word, candidate)
  const counted = distance === 2 && sorted(word) === sorted(candidate) ? 1 : distance
  return counted > limit || (counted > 0 && counted >= candidate.length) ? Number.POSITIVE_INFINITY : counted
}

function sorted(word: string): string {
  return [...word].sort().join('')
}
