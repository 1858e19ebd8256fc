// Words that a page uses as names and a stranger cannot guess, each explained where it occurs: who reads a counterexample has
// no glossary. What the pictures mean is told by their legend.

import type { ScopeResult, Trace } from '../result.js'
import { html, type Markup } from './markup.js'

interface Word {
  readonly word: string
  readonly says: string
  /** What stands on the page where the word does, if not the word itself. */
  readonly where?: RegExp
}

const words: readonly Word[] = [
  { word: 'area', says: 'a swap area: a partition or a file that slots lie in', where: /\bareas\[/ },
  { word: 'ceiling', says: 'what the protection of a page may still become' },
  {
    word: 'chosen freely',
    says: 'any frame, slot or space that fits may be taken; a search takes each',
    where: /"choices":\["/,
  },
  { word: 'exclusive', says: 'of a frame: it has no other name than that of its page, and those of its pins' },
  {
    word: 'fused',
    says: 'granularity at which a step that nobody else can notice is taken as one with the step before; the name is that of the last one',
  },
  { word: 'whole', says: 'granularity at which an operation runs from its beginning to its end as one step' },
  {
    word: 'gathered',
    says: 'frames whose entries are gone, and which are given back when all CPUs have forgotten them',
  },
  { word: 'happened', says: 'answer of something that no process has called, such as an acknowledgement' },
  {
    word: 'seen, taken',
    says: 'the frame that an operation has read from an entry, and the one that it has counted a reference for',
    where: /[( ](?:seen|taken) \d/,
  },
  { word: 'sharers', says: 'the highest count that a frame or a slot can have' },
  { word: 'skew', says: 'whether the address of a command lies at the beginning of a page: aligned, unaligned' },
  { word: 'stale', says: 'of content: whatever was there before, which nobody may read' },
  {
    word: 'tables',
    says: 'whether page tables are exhausted when one is needed: false, one can be had',
    where: /"tables: \w/,
  },
  { word: 'undisturbed', says: 'CPUs that watch, without a lock, whether a fork of the space begins' },
  { word: 'under way', says: 'the operation has not answered yet: other CPUs may take steps before it goes on' },
  { word: 'values', says: 'how many different bytes can be stored' },
  { word: 'wanted', says: 'of a pin: it is being made, and its place is taken' },
]

/** Those that occur on the page of a trace, folded. */
export function wordsOn({
  scope,
  claim,
}: {
  readonly scope: Pick<ScopeResult, 'bounds' | 'granularity'>
  readonly claim: { readonly trace: Trace }
}): Markup | null {
  const { initial, steps } = claim.trace
  const text = JSON.stringify([scope.bounds, scope.granularity, initial, steps.map(({ others: _, ...step }) => step)])
  const used = words.filter(({ word, where = new RegExp(`\\b${word}\\b`) }) => where.test(text))
  if (used.length === 0) return null
  return html`<details class="words"><summary>Words on this page</summary><dl class="facts">${used.map(({ word, says }) => html`<dt>${word}</dt><dd>${says}</dd>`)}</dl></details>`
}
