// What failed at random is remembered where the user works, in `.mmspec/failures`, and tried first the next time: a mistake
// that is being mended is seen again in a moment, and not when chance comes by. Tokens only; what fails no longer, or
// stands for another version, is forgotten. A folder that cannot be written to is no error: then nothing is remembered.

import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from './errors.js'
import type { Build } from './lockstep/index.js'
import { replay } from './replay.js'
import { parseToken, type TokenText } from './token/index.js'

const folder = join('.mmspec', 'failures')
/** The oldest make room. */
const most = 50
const mostBytes = 64 * 1024

const schema = z.object({ schema: z.literal('mmspec/failure@1'), token: z.string(), says: z.string() })
export type Failure = Pick<z.infer<typeof schema>, 'token' | 'says'>

/** Whether failures are remembered: not where nobody works, and not where that is switched off. */
export const isRemembering = (asked: boolean, env: NodeJS.ProcessEnv = process.env): boolean =>
  asked && env.MMSPEC_FAILURES !== '0' && (env.CI ?? '') === ''

export function remember(at: string, { token, says }: Failure): void {
  const path = join(at, folder, `${nameOf(token)}.json`)
  quietly(() => {
    mkdirSync(join(at, folder), { recursive: true })
    const beside = `${path}.${process.pid}.tmp`
    writeFileSync(beside, `${JSON.stringify({ schema: 'mmspec/failure@1', token, says }, null, 2)}\n`)
    renameSync(beside, path)
    for (const old of files(at).slice(most)) rmSync(old)
  })
}

/** Those that are wanted and still fail, the newest first; what fails no longer is forgotten. */
export function stillFailing(at: string, isWanted: (token: TokenText) => boolean, build: Build): readonly Failure[] {
  return files(at).flatMap(path => {
    const failure = failureIn(path)
    if (failure === null || !isWanted(parseToken(failure.token))) return []
    const says = failsNow(failure.token, build)
    if (says === null) quietly(() => rmSync(path))
    return says === null ? [] : [{ token: failure.token, says }]
  })
}

function failsNow(token: string, build: Build): string | null {
  try {
    const found = replay(token, build)
    if (found.kind === 'mm1') return found.shown === null ? null : `${found.shown.claim}: ${found.shown.witness.says}`
    return found.result.ok ? null : (found.result.disagreement?.says ?? 'both sides part')
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

const nameOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 16)

/** The newest first. */
function files(at: string): readonly string[] {
  const paths = quietly(() => readdirSync(join(at, folder))) ?? []
  return paths
    .filter(name => /^[0-9a-f]{16}\.json$/.test(name))
    .map(name => join(at, folder, name))
    .map(path => ({ path, when: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.when - one.when || (one.path < other.path ? -1 : 1))
    .map(({ path }) => path)
}

/** Files of somebody else's making are left alone. */
function failureIn(path: string): Failure | null {
  try {
    if (statSync(path).size > mostBytes) return null
    const failure = schema.parse(JSON.parse(readFileSync(path, 'utf8')))
    parseToken(failure.token)
    return failure
  } catch {
    return null
  }
}

function quietly<T>(act: () => T): T | null {
  try {
    return act()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
