// The texts of the specification as data: headings with their anchors, fenced blocks, links and tables, each with the
// line it stands on. `marked` reads the Markdown; the lines are counted here, because its tokens carry none.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { marked, type Token, type Tokens } from 'marked'
import { UserError } from '../errors.js'
import { slugOf } from './slug.js'

export interface Located<T> {
  readonly token: T
  /** The first line of the token in its file, counted from 1. */
  readonly line: number
}

export interface Chapter {
  /** Path from the root of the repository, `spec/faults.md`. */
  readonly file: string
  readonly text: string
  /** Top-level tokens in order. */
  readonly tokens: readonly Located<Token>[]
  /** Anchors of its headings. */
  readonly anchors: ReadonlySet<string>
}

/** Something wrong in a text: where, what was expected there, and what to do. */
export interface Finding {
  readonly file: string
  readonly line: number
  readonly says: string
  readonly next: string
}

/** The repository, seen from the compiled file in dist/checks/spec. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Refuses where there are chapters, and not the sources that they are held to and lead to: in an installed package. */
export function needSources(verb: string, at = root): void {
  const missing = ['model', 'impl', 'checks/claims'].filter(folder => !existsSync(`${at}${folder}`))
  if (missing.length === 0) return
  throw new UserError({
    code: 'no-sources',
    message: `'mmspec ${verb}' holds the specification to the sources, and an installed package has none: ${missing.join(', ')}`,
    place: at,
    next: `run it in a clone of the repository; the chapters themselves are in ${at}spec, README.md first`,
  })
}

const chaptersDirectory = 'spec'
/** Texts beside the chapters whose links and examples are held to the same. */
const alsoRead = ['README.md', 'model/README.md', 'impl/README.md']

/** Every chapter and decision of spec/. */
export function chapters(): readonly Chapter[] {
  return filesBelow(chaptersDirectory, '.md').map(readChapter)
}

/** The chapters, and the READMEs that lead to them. */
export function texts(): readonly Chapter[] {
  const known = new Set(filesBelow('.', '.md', 1).concat(filesBelow('model', '.md'), filesBelow('impl', '.md')))
  return [...chapters(), ...alsoRead.filter(file => known.has(file)).map(readChapter)]
}

/** Texts about the project whose links are followed, and whose examples do not run. */
export function otherTexts(): readonly Chapter[] {
  const read = new Set(alsoRead)
  return ['.', 'checks', 'reports']
    .flatMap(folder => filesBelow(folder, '.md', 1))
    .filter(file => !read.has(file))
    .map(readChapter)
}

/** Paths below a directory of the repository, in a fixed order. */
export function filesBelow(directory: string, ending: string, depth = Number.POSITIVE_INFINITY): string[] {
  return readdirSync(`${root}${directory}`, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const path = directory === '.' ? entry.name : `${directory}/${entry.name}`
      if (entry.isDirectory()) return depth > 1 ? filesBelow(path, ending, depth - 1) : []
      return entry.name.endsWith(ending) ? [path] : []
    })
}

export const readChapter = (file: string): Chapter => chapterOf(file, readFileSync(`${root}${file}`, 'utf8'))

export function chapterOf(file: string, text: string): Chapter {
  const tokens: Located<Token>[] = []
  let line = 1
  for (const token of marked.lexer(text)) {
    tokens.push({ token, line })
    line += token.raw.split('\n').length - 1
  }
  return { file, text, tokens, anchors: anchorsOf(tokens) }
}

export function ofType<T extends Tokens.Heading | Tokens.Code | Tokens.Table>(
  { tokens }: Pick<Chapter, 'tokens'>,
  type: T['type'],
): readonly Located<T>[] {
  return tokens.filter(({ token }) => token.type === type) as unknown as readonly Located<T>[]
}

/** The anchors that GitHub gives to headings; a second heading of the same text gets `-1`, and so on. */
function anchorsOf(tokens: readonly Located<Token>[]): ReadonlySet<string> {
  const anchors = new Set<string>()
  for (const { token } of ofType<Tokens.Heading>({ tokens }, 'heading')) {
    const slug = slugOf(token.text)
    let anchor = slug
    for (let n = 1; anchors.has(anchor); n++) anchor = `${slug}-${n}`
    anchors.add(anchor)
  }
  return anchors
}

/** `spec/faults.md:12 says …; do …`, one line each. */
export const report = (findings: readonly Finding[]): string =>
  findings.map(({ file, line, says, next }) => `${file}:${line} ${says}; ${next}`).join('\n')
