// Chapters as blocks for the pages: what `marked` reads becomes the few kinds of text that a page knows. Markup inside
// Markdown is not one of them; comments, which mark what is generated, are left out.

import { posix } from 'node:path'
import type { Token, Tokens } from 'marked'
import type { Block, Inline, SpecChapter, Target } from '../../reports/index.js'
import type { Chapter } from './chapters.js'
import { slugOf } from './slug.js'
import { walkOf } from './walk.js'

export function chapterBlocks({ file, tokens }: Chapter): SpecChapter {
  const seen = new Map<string, number>()
  const anchorFor = (text: string): string => {
    const slug = slugOf(text)
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times}`
  }
  const reader: Reader = { file, anchorFor }
  const blocks = tokens.flatMap(({ token, line }) => blockOf(reader, token, line))
  const [first] = blocks
  return { name: chapterName(file), title: first?.is === 'heading' ? first.of.map(plainText).join('') : file, blocks }
}

/** `spec/regions.md` is `regions`. */
export const chapterName = (file: string): string => file.replace(/^spec\//, '').replace(/\.md$/, '')

interface Reader {
  readonly file: string
  readonly anchorFor: (text: string) => string
}

function blockOf(reader: Reader, token: Token, line: number): readonly Block[] {
  switch (token.type) {
    case 'heading': {
      const { depth, text, tokens } = token as Tokens.Heading
      return [{ is: 'heading', depth, anchor: reader.anchorFor(text), of: inlines(reader, tokens) }]
    }
    case 'paragraph':
    case 'text':
      return [{ is: 'paragraph', of: inlines(reader, (token as Tokens.Paragraph).tokens) }]
    case 'list': {
      const { ordered, items } = token as Tokens.List
      return [
        { is: 'list', ordered, items: items.map(item => item.tokens.flatMap(part => blockOf(reader, part, line))) },
      ]
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table
      const cells = (of: readonly Tokens.TableCell[]) => of.map(cell => inlines(reader, cell.tokens))
      return [{ is: 'table', head: cells(header), rows: rows.map(cells) }]
    }
    case 'code': {
      const { lang, text } = token as Tokens.Code
      if (lang !== 'mmspec') return [{ is: 'code', text }]
      return [{ is: 'example', walk: walkOf(text, { file: reader.file, firstLine: line + 1 }) }]
    }
    case 'space':
    case 'hr':
      return []
    case 'html':
      if (token.raw.trim().startsWith('<!--')) return []
      break
  }
  throw new TypeError(`${reader.file}:${line} has a ${token.type}, which no page can show`)
}

const inlines = (reader: Reader, tokens: readonly Token[] = []): readonly Inline[] =>
  tokens.flatMap(token => inlineOf(reader, token))

function inlineOf(reader: Reader, token: Token): readonly Inline[] {
  switch (token.type) {
    case 'text':
    case 'escape':
      if ('tokens' in token && token.tokens !== undefined) return inlines(reader, token.tokens)
      return [{ is: 'text', text: unbroken((token as Tokens.Text).text) }]
    case 'codespan':
      return [{ is: 'code', text: unbroken((token as Tokens.Codespan).text) }]
    case 'strong':
      return [{ is: 'strong', of: inlines(reader, (token as Tokens.Strong).tokens) }]
    case 'em':
      return [{ is: 'em', of: inlines(reader, (token as Tokens.Em).tokens) }]
    case 'link': {
      const { href, tokens } = token as Tokens.Link
      return [{ is: 'link', to: targetOf(reader.file, href), of: inlines(reader, tokens) }]
    }
    case 'br':
      return [{ is: 'text', text: ' ' }]
  }
  throw new TypeError(`${reader.file} has a ${token.type} in its text, which no page can show: ${token.raw}`)
}

/** Lines of Markdown are broken anywhere. */
const unbroken = (text: string): string => text.replace(/\s*\n\s*/g, ' ')

function targetOf(file: string, href: string): Target {
  if (/^[a-z]+:/i.test(href)) return { is: 'web', address: href }
  const [path, anchor = ''] = href.split('#')
  const target = path === '' ? file : posix.normalize(posix.join(posix.dirname(file), path))
  if (!target.startsWith('spec/') || !target.endsWith('.md')) return { is: 'file', file: target }
  return { is: 'chapter', chapter: chapterName(target), anchor }
}

const plainText = (part: Inline): string => ('text' in part ? part.text : part.of.map(plainText).join(''))
