// Scenarios that are kept: a failing trace becomes a file beside the user's work, held from then on to hold, or to be violated
// where a mutant is in force; all files of a folder are run together.

import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type KeptResult, type KeptScenario, keptSchema, renderScenario, type TakenAway } from '../reports/index.js'
import { UserError } from './errors.js'
import type { Build } from './lockstep/index.js'
import { type Replay, replay, replayFile, type SideBySideReplay } from './replay.js'
import type { Expected } from './scenario/file.js'
import { isScheduleToken } from './schedules/token.js'

/** Where kept scenarios go unless a folder is named. */
export const usualFolder = 'regressions'

export interface Keeping {
  readonly name: string
  readonly folder: string
  /** Null for what fits: a mutant is there to be noticed, anything else to be mended. */
  readonly expect: Expected | null
}

/** Writes the trace of a token as a scenario into a folder that is there, and gives its path. A file that exists stays as it is. */
export function keep(token: string, { name, folder, expect }: Keeping, build?: Build): string {
  refuseName(name)
  if (isScheduleToken(token)) throw schedulesStay()
  const { away, fails } = awayFrom(replay(token, build))
  const path = join(folder, `${name}.yaml`)
  const fitting: Expected = fails && away.mutant !== undefined ? 'violated' : 'holds'
  write(path, renderScenario({ ...away, expect: expect ?? fitting }))
  return path
}

function awayFrom(found: Replay | SideBySideReplay): { readonly away: TakenAway; readonly fails: boolean } {
  const { scope, sets, mutant } = found.bound
  const about = { scope: scope.asked, sets, ...(mutant === null ? {} : { mutant }) }
  if (found.kind === 'lk1') {
    const { disagreement, ok } = found.result
    const steps = (disagreement?.steps ?? []).map(({ command }) => ({ does: command, answer: '', chosen: [] }))
    const says = ok ? 'Model and implementation agree on the way.' : `Both sides part: ${disagreement?.says ?? ''}.`
    return { away: { ...about, says, lockstep: true, steps }, fails: !ok }
  }
  const { shown, trace } = found
  const steps = trace.steps.map(({ command, outcome, choices }) => ({
    does: command,
    answer: outcome,
    chosen: choices,
  }))
  if (shown === null) return { away: { ...about, says: 'No claim is violated on the way.', steps }, fails: false }
  return { away: { ...about, claim: shown.claim, says: shown.witness.says, steps }, fails: true }
}

function refuseName(name: string): void {
  if (/^[a-z0-9][a-z0-9-]{0,99}$/.test(name)) return
  throw new UserError({
    code: 'bad-name',
    message: `'${name}' is no name for a scenario: small letters, digits and hyphens, at most 100`,
    place: '--as',
    next: '--as lost-write',
  })
}

const schedulesStay = (): UserError =>
  new UserError({
    code: 'schedule-token',
    message: 'a schedule cannot be kept as a scenario: its steps are places in the text of the implementation',
    next: "'mmspec schedules' makes every schedule of its scenario again",
  })

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'EEXIST') {
      const next = 'choose another name with --as, or remove the file'
      throw new UserError({ code: 'already-kept', message: `'${path}' is there already`, next })
    }
    throw new UserError({ code: 'unwritable-folder', message: `cannot write '${path}': ${error.code}`, place: '--in' })
  }
}

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Runs every scenario of a folder. */
export function replayFolder(folder: string, build?: Build): KeptResult {
  const files = readdirSync(folder)
    .filter(file => /\.ya?ml$/.test(file))
    .sort()
  if (files.length === 0) {
    const next = "'mmspec keep <token> --as <name>' makes one"
    throw new UserError({ code: 'no-scenarios', message: `there is no scenario in '${folder}'`, next })
  }
  const scenarios = files.map((file): KeptScenario => {
    const found = replayFile(join(folder, file), build)
    return { file, ...foundBy(found) }
  })
  return { schema: keptSchema, folder, ok: scenarios.every(({ ok }) => ok), scenarios }
}

function foundBy(found: Replay | SideBySideReplay): Omit<KeptScenario, 'file'> {
  const { held } = found
  const expected = held?.expected ?? 'holds'
  if (found.kind === 'lk1') {
    const { ok, disagreement } = found.result
    const says = ok ? 'both sides agree' : `both sides part: ${disagreement?.says ?? ''}`
    return { expected, found: ok ? 'holds' : 'violated', says, ok: held?.ok ?? ok }
  }
  const { shown, departure } = found
  if (shown !== null)
    return { expected, found: 'violated', says: `${shown.claim}: ${shown.witness.says}`, ok: held?.ok ?? false }
  const says =
    departure === undefined
      ? 'no claim is violated'
      : `step ${departure.step} is closed: ${departure.found}, and ${departure.written} is written`
  return { expected, found: 'holds', says, ok: held?.ok ?? departure === undefined }
}
