// Scenarios that are kept: a failing trace becomes a file beside the user's work, held from then on to hold, or to be violated
// where a mutant is in force; all files of a folder are run together.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type KeptResult, type KeptScenario, keptSchema, renderScenario, type TakenAway } from '../reports/index.js'
import { UserError } from './errors.js'
import { type Keeping, pathOf, writeKept } from './kept-file.js'
import type { Build } from './lockstep/index.js'
import { type Replay, replay, replayFile, type SideBySideReplay } from './replay.js'
import type { Expected } from './scenario/file.js'
import { heldSchedules, isScheduleFile } from './schedules/kept.js'

/** Writes the trace of a token as a scenario into a folder that is there, and gives its path. A file that exists stays as it is. */
export function keep(token: string, keeping: Keeping, build?: Build): string {
  const path = pathOf(keeping)
  const { away, fails } = awayFrom(replay(token, build))
  const fitting: Expected = fails && away.mutant !== undefined ? 'violated' : 'holds'
  writeKept(path, renderScenario({ ...away, expect: keeping.expect ?? fitting }))
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

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

/** Runs every scenario of a folder: ways through the model, and scripts of several CPUs. */
export async function replayFolder(folder: string, build?: Build): Promise<KeptResult> {
  const files = readdirSync(folder)
    .filter(file => /\.ya?ml$/.test(file))
    .sort()
  if (files.length === 0) {
    const next = "'mmspec keep <token> --as <name>' makes one"
    throw new UserError({ code: 'no-scenarios', message: `there is no scenario in '${folder}'`, next })
  }
  const scenarios: KeptScenario[] = []
  for (const file of files) {
    const path = join(folder, file)
    scenarios.push({ file, ...(isScheduleFile(path) ? await heldSchedules(path) : foundBy(replayFile(path, build))) })
  }
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
