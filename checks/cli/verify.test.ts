// `mmspec verify` as users run it: a part of it, for all of it takes minutes.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import test from 'ava'
import { readRun } from '../../reports/index.js'

const binary = fileURLToPath(new URL('./main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'mmspec-verify-'))
test.after.always(() => rmSync(folder, { recursive: true }))

const mmspec = (...args: readonly string[]) => spawnSync(process.execPath, [binary, ...args], { encoding: 'utf8' })

test.serial('it leaves a run file and a report in its folder, and what else was there', t => {
  writeFileSync(join(folder, 'mine.txt'), 'mine')
  const { status, stdout } = mmspec('verify', '--only', 'conform', '--out', folder, '--no-times')
  t.is(status, 0)
  t.regex(stdout, /^✔ as expected · \d+ recorded rows\n {2}report {2}\S+index\.html\n$/)
  const read = readRun(readFileSync(join(folder, 'run.json'), 'utf8'))
  t.like('run' in read ? read.run : null, { verb: 'verify', ok: true, scopes: [] })
  t.regex(readFileSync(join(folder, 'index.html'), 'utf8'), /rows answered alike/)
  t.is(readFileSync(join(folder, 'mine.txt'), 'utf8'), 'mine')
})

test.serial('a part that there is not is refused', t => {
  const { status, stderr } = mmspec('verify', '--only', 'check,conforms')
  t.is(status, 2)
  t.regex(stderr, /unknown part 'conforms'; did you mean 'conform'\?/)
})
