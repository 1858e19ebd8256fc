// Golden files: what a reader saw when the screen was last agreed on. A changed file is a reviewed diff. To agree on a
// new screen, run the tests with UPDATE_GOLDEN=1 and read what changed. Only tests import this file.

import { readFileSync, writeFileSync } from 'node:fs'
import type { ExecutionContext } from 'ava'

// From dist/reports/golden, where this runs, to the sources.
const folder = new URL('../../../reports/golden/', import.meta.url)

export function sameAsGolden(t: ExecutionContext, name: string, text: string) {
  const file = new URL(name, folder)
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text)
  t.is(text, readFileSync(file, 'utf8'), `${name} differs: read the diff, and if it is meant, run with UPDATE_GOLDEN=1`)
}
