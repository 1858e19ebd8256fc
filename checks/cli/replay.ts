// `mmspec replay`: the trace of a token or of a scenario file, step by step, and what it shows.

import type { Command } from 'commander'
import {
  type KeptResult,
  renderJson,
  renderKept,
  renderReplay,
  renderSchedule,
  renderSideBySide,
} from '../../reports/index.js'
import { isFolder, replayFolder } from '../kept.js'
import { countedCopy } from '../pass.js'
import { type Replay, replayFile, replay as replayToken, type SideBySideReplay } from '../replay.js'
import { aboutClaim } from '../result.js'
import { isScenarioPath } from '../scenario/file.js'
import { isScheduleFile, replayScheduleFile } from '../schedules/kept.js'
import { replaySchedule } from '../schedules/replay.js'
import { isScheduleToken } from '../schedules/token.js'
import { colourOption, jsonOption, natural } from './options.js'
import { type ColourMode, say, screenOf } from './terminal.js'

interface Given {
  readonly until?: number
  readonly json?: boolean
  readonly colour: ColourMode
}

const examples = `Examples:
  mmspec replay mm1:depth7:2.0.1.1.0.2.0:…      as a report printed it
  mmspec replay mm1:… --until 3                 its first three steps
  mmspec replay ./lost-write.yaml               the steps of a scenario, as pages of counterexamples give them
  mmspec replay regressions                     every scenario of a folder, each held to what it expects
`

export function replay(program: Command): void {
  program
    .command('replay')
    .summary('take the transitions of a token or a scenario again, step by step')
    .addHelpText('before', examples)
    .argument(
      '<token|file|folder>',
      'as reports print it: mm1:…, lk1:… or mp1:…; or a scenario that ends in .yaml; or a folder of them',
    )
    .option('--until <n>', 'show the first n steps only', natural)
    .addOption(jsonOption())
    .addOption(colourOption())
    .action(async (token: string, given: Given) => {
      if (isScheduleToken(token)) {
        process.exitCode = await schedule(token, given)
        return
      }
      if (isFolder(token)) {
        process.exitCode = kept(await replayFolder(token, await countedCopy()), given)
        return
      }
      if (isScenarioPath(token) && isScheduleFile(token)) {
        process.exitCode = kept(await replayScheduleFile(token), given)
        return
      }
      const again = isScenarioPath(token) ? replayFile : replayToken
      const found = again(token, await countedCopy())
      if (found.kind === 'lk1') {
        process.exitCode = sideBySide(found, given)
        return
      }
      say(given.json === true ? json(found) : screen(found, given))
      process.exitCode = (found.held?.ok ?? (found.shown === null && found.departure === undefined)) ? 0 : 1
    })
}

/** A lockstep token shows both sides, step by step, and where they part if they do. */
function sideBySide({ result, held }: SideBySideReplay, given: Given): number {
  if (given.json === true) say(renderJson({ schema: 'mmspec/replay@1', lockstep: result }, { times: false }))
  else say(renderSideBySide(result, pageOf(given)))
  return (held?.ok ?? result.ok) ? 0 : 1
}

/** What was kept is told by what it was held to, and what it came to. */
function kept(found: KeptResult, given: Given): number {
  say(given.json === true ? renderJson(found, { times: false }) : renderKept(found, screenOf(given.colour)))
  return found.ok ? 0 : 1
}

/** A schedule shows which CPU went on at each step, from which point to which. */
async function schedule(token: string, given: Given): Promise<number> {
  const found = await replaySchedule(token)
  if (given.json === true) say(renderJson({ schema: 'mmspec/replay@1', schedule: found }, { times: false }))
  else say(renderSchedule(found, pageOf(given)))
  return found.wrong === undefined ? 0 : 1
}

const screen = (found: Replay, given: Given): string =>
  `${renderReplay(found.trace, pageOf(given))}\n${verdict(found)}\n${expectedSaid(found)}`

const expectedSaid = ({ held }: Replay): string =>
  held === undefined ? '' : `${held.ok ? '✔ as expected' : '✖ not as expected'}: ${held.expected}\n`

const pageOf = ({ until, colour }: Given) => ({ ...screenOf(colour), ...(until === undefined ? {} : { until }) })

function verdict({ bound, shown, trace, departure }: Replay): string {
  if (shown === null && departure !== undefined) {
    const { step, written, found } = departure
    return `✖ step ${step} answers ${found}, and ${written} is written: what was found this way may be mended`
  }
  if (shown === null) return `no claim is violated along these ${trace.steps.length} steps`
  const { says } = aboutClaim(bound, shown.claim)
  return `✖ ${shown.claim} is violated at step ${shown.step}: ${shown.witness.says}\n  claim  ${says}`
}

const json = ({ bound, shown, trace, departure }: Replay): string =>
  renderJson(
    {
      schema: 'mmspec/replay@1',
      scope: bound.scope.name,
      violated: shown === null ? null : { id: shown.claim, step: shown.step, witness: shown.witness },
      ...(departure === undefined ? {} : { departure }),
      trace,
    },
    { times: false },
  )
