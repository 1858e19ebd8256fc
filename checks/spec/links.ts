// Links between the texts and into the code: a relative link must lead to a file or folder of the repository, and its
// fragment to a heading there. Links to the web are not followed: a test must not depend on it.

import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { marked, type Token, type Tokens } from 'marked'
import { type Chapter, type Finding, readChapter, root } from './chapters.js'

export function deadLinks(text: Chapter): readonly Finding[] {
  return text.tokens.flatMap(({ token, line }) =>
    linksIn(token).flatMap(href => {
      const says = whyDead(text, href)
      return says === null ? [] : [{ file: text.file, line, says, next: 'mend the link, or what it leads to' }]
    }),
  )
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
    if (inner.type === 'link') found.push((inner as Tokens.Link).href)
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
