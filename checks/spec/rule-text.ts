// Rules and steps in the words of the specification, for whoever reads a counterexample without having it at hand: the beginning
// of a rule, and the line that it has for one of its steps. Only what a report names is read.

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RuleText } from '../../reports/result.js'
import { slugOf } from './slug.js'

/** As much as is read in passing; what is cut ends between two paragraphs. */
const mostLetters = 1500

interface Section {
  readonly title: string
  readonly blocks: readonly string[]
}

/** A rule by its id, `frames.md#exclusive`; null where the specification has none. */
export function ruleText(rule: string): RuleText | null {
  const { title, blocks } = sectionOf(rule) ?? { title: '', blocks: [] }
  const says = proseOf(blocks, rule)
  return says.length === 0 ? null : { rule, title, says }
}

/** The rules that something names, each once; what has none in the specification is left out. */
export const ruleTexts = (rules: readonly string[]): readonly RuleText[] =>
  [...new Set(rules)].flatMap(rule => ruleText(rule) ?? [])

/** What a step of an operation does, by the operation's rule; null where neither a table nor a numbered list says it. */
export function stepText(rule: string, step: string): string | null {
  for (const block of sectionOf(rule)?.blocks ?? []) {
    for (const text of paragraphOf(block)) {
      const [, name, says] = /^\d+\. `(\w+)`: (.+)$/.exec(text) ?? []
      if (name === step) return says
    }
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

/** Paragraphs, lists and small tables, as many as are read in passing: each item and each row is a text of its own. */
function proseOf(blocks: readonly string[], rule: string): readonly string[] {
  const told: string[] = []
  let letters = 0
  let isCut = false
  for (const block of blocks.slice(Math.max(0, blocks.findIndex(isProse)))) {
    const texts = isProse(block) ? paragraphOf(block) : rowsOf(block)
    letters += texts.join('').length
    if (isCut || texts.length === 0 || (letters > mostLetters && told.length > 0)) {
      // What announces something that is left out says nothing.
      if (!isCut && told.length > 1 && (told[told.length - 1].endsWith(':') || isItem(block))) told.pop()
      isCut = true
    } else told.push(...texts)
  }
  return isCut && told.length > 0 ? [...told, `… continued in \`spec/${rule}\``] : told
}

const isItem = (block: string): boolean => /^(?:-|\d+\.) /.test(block)
const paragraphOf = (block: string): readonly string[] =>
  block.split(/\n(?=(?:-|\d+\.) )/).map(text => text.replaceAll(/\s+/g, ' '))

/** Rows of a table as items, what they are about first; a table of steps is told step by step elsewhere. */
function rowsOf(block: string): readonly string[] {
  const [head = [], , ...rows] = block.split('\n').map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
  if (!block.startsWith('|') || head[0] === 'step') return []
  const named = head.length > 2
  return rows.map(
    ([about, ...says]) => `- ${about}: ${says.map((text, i) => (named ? `${head[i + 1]}: ${text}` : text)).join('; ')}`,
  )
}

/** Tables are told as items; examples, drawings and comments are for who has the specification open. */
const isProse = (block: string): boolean => !/^(?:\||```|<!--| {4})/.test(block)
