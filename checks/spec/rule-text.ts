// Rules and steps in the words of the specification, for whoever reads a counterexample without having it at hand: the first
// paragraphs of a rule, and the line that its table of steps has for one of them. Only what a report names is read.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RuleText } from '../../reports/result.js'
import { slugOf } from './slug.js'

/** As much as is read in passing; what is cut ends between two paragraphs. */
const mostLetters = 900

interface Section {
  readonly title: string
  readonly blocks: readonly string[]
}

/** A rule by its id, `frames.md#exclusive`; null where the specification has none. */
export function ruleText(rule: string): RuleText | null {
  const { title, blocks } = sectionOf(rule) ?? { title: '', blocks: [] }
  const says = proseOf(blocks)
  return says.length === 0 ? null : { rule, title, says }
}

/** The rules that something names, each once; what has none in the specification is left out. */
export const ruleTexts = (rules: readonly string[]): readonly RuleText[] =>
  [...new Set(rules)].flatMap(rule => ruleText(rule) ?? [])

/** What a step of an operation does, by the operation's rule; null where no table says it. */
export function stepText(rule: string, step: string): string | null {
  for (const block of sectionOf(rule)?.blocks ?? []) {
    for (const row of block.split('\n')) {
      const [, names = '', says = ''] = /^\| *((?:`[^`|]+`(?:, )?)+) *\| *([^|]+?) *\|$/.exec(row) ?? []
      if (names.split(', ').includes(`\`${step}\``)) return says
    }
  }
  return null
}

const known = new Map<string, ReadonlyMap<string, Section>>()

function sectionOf(rule: string): Section | undefined {
  const [chapter, anchor = ''] = rule.split('#')
  if (!/^[\w-]+\.md$/.test(chapter)) return undefined
  const sections = known.get(chapter) ?? sectionsOf(read(chapter))
  known.set(chapter, sections)
  return sections.get(anchor)
}

/** The package has its specification beside the compiled files. */
function read(chapter: string): string {
  const path = fileURLToPath(new URL(`../../../spec/${chapter}`, import.meta.url))
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Sections by their anchors, each up to the next heading. */
function sectionsOf(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, { readonly title: string; readonly blocks: string[] }>()
  let blocks: string[] = []
  let block: string[] = []
  let fenced = false
  const close = (): void => {
    if (block.length > 0) blocks.push(block.join('\n'))
    block = []
  }
  for (const line of text.split('\n')) {
    const [, title] = (fenced ? null : /^#+ (.+)$/.exec(line)) ?? []
    if (line.startsWith('```')) fenced = !fenced
    if (title === undefined && (line !== '' || fenced)) {
      block.push(line)
      continue
    }
    close()
    if (title === undefined) continue
    blocks = []
    const anchor = slugOf(title)
    if (!sections.has(anchor)) sections.set(anchor, { title, blocks })
  }
  close()
  return sections
}

/** The first paragraphs and lists in a row, as many as are read in passing: each item of a list is a text of its own. */
function proseOf(blocks: readonly string[]): readonly string[] {
  const first = blocks.findIndex(isProse)
  const behind = blocks.slice(Math.max(0, first)).findIndex(block => !isProse(block))
  const prose = first < 0 ? [] : blocks.slice(first, behind < 0 ? undefined : first + behind)
  let letters = 0
  return prose
    .filter((block, i) => {
      letters += block.length
      return i === 0 || letters <= mostLetters
    })
    .flatMap(block => block.split(/\n(?=(?:-|\d+\.) )/))
    .map(text => text.replaceAll(/\s+/g, ' '))
}
/** Tables, examples, drawings and comments are for who has the specification open. */
const isProse = (block: string): boolean => !/^(?:\||```|<!--| {4})/.test(block)
