// The rules of the specification, and who is guided by each: a rule is a heading below Operations or Rules that asks no
// question. One that neither an operation, nor a claim, nor a line of the code cites is a promise that nobody keeps.

import type { Tokens } from 'marked'
import { type Chapter, type Finding, ofType } from './chapters.js'
import type { Citation } from './citations.js'
import { slugOf } from './slug.js'

export interface SpecRule {
  /** `regions.md#munmap` */
  readonly id: string
  readonly title: string
  readonly file: string
  readonly line: number
}

const sections: ReadonlySet<string> = new Set(['Operations', 'Rules'])

/** Rules of a chapter that has the fixed shape, in order. */
export function rulesOf(chapter: Chapter): readonly SpecRule[] {
  const anchors = [...chapter.anchors]
  let section = ''
  return ofType<Tokens.Heading>(chapter, 'heading').flatMap(({ token, line }, at) => {
    if (token.depth < 3) section = token.text
    if (token.depth !== 3 || !sections.has(section) || isQuestion(token.text)) return []
    return [{ id: `${chapter.file.replace('spec/', '')}#${anchors[at]}`, title: token.text, file: chapter.file, line }]
  })
}

/** A question is answered out of rules; it is none itself. */
export const isQuestion = (heading: string): boolean => heading.endsWith('?')

/** Rules whose names other headings of the chapter have: a citation would lead to those. */
export const ambiguous = (rules: readonly SpecRule[]): readonly Finding[] =>
  rules
    .filter(({ id, title }) => !id.endsWith(`#${slugOf(title)}`))
    .map(({ id, title, file, line }) => ({
      file,
      line,
      says: `is not what #${slugOf(title)} leads to: another heading of the chapter has the name ${title}`,
      next: `give the rule a name of its own; its anchor is ${id}`,
    }))

/** What code may cite a rule for: not to be checked itself, or to be traced. */
const guided = /^(model|impl|checks)\/(?!spec\/|cli\/)/

export const guides = ({ file }: Pick<Citation, 'file'>): boolean => guided.test(file)

/** Rules that nothing cites: `cited` are those of operations and claims, `citations` those of lines of code. */
export function uncited(
  rules: readonly SpecRule[],
  cited: readonly string[],
  citations: readonly Citation[],
): readonly Finding[] {
  const known = new Set([
    ...cited,
    ...citations.filter(guides).map(({ chapter, anchor }) => `${chapter}#${anchor ?? ''}`),
  ])
  return rules
    .filter(({ id }) => !known.has(id))
    .map(({ id, file, line }) => ({
      file,
      line,
      says: `is a rule that no step and no claim cites: ${id}`,
      next: `cite spec/${id} where the code follows it, or say in limits.md that nothing does`,
    }))
}
