// Loads edited copies of the implementation: a copy with one edit is written to a temporary folder and imported as
// modules of its own. Its loops count their rounds, so that an edit that never ends is noticed too.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Impl from '../../impl/index.js'
import type { Build } from '../lockstep/index.js'
import {
  dist,
  filesOf,
  isSyntax,
  type Replacement,
  replaced,
  type TextEdit,
  textOf,
  visit,
  type Wrap,
} from './compiled.js'

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

/** What is put around the bodies of loops so that each of their rounds is counted. */
export function roundWraps(text: string): readonly Wrap[] {
  const wraps: Wrap[] = []
  visit(text, ({ type, body }) => {
    if (!loops.has(type) || !isSyntax(body)) return
    const { start, end } = body
    if (body.type === 'BlockStatement')
      wraps.push({ start: start + 1, end: end - 1, before: 'mmspecRound();', after: '' })
    else wraps.push({ start, end, before: '{mmspecRound();', after: '}' })
  })
  return wraps
}

/** The same as insertions. */
function roundCounters(file: string, text: string): readonly Replacement[] {
  const upwards = '../'.repeat(file.split('/').length)
  const put = (at: number, replacement: string) => ({ start: at, end: at, replacement })
  const head = put(0, `import { round as mmspecRound } from '${upwards}rounds.js';\n`)
  return [head, ...roundWraps(text).flatMap(({ start, end, before, after }) => [put(start, before), put(end, after)])]
}

/** Starts a copy of the compiled project: modules, and the interface that the implementation imports. */
export function interfaceInto(folder: string): void {
  mkdirSync(join(folder, 'spec'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  cpSync(join(dist, 'spec/interface.js'), join(folder, 'spec/interface.js'))
}

export class Workshop {
  /** Where the copies are while they are loaded. */
  readonly folder = mkdtempSync(join(tmpdir(), 'mmspec-'))
  readonly #base = join(this.folder, 'base')
  #made = 0

  constructor() {
    interfaceInto(this.#base)
    writeFileSync(join(this.#base, 'rounds.js'), roundsModule)
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

/** The same machine; every call from outside starts the count of rounds anew, but not what is asked during a call. */
export function watched(machine: Impl.Machine, { anew }: Pick<Rounds, 'anew'>): Impl.Machine {
  let depth = 0
  const fresh = <T extends object>(of: T): T => {
    const members = Object.entries(of).map(([name, value]): readonly [string, unknown] => {
      if (typeof value !== 'function') return [name, value]
      const called = (...args: readonly unknown[]) => {
        if (depth === 0) anew()
        depth++
        try {
          return value(...args)
        } finally {
          depth--
        }
      }
      return [name, called]
    })
    return Object.assign({}, of, Object.fromEntries(members))
  }
  return { ...fresh(machine), inspect: fresh(machine.inspect) }
}
