// Loads edited copies of the implementation: a copy with one edit is written to a temporary folder and imported as
// modules of its own. Its loops count their rounds, so that an edit that never ends is noticed too.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Impl from '../../impl/index.js'
import type { Build } from '../lockstep/index.js'
import { dist, filesOf, isSyntax, type Replacement, replaced, type TextEdit, textOf, visit } from './compiled.js'

/** Rounds that all loops together may make in one call from outside. */
const mostRounds = 200_000

/** The module of each copy that counts: its loops call `round`, and `anew` is called before every call from outside. */
interface Rounds {
  anew(): void
}
const roundsModule = `let rounds = 0
export const anew = () => { rounds = 0 }
export const round = () => {
  if (++rounds > ${mostRounds}) throw new Error('a loop does not end')
}
`

const loops = new Set(['ForStatement', 'WhileStatement', 'DoWhileStatement', 'ForOfStatement'])

/** What is put into a file so that each round of each loop is counted. */
function roundCounters(file: string, text: string): readonly Replacement[] {
  const upwards = '../'.repeat(file.split('/').length)
  const parts: Replacement[] = []
  const put = (at: number, replacement: string) => parts.push({ start: at, end: at, replacement })
  put(0, `import { round as mmspecRound } from '${upwards}rounds.js';\n`)
  visit(text, ({ type, body }) => {
    if (!loops.has(type) || !isSyntax(body)) return
    if (body.type === 'BlockStatement') put(body.start + 1, 'mmspecRound();')
    else {
      put(body.start, '{mmspecRound();')
      put(body.end, '}')
    }
  })
  return parts
}

export class Workshop {
  /** Where the copies are while they are loaded. */
  readonly folder = mkdtempSync(join(tmpdir(), 'mmspec-'))
  readonly #base = join(this.folder, 'base')
  #made = 0

  constructor() {
    mkdirSync(join(this.#base, 'spec'), { recursive: true })
    writeFileSync(join(this.#base, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(this.#base, 'rounds.js'), roundsModule)
    cpSync(join(dist, 'spec/interface.js'), join(this.#base, 'spec/interface.js'))
    for (const file of filesOf('')) {
      const text = textOf(file)
      mkdirSync(dirname(join(this.#base, 'impl', file)), { recursive: true })
      writeFileSync(join(this.#base, 'impl', file), replaced(text, roundCounters(file, text)))
    }
  }

  /** The implementation with one edit, or as it is shipped, as what lockstep builds its machines with. */
  async load(edit: TextEdit | null): Promise<Build> {
    const folder = join(this.folder, String(this.#made++))
    cpSync(this.#base, folder, { recursive: true })
    if (edit !== null) {
      const text = textOf(edit.file)
      const outside = roundCounters(edit.file, text).filter(({ start }) => start <= edit.start || start >= edit.end)
      writeFileSync(join(folder, 'impl', edit.file), replaced(text, [...outside, edit]))
    }
    const made: typeof Impl = await import(pathToFileURL(join(folder, 'impl/index.js')).href)
    const rounds: Rounds = await import(pathToFileURL(join(folder, 'rounds.js')).href)
    rmSync(folder, { recursive: true })
    return ({ boot }, log) => {
      rounds.anew()
      return watched(made.createMachine(boot, log), rounds)
    }
  }

  /** Removes all copies. */
  close(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The same machine; every call from outside starts the count of rounds anew. */
function watched(machine: Impl.Machine, { anew }: Rounds): Impl.Machine {
  const fresh = <T extends object>(of: T): T => {
    const members = Object.entries(of).map(([name, value]): readonly [string, unknown] => {
      if (typeof value !== 'function') return [name, value]
      const called = (...args: readonly unknown[]) => {
        anew()
        return value(...args)
      }
      return [name, called]
    })
    return Object.assign({}, of, Object.fromEntries(members))
  }
  return { ...fresh(machine), inspect: fresh(machine.inspect) }
}
