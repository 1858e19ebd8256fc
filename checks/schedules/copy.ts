// Copies of the compiled implementation, as they are or derived, loaded as modules of their own: V8 folds the constants of
// a factory that ran once, so each geometry has a copy. An edit goes into the text before anything is derived from it.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Impl from '../../impl/index.js'
import { filesOf, replaced, type TextEdit, textOf } from '../mutants/compiled.js'
import { interfaceInto } from '../mutants/workshop.js'
import { derive } from './derive.js'

type Texts = ReadonlyMap<string, string>
export type Copy = typeof Impl

/** The text of the implementation by files, with edits. */
export function textsOf(edits: readonly TextEdit[] = []): Texts {
  return new Map(
    filesOf('').map(file => [
      file,
      replaced(
        textOf(file),
        edits.filter(edit => edit.file === file),
      ),
    ]),
  )
}

const derivedTexts = new Map<string, Texts>()

/** Generators in place of functions that can reach a hook. Each call gives a copy of its own. */
export function derivedCopy(edits: readonly TextEdit[] = []): Promise<Copy> {
  const key = JSON.stringify(edits)
  const texts = derivedTexts.get(key) ?? derive(textsOf(edits)).texts
  derivedTexts.set(key, texts)
  return copyOf(texts)
}

async function copyOf(texts: Texts): Promise<Copy> {
  const folder = writeCopy(texts)
  try {
    return await import(pathToFileURL(join(folder, 'impl/index.js')).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes a copy to a folder of its own, which whoever asked for it removes. */
export function writeCopy(texts: Texts): string {
  const folder = mkdtempSync(join(tmpdir(), 'mmspec-'))
  interfaceInto(folder)
  for (const [file, text] of texts) {
    mkdirSync(dirname(join(folder, 'impl', file)), { recursive: true })
    writeFileSync(join(folder, 'impl', file), text)
  }
  return folder
}
