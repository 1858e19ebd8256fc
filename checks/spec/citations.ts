// What the code says about the specification must be there: the chapters and anchors it cites, the claims and steps that
// chapters describe.

import { readFileSync } from 'node:fs'
import type { Tokens } from 'marked'
import { isConcurrent, type Operation } from '../../model/index.js'
import { nearest } from '../notation/index.js'
import { type Chapter, type Finding, filesBelow, ofType, root } from './chapters.js'
import { slugOf } from './slug.js'

export interface Citation {
  readonly file: string
  readonly line: number
  /** `faults.md` or `decisions/0001-one-text.md`, from spec/. */
  readonly chapter: string
  readonly anchor: string | null
}

/** Folders whose comments and data cite rules. */
const citing = ['spec', 'model', 'impl', 'checks']
/** Tests write down chapters that are missing on purpose, and reports hold samples. */
const isSource = (file: string): boolean => !file.endsWith('.test.ts') && !file.endsWith('.d.ts')

export function citations(): readonly Citation[] {
  return citing
    .flatMap(folder => filesBelow(folder, '.ts'))
    .filter(isSource)
    .flatMap(file => citationsIn(file, readFileSync(`${root}${file}`, 'utf8')))
}

/** `regions.md#mmap` or `spec/regions.md`. A bare file name may be anything, such as a report that is written. */
export function citationsIn(file: string, text: string): readonly Citation[] {
  return text
    .split('\n')
    .flatMap((written, at) =>
      [...written.matchAll(/(?<![\w/.-])(spec\/)?((?:decisions\/)?[a-z0-9-]+\.md)(?:#([\w-]+))?/g)]
        .filter(([, folder, , anchor]) => folder !== undefined || anchor !== undefined)
        .map(([, , chapter, anchor]): Citation => ({ file, line: at + 1, chapter, anchor: anchor ?? null })),
    )
}

export function deadCitations(cited: readonly Citation[], chapters: readonly Chapter[]): readonly Finding[] {
  const known = new Map(chapters.map(chapter => [chapter.file.replace(/^spec\//, ''), chapter]))
  return cited.flatMap(({ file, line, chapter, anchor }) => {
    const found = known.get(chapter)
    if (found === undefined) {
      const next = `cite one of ${[...known.keys()].join(', ')}`
      return [{ file, line, says: `cites spec/${chapter}, and there is no such chapter`, next }]
    }
    if (anchor === null || found.anchors.has(anchor)) return []
    const says = `cites spec/${chapter}#${anchor}, and the chapter has no such heading`
    return [{ file, line, says, next: whatToCite(anchor, found) }]
  })
}

/** The heading that was probably meant, or what to do where none is near. */
export function whatToCite(anchor: string, { anchors, file }: Chapter): string {
  const close = nearest(anchor, [...anchors])
  return close === null ? `add the heading to ${file}, or cite another one` : `did you mean #${close}?`
}

/** Something that a rule carries: a claim, as its id and where its rule is written. */
export interface Carried {
  readonly id: string
  readonly rule: string
}

/** Claims that the chapter of their rule does not mention, or whose rule it does not have. */
export function unmentioned(claims: readonly Carried[], chapters: readonly Chapter[]): readonly Finding[] {
  return claims.flatMap(({ id, rule }): Finding[] => {
    const [name, anchor] = rule.split('#')
    const file = `spec/${name}`
    const chapter = chapters.find(one => one.file === file)
    if (chapter === undefined) {
      return [{ file, line: 1, says: `is the chapter of the claim ${id}, and is not there`, next: 'write it' }]
    }
    if (anchor === undefined || !chapter.anchors.has(anchor)) {
      const says = `has no rule ${anchor ?? ''}, which the claim ${id} is about`
      return [{ file, line: 1, says, next: whatToCite(anchor ?? '', chapter) }]
    }
    if (chapter.text.includes(`\`${id}\``)) return []
    const next = `put <!-- table: claims-${id.split('/')[0]} --> into it, and run mmspec spec check --update`
    return [{ file, line: 1, says: `does not mention the claim ${id}`, next }]
  })
}

/**
 * An operation's section has a table of its steps, one or several a row: every step that it takes where it is alone, in
 * the order in which they run.
 */
export function stepTable(operation: Operation, chapters: readonly Chapter[]): readonly Finding[] {
  const [name, anchor] = operation.about.rule.split('#')
  const chapter = chapters.find(({ file }) => file === `spec/${name}`)
  const section = chapter === undefined ? null : sectionOf(chapter, anchor)
  if (chapter === undefined || section === null) {
    const says = `has no section ${anchor} for ${operation.name}`
    return [{ file: `spec/${name}`, line: 1, says, next: 'write it, or give the operation the rule that decides' }]
  }
  const table = ofType<Tokens.Table>(section, 'table').find(({ token }) => token.header[0]?.text === 'step')
  const written = table?.token.rows.map(([first]) => first.text.replaceAll(/[` ]/g, '')) ?? []
  const steps = Object.keys(operation.steps).filter(step => !isConcurrent(operation.steps[step]))
  if (written.join() === steps.join()) return []
  const says = `the steps of ${operation.name} are ${steps.join(', ')}, the table has ${written.join(', ') || 'none'}`
  return [{ file: chapter.file, line: table?.line ?? section.line, says, next: 'say what each of them does, in order' }]
}

/** From a heading to the next one of its depth or above. */
function sectionOf(chapter: Chapter, anchor: string): (Pick<Chapter, 'tokens'> & { readonly line: number }) | null {
  const headings = ofType<Tokens.Heading>(chapter, 'heading')
  const heading = headings.find(({ token }) => slugOf(token.text) === anchor)
  if (heading === undefined) return null
  const end = headings.find(({ token, line }) => line > heading.line && token.depth <= heading.token.depth)
  const last = end?.line ?? Number.POSITIVE_INFINITY
  return { line: heading.line, tokens: chapter.tokens.filter(({ line }) => line >= heading.line && line < last) }
}
