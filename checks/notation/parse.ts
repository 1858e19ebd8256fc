// The parser of the notation: one line a step, see `scenario.ts` for what comes out. Which words and fields commands have
// comes from `spec/interface.ts`. A text is either understood completely or refused at its first mistake: half a
// scenario proves nothing.

import { type Command, commands } from '../../spec/interface.js'
import { quote } from './error.js'
import { commandAnswer, queryAnswer } from './expect.js'
import { cut, type Line, refuse } from './line.js'
import { nearest } from './nearest.js'
import { beginsCommand, parseCommand } from './parse-command.js'
import { parseQuery } from './parse-query.js'
import { parseSetup } from './parse-setup.js'
import type { CommandStep, Place, QueryStep, Scenario, Setup, Step } from './scenario.js'
import { laterCommands, vocabulary } from './words.js'

export interface ParseOptions {
  /** Named in errors. */
  readonly file?: string
  /** The number of the text's first line in that file: a block in a chapter of the spec does not start at line 1. */
  readonly firstLine?: number
}

/** Parses a scenario, or throws a `NotationError`. */
export function parseScenario(text: string, { file, firstLine = 1 }: ParseOptions = {}): Scenario {
  const steps: Step[] = []
  let setup: Setup | null = null
  for (const [at, written] of text.split(/\r\n|\n|\r/).entries()) {
    const line = cut(file ?? null, firstLine + at, written)
    if (line.step[0]?.text === 'with') {
      if (setup !== null || steps.length > 0)
        refuse(line, line.step[0].column, 'the settings must come first, on one line')
      setup = parseSetup(line)
    } else if (line.step.length > 0 || line.answer !== null) {
      steps.push(parseStep(line))
    }
  }
  return { file: file ?? null, setup: setup ?? {}, steps }
}

function parseStep(line: Line): Step {
  const [first] = line.step
  if (first === undefined) return refuse(line, 1, 'there is an answer, but no command or question')
  const place = { line: line.number, column: first.column }
  if (first.text === '?') return queryStep(line, place)
  if (beginsCommand(first.text, vocabulary)) return commandStep(line, place)
  if (laterCommands.has(first.text)) return refuse(line, first.column, `${quote(first.text)} is not in this version`)
  const wanted = { expected: ['P0 COMMAND', '? QUESTION', 'with NAME=VALUE'], nearest: nearest(first.text, ['with']) }
  return refuse(line, first.column, `${quote(first.text)} does not begin a line`, wanted)
}

function queryStep(line: Line, place: Place): QueryStep {
  const query = parseQuery(line)
  const step = { is: 'query', ...place, query } as const
  return line.answer === null ? step : { ...step, expect: queryAnswer(line, line.answer, query) }
}

function commandStep(line: Line, place: Place): CommandStep {
  // The parser filled the very table from which the type is derived; that it reads a table is what the type cannot say.
  const command = parseCommand(line, vocabulary) as Command
  const step = { is: 'command', ...place, command } as const
  return line.answer === null ? step : { ...step, expect: commandAnswer(line, line.answer, commands[command.name]) }
}
