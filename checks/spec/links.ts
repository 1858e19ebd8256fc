// Links between the texts and into the code: a relative link must lead to a file or folder of the repository, and its
// fragment to a heading there. Pictures and HTML count as links do, and a reference needs its definition. Links to the web
// are not followed: a test must not depend on it.

import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { marked, type Token, type Tokens } from 'marked'
import { type Chapter, type Finding, readChapter, root } from './chapters.js'

export function deadLinks(text: Chapter): readonly Finding[] {
  return text.tokens.flatMap(({ token, line }) => [
    ...linksIn(token).flatMap(href => {
      const says = whyDead(text, href)
      return says === null ? [] : [{ file: text.file, line, says, next: 'mend the link, or what it leads to' }]
    }),
    ...undefinedIn(token).map(reference => ({
      file: text.file,
      line,
      says: `the reference ${reference} has no definition`,
      next: 'define it, or write the link out',
    })),
  ])
}

/** Files and folders of the project that a text leads to. */
export const linksOf = (text: Chapter): readonly string[] =>
  text.tokens
    .flatMap(({ token }) => linksIn(token))
    .filter(href => !/^[a-z]+:/i.test(href) && !href.startsWith('#'))
    .map(href => posix.normalize(posix.join(posix.dirname(text.file), href.split('#')[0])))

function linksIn(token: Token): readonly string[] {
  const found: string[] = []
  marked.walkTokens([token], inner => {
    if (inner.type === 'link' || inner.type === 'image') found.push((inner as Tokens.Link | Tokens.Image).href)
    if (inner.type === 'html') found.push(...attributesIn(inner.raw))
  })
  return found
}

const attributesIn = (html: string): readonly string[] =>
  [
    ...html.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(/\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi),
  ].map(([, double, single, bare]) => double ?? single ?? bare)

/** `[x][nope]` stays text where nothing defines `nope`: marked makes a link of every other reference. */
function undefinedIn(token: Token): readonly string[] {
  const found: string[] = []
  marked.walkTokens([token], inner => {
    if (inner.type !== 'text' || (inner as Tokens.Text).tokens !== undefined) return
    found.push(...[...inner.raw.matchAll(/\[[^[\]]*\]\[[^\]]*\]|^\]\[[^\]]*\]/g)].map(([reference]) => reference))
  })
  return found
}

function whyDead(text: Chapter, href: string): string | null {
  if (/^[a-z]+:/i.test(href)) return null
  const [path, anchor] = href.split('#')
  const target = path === '' ? text.file : posix.normalize(posix.join(posix.dirname(text.file), path))
  if (target.startsWith('..')) return `the link ${href} leads out of the repository`
  if (path !== '' && !existsSync(`${root}${target}`)) return `the link ${href} leads to ${target}, which does not exist`
  if (anchor === undefined || !target.endsWith('.md')) return null
  const there = path === '' ? text : readChapter(target)
  return there.anchors.has(anchor) ? null : `the link ${href} leads to a heading that ${target} does not have`
}
