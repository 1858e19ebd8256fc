// What verbs that make a run have in common: the folder is made first, progress is told, Ctrl-C is heard, and what was found by
// then is said as JSON or as a screen, and written as files.

import type { Command } from 'commander'
import { type PartResult, type RunResult, renderJson, runOf, runSchema } from '../../reports/index.js'
import { interruptible } from './interrupt.js'
import { colourOption, jsonOption, quietOption } from './options.js'
import { prepareFolder, writeRun } from './out.js'
import { lineTicker } from './progress.js'
import { type ColourMode, type Screen, say, screenOf } from './terminal.js'
import { withoutTimes } from './times.js'

/** How the result is asked for. */
export interface Asked {
  readonly json?: boolean
  readonly times: boolean
  readonly out?: string
  readonly colour: ColourMode
  readonly quiet?: boolean
}

/** The options behind `Asked`; what is written into the folder, and when a quiet run says something, differ. */
export const resultOptions = (command: Command, says: { readonly out: string; readonly quiet: string }): Command =>
  command
    .addOption(jsonOption())
    .option('--no-times', 'leave out what differs between two runs')
    .option('--out <folder>', says.out)
    .addOption(colourOption())
    .addOption(quietOption(says.quiet))

/** Does the work. Where it is to be written is refused before, not after hours. */
export async function conduct<R>(
  { out, quiet = false }: Pick<Asked, 'out' | 'quiet'>,
  work: (signal: AbortSignal, tick: (line: string) => void) => Promise<R>,
): Promise<R> {
  if (out !== undefined) prepareFolder(out)
  const line = lineTicker(quiet)
  return interruptible(signal => work(signal, line.tick)).finally(line.end)
}

/** Says and writes what was found; whether a screen was shown. */
export function deliver<R extends RunResult | PartResult>(
  result: R,
  { json = false, times, out, colour, quiet = false }: Asked,
  screen: (shown: R, on: Screen) => string,
): boolean {
  const isShown = !json && !(quiet && result.ok)
  if (json) say(renderJson(result, { times }))
  if (isShown) say(screen(times ? result : withoutTimes(result), screenOf(colour)))
  if (out !== undefined) writeRun(out, result.schema === runSchema ? result : runOf(result), times)
  return isShown
}
