// Other people's programs: finding them, building with them in a folder that goes away again, and talking to a child
// process line by line. Nothing here needs to be installed; whoever calls is told what is missing.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A text beside the sources; the compiler copies only TypeScript to dist/. */
export const sourceFile = (name: string) => fileURLToPath(new URL(`../../../checks/bench/${name}`, import.meta.url))

/** What a comparison needs and does not find, in words. An installed package has no such texts, only a checkout has. */
export function missingOf(text: string, programs: { readonly [program: string]: string }): readonly string[] {
  return [
    ...Object.keys(programs)
      .filter(program => versionOf(program, programs[program]) === null)
      .map(program => `${program} is not on the PATH`),
    ...(existsSync(sourceFile(text)) ? [] : [`checks/bench/${text} is not part of this package`]),
  ]
}

/** The first line a program prints about itself, or null where it cannot be run. */
export function versionOf(program: string, flag: string): string | null {
  const { status, stdout, stderr } = spawnSync(program, [flag], { encoding: 'utf8' })
  return status === 0 ? `${stdout}${stderr}`.trim().split('\n')[0] : null
}

export function inFolder(folder: string, program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Runs with a new folder, which is removed whatever happens. */
export async function withFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mmspec-bench-'))
  try {
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A child that answers every line with a line. */
export interface Talk {
  ask(line: string): Promise<string>
  end(): void
}

export function talk(program: string, ...args: readonly string[]): Talk {
  const child: ChildProcess = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) throw new Error(`${program} has no pipes`)
  stdin.on('error', () => undefined)
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]()
  return {
    async ask(line) {
      stdin.write(`${line}\n`)
      const answer = await lines.next()
      if (answer.done === true) throw new Error(`${program} ended instead of answering "${line}"`)
      return answer.value
    },
    end: () => void child.kill(),
  }
}
