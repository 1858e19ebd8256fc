// `mmspec explore`: stepping through a scope by hand, at a prompt or on a page of this machine's own.

import { createInterface } from 'node:readline'
import { type Command, InvalidArgumentError } from 'commander'
import { renderJson } from '../../reports/index.js'
import { UserError } from '../errors.js'
import { Prompt } from '../explore/prompt.js'
import { serve } from '../explore/server.js'
import { viewOf, wayOf } from '../explore/view.js'
import { keep } from '../kept.js'
import { pathOf, usualFolder } from '../kept-file.js'
import { replayFile } from '../replay.js'
import { isScenarioPath } from '../scenario/file.js'
import { bindScope, loadScope } from '../scope/index.js'
import { tokenOf } from '../token/index.js'
import { colourOption, jsonOption, setOption } from './options.js'
import { prepareFolder } from './out.js'
import { type ColourMode, say, screenOf, talk } from './terminal.js'

interface Given {
  readonly from?: string
  readonly web?: boolean
  readonly port?: number
  readonly set?: readonly string[]
  readonly mutant?: string
  readonly json?: boolean
  readonly colour: ColourMode
}

const examples = `Examples:
  mmspec explore fork                           at a prompt; 'help' there shows the verbs
  mmspec explore smp-munmap --mutant munmap-does-not-wait
  mmspec explore --from mm1:…                   where a token leads to, a counterexample's for one
  mmspec explore smp-fork --web                 on a page in a browser; --port 8080 where links should stay good
  echo '1\\n2\\nstate' | mmspec explore fork      lines from elsewhere
`

/** Where nobody names a scope: small enough to be understood, and with something to see. */
const usualScope = 'fork-swap'

export function explore(program: Command): void {
  program
    .command('explore')
    .summary('step through a scope by hand')
    .addHelpText('before', examples)
    .argument('[scope]', `a name, or the path of a scope file of your own; ${usualScope} where none is given`)
    .option('--from <token|file>', 'begin where a token or a scenario leads to')
    .option('--web', 'on a page that this machine serves to itself')
    .option('--port <n>', 'with --web: where; any free port where none is given', portNumber)
    .addOption(setOption())
    .option('--mutant <slug>', 'put a mutant in force; the start of its slug is enough')
    .addOption(jsonOption())
    .addOption(colourOption())
    .action(async (scope: string | undefined, given: Given) => {
      const { bound, steps } = wayOf(tokenFor(scope, given))
      if (given.json === true) {
        say(renderJson(viewOf(bound, steps), { times: false }))
        return
      }
      if (given.web === true) {
        await serveUntilInterrupted(tokenOf(bound, steps), given.port ?? 0)
        return
      }
      await converse(new Prompt(bound, steps, screenOf(given.colour), keepHere))
    })
}

function tokenFor(scope: string | undefined, { from, set = [], mutant }: Given): string {
  if (from === undefined) return tokenOf(bindScope(loadScope(scope ?? usualScope), set, mutant ?? null), [])
  if (scope !== undefined || set.length > 0 || mutant !== undefined) {
    const message = 'a token says itself which scope it is of, what is set and which mutant is in force'
    throw new UserError({ code: 'usage', message, place: '--from', next: 'mmspec explore --from mm1:…' })
  }
  if (!isScenarioPath(from)) return from
  const found = replayFile(from)
  return found.kind === 'mm1' ? found.trace.token : (found.result.disagreement?.token ?? '')
}

function keepHere(token: string, name: string): string {
  const keeping = { name, folder: usualFolder, expect: null }
  pathOf(keeping)
  prepareFolder(usualFolder, 'save')
  return keep(token, keeping)
}

/** The port as it was asked for, so that links to the page are good another time too. */
function portNumber(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port > 0 && port < 65_536) return port
  throw new InvalidArgumentError(`expected a port from 1 to 65535, found '${text}'`)
}

async function serveUntilInterrupted(token: string, port: number): Promise<void> {
  const served = await serve(token, port, keepHere)
  say(`${served.url}\n`)
  talk(`mmspec: served to this machine only; ways that are kept go to ${usualFolder}/; Ctrl-C stops\n`)
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await served.close()
}

/** Until the reader quits or the input ends. Off a terminal the lines are repeated, so that a log reads as a session. */
async function converse(prompt: Prompt): Promise<void> {
  const terminal = process.stdin.isTTY === true
  const lines = createInterface({ input: process.stdin, output: terminal ? process.stdout : undefined, terminal })
  const ask = () => {
    lines.setPrompt(prompt.prompt)
    if (terminal) lines.prompt()
    else say(prompt.prompt)
  }
  say(prompt.begins)
  ask()
  lines.on('SIGINT', () => lines.close())
  for await (const line of lines) {
    if (!terminal) say(`${line}\n`)
    const { text, ends } = prompt.answer(line)
    say(text)
    if (ends) break
    ask()
  }
  lines.close()
  say('\n')
}
