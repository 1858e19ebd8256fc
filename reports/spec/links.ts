// Where things are in the pages: all in one, or a page for each chapter. An id is the same in both, so that a link differs
// by the page only.

import type { SpecDocument, Target } from './document.js'

/** `null` is the document that has everything. */
export interface Place {
  readonly page: string | null
  readonly document: SpecDocument
  /** Files whose text is in the pages, and folders that have one. */
  readonly files: ReadonlySet<string>
  readonly claims: ReadonlySet<string>
}

export const placeIn = (document: SpecDocument, page: string | null): Place => ({
  page,
  document,
  files: new Set(document.sources.map(({ file }) => file)),
  claims: new Set(document.claims.map(({ id }) => id)),
})

export const pageOf = (chapter: string): string => `${chapter.replaceAll('/', '-')}.html`
export const wholePage = 'spec.html'

const within = ({ page }: Place, home: string, id: string): string =>
  page === null || page === home ? `#${id}` : `${pageOf(home)}#${id}`

export const chapterId = (chapter: string, anchor: string): string => (anchor === '' ? chapter : `${chapter}/${anchor}`)

/** `regions.md#munmap` as a link. */
export function toRule(place: Place, rule: string): string {
  const [file, anchor = ''] = rule.split('#')
  const chapter = file.replace(/\.md$/, '')
  return within(place, chapter, chapterId(chapter, anchor))
}
export const toClaim = (place: Place, id: string): string => within(place, 'claims', `claim/${id}`)
export const toRow = (place: Place, id: string): string => within(place, 'requirements', `row/${id}`)
/** A file with its text in the pages; null where the pages do not have it. */
export function toCode(place: Place, file: string, line?: number): string | null {
  if (!place.files.has(file)) return null
  return within(place, 'sources', line === undefined || line === 1 ? `source/${file}` : `source/${file}:${line}`)
}

/** Null where there is nothing to lead to: a folder, or a file that the pages do not have. */
export function hrefOf(place: Place, to: Target): string | null {
  switch (to.is) {
    case 'chapter':
      return within(place, to.chapter, chapterId(to.chapter, to.anchor))
    case 'file':
      return toCode(place, to.file)
    case 'web':
      return to.address
  }
}
