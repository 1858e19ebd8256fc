// One copy of the implementation in which every edit of the text can be put in force by its number, and which says
// which edits would have made a difference since it was last asked. Writing and loading a copy for each edit would
// cost more than running it.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Impl from '../../impl/index.js'
import type { Build } from '../lockstep/index.js'
import { filesOf, textOf, wrapped } from './compiled.js'
import type { SwitchedEdit } from './text-edits.js'
import { interfaceInto, roundWraps, watched } from './workshop.js'

/** No edit is in force. */
export const noEdit = -1

/** The module of the copy that its switches ask. */
interface Switches {
  /** By number: whether the edit would have made a difference. */
  readonly met: Uint8Array
  use(edit: number): void
  anew(): void
}
const switchModule = (edits: number, mostRounds: number): string => `let rounds = 0
let edit = ${noEdit}
export const met = new Uint8Array(${edits})
export const keep = n => { met[n] = 1; return n !== edit }
export const use = n => { edit = n }
export const anew = () => { rounds = 0 }
export const round = () => {
  if (++rounds > ${mostRounds}) throw new Error('a loop does not end')
}
`

/** Rounds that all loops together may make in one call from outside. */
const mostRounds = 50_000

export interface Switched {
  readonly build: Build
  readonly met: Uint8Array
  use(edit: number): void
}

export async function switchedIn(folder: string, edits: readonly SwitchedEdit[]): Promise<Switched> {
  const base = join(folder, 'switched')
  interfaceInto(base)
  writeFileSync(join(base, 'rounds.js'), switchModule(edits.length, mostRounds))
  for (const file of filesOf('')) {
    const text = textOf(file)
    mkdirSync(dirname(join(base, 'impl', file)), { recursive: true })
    const upwards = '../'.repeat(file.split('/').length)
    const head = `import { keep as mmspecKeep, round as mmspecRound } from '${upwards}rounds.js';\n`
    writeFileSync(
      join(base, 'impl', file),
      head + wrapped(text, [...roundWraps(text), ...edits.filter(edit => edit.file === file)]),
    )
  }
  const made: typeof Impl = await import(pathToFileURL(join(base, 'impl/index.js')).href)
  const switches: Switches = await import(pathToFileURL(join(base, 'rounds.js')).href)
  const build: Build = ({ boot }, log) => {
    switches.anew()
    return watched(made.createMachine(boot, log), switches)
  }
  return { build, met: switches.met, use: switches.use }
}
