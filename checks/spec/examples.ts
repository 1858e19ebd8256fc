// The executed examples: every block fenced as `mmspec` runs, on the model and on the implementation, and both must
// answer what the block says.

import { marked, type Tokens } from 'marked'
import { NotationError, parseScenario } from '../notation/index.js'
import { type OpenSide, openImplementation, openModel, partings, type RanStep, runScenario } from '../scenario/index.js'
import { type Chapter, type Finding, ofType } from './chapters.js'

const fence = 'mmspec'
/** The fence of an example, also behind the marks of a list or a quotation. */
const opensExample = /^[\s>*+\d.)-]*(?:`{3,}|~{3,})\s*mmspec\s*$/
/** A command or a question with its answer, as examples have them. */
const answered = /^\s*(?:P\d+ |\? |cpu \d+: |alloc\b|(?:free|reserve) F\d).*->/i

export interface Example {
  readonly file: string
  readonly text: string
  /** The line of the block's first step, or of its settings. */
  readonly line: number
}

export function examplesOf(chapter: Chapter): readonly Example[] {
  return ofType<Tokens.Code>(chapter, 'code')
    .filter(({ token }) => token.lang === fence)
    .map(({ token, line }) => ({ file: chapter.file, text: token.text, line: line + 1 }))
}

/** Blocks inside lists and quotations would be skipped: they are refused instead. */
export function hiddenExamples(chapter: Chapter): readonly Finding[] {
  const written = chapter.text.split('\n').filter(line => opensExample.test(line)).length
  const found = examplesOf(chapter).length
  if (written === found) return []
  const says = `${written - found} examples are indented, and would not run`
  return [{ file: chapter.file, line: 1, says, next: 'begin their fences at the margin' }]
}

/** Blocks that read like examples, and are not fenced as such: nobody would notice when they are wrong. */
export function unmarkedExamples({ file, tokens }: Chapter): readonly Finding[] {
  return tokens.flatMap(({ token, line }) => {
    const found: Finding[] = []
    let from = 0
    marked.walkTokens([token], inner => {
      if (inner.type !== 'code') return
      const block = inner as Tokens.Code
      from = Math.max(from, token.raw.indexOf(block.text.split('\n')[0].trim(), from + 1))
      if (!readsLikeExample(block)) return
      const above = token.raw.slice(0, from).split('\n').length - 1
      const opened = Math.max(0, block.codeBlockStyle === 'indented' ? above : above - 1)
      found.push({
        file,
        line: line + opened,
        says: 'reads like an example, and does not run',
        next: `fence it as ${fence}, in lower case and at the margin; or leave out its answers, if it is not to run`,
      })
    })
    return found
  })
}

const readsLikeExample = ({ lang = '', text }: Tokens.Code): boolean =>
  lang !== fence && (lang.toLowerCase().startsWith(fence) || text.split('\n').some(line => answered.test(line)))

/** Examples in texts that nobody runs: they would look executed. */
export const unreadExamples = (all: readonly Chapter[], run: readonly Chapter[]): readonly Finding[] =>
  all
    .filter(({ file }) => !run.some(text => text.file === file))
    .flatMap(examplesOf)
    .map(({ file, line }) => ({
      file,
      line: line - 1,
      says: 'is an example in a text whose examples do not run',
      next: 'fence it as plain text, or move it to a chapter',
    }))

export function runExample(
  example: Example,
  sides: readonly OpenSide[] = [openModel, openImplementation],
): readonly Finding[] {
  try {
    return runOn(example, sides)
  } catch (error) {
    if (!(error instanceof NotationError)) throw error
    return [{ file: example.file, line: error.line, says: error.message, next: 'mend the line' }]
  }
}

function runOn({ file, text, line }: Example, sides: readonly OpenSide[]): readonly Finding[] {
  const scenario = parseScenario(text, { file, firstLine: line })
  if (!scenario.steps.some(step => step.expect !== undefined))
    return [{ file, line, says: 'the example expects nothing', next: 'write an answer behind ->' }]
  const [first, ...others] = sides.map(side => runScenario(scenario, side))
  const wrong = first.steps.filter(step => !step.asExpected).map(step => unexpected(file, step))
  const parted = others.flatMap(other =>
    partings(first, other).map(({ line: at, says, one, other: there }) => ({
      file,
      line: at,
      says: `${says}: one side answers ${one}, the other ${there}`,
      next: 'mend the side that the rule does not agree with',
    })),
  )
  return [...wrong, ...parted]
}

const unexpected = (file: string, { line, says, expected, answer }: RanStep): Finding => ({
  file,
  line,
  says: `${says}: expected ${expected ?? 'nothing'}, answered ${answer}`,
  next: 'mend the example or, if the rule says so, the model and the implementation',
})
