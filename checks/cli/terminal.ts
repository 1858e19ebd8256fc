// The terminal, or whatever stands in its place: where text goes, how wide it is, and whether it may be coloured. Data
// goes to stdout, talk to stderr. A reader who closes the pipe has seen enough: that ends the program quietly.

import { oneLine } from '../../reports/text.js'
import type { UserError } from '../errors.js'

export const colourModes = ['auto', 'always', 'never'] as const
export type ColourMode = (typeof colourModes)[number]

/** Where nobody can be asked for the width: wide enough for a trace, and the same in every log. */
const usualWidth = 120

export interface Screen {
  readonly colour: boolean
  readonly width: number
}

/** FORCE_COLOR and NO_COLOR as https://force-color.org and https://no-color.org say; the option decides over both. */
export function screenOf(mode: ColourMode, stream: NodeJS.WriteStream = process.stdout): Screen {
  const { FORCE_COLOR: force, NO_COLOR: none } = process.env
  const wanted = force !== undefined && force !== '' ? force !== '0' : (none ?? '') === '' && stream.isTTY === true
  return { colour: mode === 'auto' ? wanted : mode === 'always', width: stream.isTTY ? stream.columns : usualWidth }
}

export const say = (text: string): void => {
  process.stdout.write(text)
}
export const talk = (text: string): void => {
  process.stderr.write(text)
}

const internalError = 70

/** A closed pipe is not an error of ours: `mmspec list | head -1`. */
export function leaveOnClosedPipe(): void {
  const leave = (error: Error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0)
    process.stderr.write(`mmspec: cannot write the output: ${error.message}\n`, () => process.exit(internalError))
  }
  process.stdout.on('error', leave)
  process.stderr.on('error', leave)
}

/** An error as people read it: what, where, what was meant, what next. */
export function explain({ message, place, nearest, next }: UserError): string {
  const where = place === undefined ? '' : `${place}: `
  const meant = nearest === undefined ? '' : `; did you mean '${nearest}'?`
  return `mmspec: ${plain(`${where}${message}${meant}`)}\n${next === undefined ? '' : `  ${plain(next)}\n`}`
}
/** Names come from files: nothing that they hold draws on the screen, and lines stay lines. */
const plain = (text: string): string => text.split('\n').map(oneLine).join('\n')
