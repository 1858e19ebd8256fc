// `mmspec random --model`: random walks through the model alone, judged by its claims.

import { pagesOfWalks, renderJson, renderWalks, type WalkResult, walkExitCode } from '../../reports/index.js'
import { isRemembering, remember } from '../failures.js'
import { walkScopes } from '../walks.js'
import { conduct } from './conduct.js'
import { writeFile } from './out.js'
import type { RandomGiven } from './random.js'
import { say, screenOf } from './terminal.js'
import { deadlineOf, withoutTimes } from './times.js'

/** Walks through scopes, remembers what fails, and says it. */
export async function walks(scopes: readonly string[], given: RandomGiven): Promise<number> {
  const result = await conduct(given, (signal, tick) =>
    walkScopes(scopes, {
      sets: given.set ?? [],
      mutant: given.mutant ?? null,
      claims: given.claim ?? null,
      commands: given.commands,
      seed: given.seed,
      signal,
      deadline: deadlineOf(given.timeout),
      progress: ({ scope, says }) => tick(`${scope}: ${says}`),
    }),
  )
  if (isRemembering(given.failures)) {
    for (const { failure } of result.scopes) {
      if (failure !== undefined) remember(process.cwd(), { token: failure.shrunk.token, says: failure.witness.says })
    }
  }
  show(given.times ? result : withoutTimes(result), given)
  return walkExitCode(result)
}

function show(result: WalkResult, { out, json, times, quiet, colour }: RandomGiven): void {
  const text = renderJson(result, { times })
  if (json === true) say(text)
  else if (quiet !== true || !result.ok) say(renderWalks(result, screenOf(colour)))
  if (out === undefined) return
  for (const { name, text: page } of [{ name: 'walk.json', text }, ...pagesOfWalks(result)]) writeFile(out, name, page)
}
