// Chapters have one shape, so that a reader who knows one finds the same thing at the same place in all of them: a text
// that says what it is for, then these sections, none of them empty.

import type { Tokens } from 'marked'
import { type Chapter, type Finding, type Located, ofType } from './chapters.js'

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

export function misshapen(chapter: Chapter): readonly Finding[] {
  const sections = ofType<Tokens.Heading>(chapter, 'heading').filter(({ token }) => token.depth === 2)
  return [
    ...misplaced(chapter, sections),
    ...purposeless(chapter, sections[0]?.line ?? Number.POSITIVE_INFINITY),
    ...sections.flatMap(section => hollow(chapter, section, sections)),
  ]
}

type Section = Located<Tokens.Heading>

/** Every section, once, in order. */
function misplaced({ file }: Chapter, sections: readonly Section[]): readonly Finding[] {
  const found = sections.map(({ token }) => token.text)
  const lacking = shape.filter(name => !found.includes(name))
  if (lacking.length > 0) {
    return lacking.map(name => ({
      file,
      line: sections.at(-1)?.line ?? 1,
      says: `has no section ${name}`,
      next: `write it; the sections of a chapter are ${shape.join(', ')}`,
    }))
  }
  const wrong = sections.find(({ token }, at) => token.text !== shape[at])
  if (wrong === undefined) return []
  const says = `has the section ${wrong.token.text} where ${shape[sections.indexOf(wrong)] ?? 'none'} belongs`
  return [{ file, line: wrong.line, says, next: `put the sections in order: ${shape.join(', ')}` }]
}

/** Before the first section stands what the chapter is for. */
function purposeless({ file, tokens }: Chapter, end: number): readonly Finding[] {
  if (tokens.some(({ token, line }) => token.type === 'paragraph' && line < end)) return []
  return [{ file, line: 1, says: 'does not say what it is for', next: 'begin it with a paragraph that does' }]
}

/** Headings alone say nothing, and a picture is drawn. */
function hollow(chapter: Chapter, section: Section, sections: readonly Section[]): readonly Finding[] {
  const end = sections.find(({ line }) => line > section.line)?.line ?? Number.POSITIVE_INFINITY
  const within = chapter.tokens.filter(({ line }) => line > section.line && line < end).map(({ token }) => token.type)
  const { file } = chapter
  const { line } = section
  if (section.token.text === 'Picture' && !within.includes('code'))
    return [{ file, line, says: 'has a picture that is not drawn', next: 'draw one, fenced, in characters' }]
  if (within.some(type => !['space', 'heading', 'html'].includes(type))) return []
  return [{ file, line, says: `says nothing in ${section.token.text}`, next: 'write it, or why there is nothing' }]
}
