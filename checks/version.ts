// The version of this package, read once from where it is kept.

import { readFileSync } from 'node:fs'

/** The version of this package. */
export const version: string = versionOf(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

function versionOf(text: string): string {
  const about: unknown = JSON.parse(text)
  return typeof about === 'object' && about !== null && 'version' in about ? String(about.version) : ''
}
