// Chapters have one shape, so that a reader who knows one finds the same thing at the same place in all of them.

import type { Tokens } from 'marked'
import { type Chapter, type Finding, ofType } from './chapters.js'

export const shape: readonly string[] = [
  'Picture',
  'State',
  'Operations',
  'Rules',
  'What is claimed',
  'What may be chosen freely',
  'What is not modelled yet',
  'Sources',
]

/** The sections of a chapter must be these, in this order. */
export function misshapen(chapter: Chapter): readonly Finding[] {
  const sections = ofType<Tokens.Heading>(chapter, 'heading')
    .filter(({ token }) => token.depth === 2)
    .map(({ token }) => token.text)
  if (sections.join() === shape.join()) return []
  return [
    { file: chapter.file, line: 1, says: `has the sections ${sections.join(', ')}; the shape is ${shape.join(', ')}` },
  ]
}
