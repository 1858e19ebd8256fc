// The specification as pages: one that has everything, and one for each chapter. Nothing is loaded from anywhere, and all
// of it reads without scripts.

import { data, html, type Markup } from '../html/markup.js'
import { page } from '../html/page.js'
import { chapterMarkup } from './blocks.js'
import { searchSpec } from './client.js'
import type { Block, Inline, SpecDocument } from './document.js'
import { chapterId, type Place, pageOf, placeIn, wholePage } from './links.js'
import { specStyle } from './style.js'
import { claimsMarkup, requirementsMarkup, sourcesMarkup } from './tables.js'

/** What is no chapter, by the name of its page. */
const beside: readonly (readonly [name: string, title: string])[] = [
  ['claims', 'Claims'],
  ['requirements', 'What is asked for'],
  ['sources', 'Sources'],
]

/** Each page by the name of its file. */
export function renderSpec(document: SpecDocument): ReadonlyMap<string, string> {
  const marked = markedLines(document)
  const names = [...document.chapters.map(({ name, title }) => [name, title] as const), ...beside]
  const whole = placeIn(document, null)
  return new Map([
    [
      wholePage,
      framed(
        whole,
        'The specification',
        names.map(([name]) => content(whole, name, marked)),
      ),
    ],
    ...names.map(([name, title]) => {
      const place = placeIn(document, name)
      return [pageOf(name), framed(place, title, [content(place, name, marked)])] as const
    }),
  ])
}

function content(place: Place, name: string, marked: ReadonlyMap<string, ReadonlySet<number>>): Markup {
  switch (name) {
    case 'claims':
      return claimsMarkup(place)
    case 'requirements':
      return requirementsMarkup(place)
    case 'sources':
      return sourcesMarkup(place, marked)
    default: {
      const chapter = place.document.chapters.find(one => one.name === name)
      return chapter === undefined ? html`` : chapterMarkup(place, chapter)
    }
  }
}

/** Lines of sources that something leads to. */
function markedLines({ rules, trace }: SpecDocument): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>()
  for (const { file, line } of [...rules, ...trace.rows].flatMap(({ code }) => code)) {
    const known = found.get(file)
    if (known === undefined) found.set(file, new Set([line]))
    else known.add(line)
  }
  return found
}

function framed(place: Place, title: string, articles: readonly Markup[]): string {
  const { document } = place
  const home = place.page === null ? '#README' : pageOf('README')
  const body = html`<div class="bar"><div><a href="${home}">mmspec ${document.version}<span class="name"> · the specification</span></a><input class="only-scripted" id="search" type="search" placeholder="search: a rule, a claim, words   ( / )" aria-label="search" autocomplete="off"></div><div id="found" role="listbox"></div></div>
<div class="frame2"><div class="contents"><div>${contents(place)}</div></div><main>${articles}</main></div>
${place.page === null ? null : html`<script type="application/json" id="elsewhere">${data(elsewhere(place))}</script>`}`
  return page({
    title: `${title} · mmspec`,
    body: html`<div class="spec">${body}</div>`,
    script: searchSpec,
    more: specStyle,
  })
}

function contents(place: Place): Markup {
  const link = (name: string, title: string) =>
    html`<a href="${place.page === null ? `#${name}` : pageOf(name)}"${place.page === name ? html` aria-current="page"` : null}>${title}</a>`
  const decisions = place.document.chapters.filter(({ name }) => name.startsWith('decisions/'))
  const chapters = place.document.chapters.filter(chapter => !decisions.includes(chapter))
  return html`<nav aria-label="contents"><h4>chapters</h4>${chapters.map(({ name, title }) => link(name, title))}<h4>beside them</h4>${beside.map(
    ([name, title]) => link(name, title),
  )}<div class="far"><h4>decisions</h4>${decisions.map(({ name, title }) => link(name, title))}</div>${
    place.page === null ? null : html`<h4>all in one</h4><a href="${wholePage}">one page</a>`
  }</nav>`
}

/** Headings of the other chapters, so that a search in one leads to all. */
function elsewhere({ document, page: own }: Place) {
  return document.chapters
    .filter(({ name }) => name !== own)
    .flatMap(({ name, title, blocks }) =>
      blocks.flatMap((block: Block, at) => {
        if (block.is !== 'heading') return []
        const id = chapterId(name, at === 0 ? '' : block.anchor)
        return [
          { href: `${pageOf(name)}#${id}`, title: block.of.map(plain).join(''), where: title, id: id.toLowerCase() },
        ]
      }),
    )
}

export const plain = (part: Inline): string => ('text' in part ? part.text : part.of.map(plain).join(''))
