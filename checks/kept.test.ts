// Kept scenarios: what failed is written down once, held to what it should come to, and run again with its folder.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { renderKept } from '../reports/index.js'
import { explore, usual } from './explorer/explore.js'
import { walk } from './explorer/trace.js'
import { isFolder, keep, replayFolder } from './kept.js'
import { replayFile } from './replay.js'
import { heldSchedules, isScheduleFile, keepSchedule } from './schedules/kept.js'
import { mutantOf as scheduleMutant } from './schedules/mutants.js'
import { loadScenario } from './schedules/scenario.js'
import { scheduleToken } from './schedules/token.js'
import { bindScope, loadScope } from './scope/index.js'
import { lockstepTokenOf, tokenOf } from './token/index.js'

const folder = mkdtempSync(join(tmpdir(), 'mmspec-kept-'))
test.after.always(() => rmSync(folder, { recursive: true }))

const bound = bindScope(loadScope('mm-small'), [], 'fork-leaves-the-writable-bit')
const steps = walk(bound.machine, explore(bound.machine, { ...usual, audit: false }).found?.path ?? [])
const token = tokenOf(
  bound,
  steps.map(step => step.taken),
)
const into = (name: string, expect: 'holds' | 'violated' | null = null) => ({ name, folder, expect })

test.serial('a trace with a mutant is kept to be violated, and runs as that', t => {
  const path = keep(token, into('writable-after-fork'))
  t.is(path, join(folder, 'writable-after-fork.yaml'))
  t.regex(readFileSync(path, 'utf8'), /^claim: mm-small\/writable-owns-its-frame\nexpect: violated$/m)
  t.like(replayFile(path), { shown: { step: 4 }, held: { expected: 'violated', ok: true } })
})

test.serial('what is there already stays as it is', t => {
  const before = readFileSync(join(folder, 'writable-after-fork.yaml'), 'utf8')
  const error = t.throws(() => keep(token, into('writable-after-fork')), { message: /is there already/ })
  t.like(error, { code: 'already-kept' })
  t.is(readFileSync(join(folder, 'writable-after-fork.yaml'), 'utf8'), before)
})

test('a name that is none is refused', t => {
  for (const name of ['', '../x', 'a/b', 'A', 'x.yaml', '-x']) {
    t.like(
      t.throws(() => keep(token, into(name))),
      { code: 'bad-name' },
    )
  }
})

test.serial('a folder is run file by file: one that is not as expected is told, and the others with it', async t => {
  keep(token, into('to-be-mended', 'holds'))
  const faults = bindScope(loadScope('faults'))
  const spawn = faults.machine.commands.findIndex(({ name }) => name === 'spawn')
  keep(lockstepTokenOf(faults, [spawn]), into('both-agree'))
  const found = await replayFolder(folder)
  t.true(isFolder(folder))
  t.false(found.ok)
  t.deepEqual(
    found.scenarios.map(one => [one.file, one.expected, one.found, one.ok]),
    [
      ['both-agree.yaml', 'holds', 'holds', true],
      ['to-be-mended.yaml', 'holds', 'violated', false],
      ['writable-after-fork.yaml', 'violated', 'violated', true],
    ],
  )
  t.regex(renderKept(found, { colour: false, width: 80 }), /✖ 3 scenarios of .*: 1 not as expected\n$/)
})

test.serial(
  'once the mistake is mended a kept way may be closed: it holds, and the step that is closed is named',
  t => {
    const path = join(folder, 'mended.yaml')
    const kept = readFileSync(join(folder, 'to-be-mended.yaml'), 'utf8')
    writeFileSync(path, `${kept.replace(/^mutant.*\n/m, '')}  - 'fork process=0 child=1 -> ok'\n`)
    const found = replayFile(path)
    t.like(found, { kind: 'mm1', shown: null, held: { expected: 'holds', ok: true } })
    t.like(found.kind === 'mm1' ? found.departure : null, { step: 5, found: 'cannot be done there' })
    rmSync(path)
  },
)

test.serial(
  'a schedule is kept as the scripts that it runs, and every schedule of them is held to what it showed',
  async t => {
    const edit = scheduleMutant('fork-flushes-nothing')
    const scenario = loadScenario('fork-store', 'tiny', ['1-1', '0-2', '0-1'])
    const path = await keepSchedule(scheduleToken(scenario, [], edit), into('forked-beside-a-store'))
    t.regex(
      readFileSync(path, 'utf8'),
      /^cpus:\n {2}- - P0 fork P1\n {2}- - P0 write @0 2\npreemptions: 2\nmutant: fork-flushes-nothing\nclaim: tlb\/no-right-beyond-the-entry\nexpect: violated\n$/m,
    )
    t.true(isScheduleFile(path))
    t.like(await heldSchedules(path), { expected: 'violated', found: 'violated', ok: true })
    await t.throwsAsync(keepSchedule(scheduleToken(scenario, [], edit), into('forked-beside-a-store')), {
      message: /is there already/,
    })
    writeFileSync(path, readFileSync(path, 'utf8').replace('expect: violated', 'expect: holds'))
    t.like(await heldSchedules(path), { expected: 'holds', found: 'violated', ok: false })
  },
)
