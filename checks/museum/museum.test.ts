// Every entry is found by the claim that it names, and the model as it is holds in the same scope; and what is told of
// the entries is in order.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { drop, load, mutant } from '../../model/index.js'
import { type MuseumEntry, museumExitCode, renderJson } from '../../reports/index.js'
import { memory } from '../memory/system.js'
import { slugOf } from '../scope/index.js'
import { root } from '../spec/chapters.js'
import type { Entry } from './entry.js'
import { entries, outOfReach, runMuseum } from './index.js'
import { scopeOf } from './run.js'

const quiet = { signal: null, deadline: null, progress: () => undefined }
const run = (...chosen: readonly Entry[]) => runMuseum(chosen, [], quiet)
const entryOf = (id: string): Entry => {
  const found = entries.find(entry => entry.id === id)
  if (found === undefined) throw new Error(`no entry ${id}`)
  return found
}

let results: readonly MuseumEntry[] = []
test.before(async () => {
  results = (await run(...entries)).entries
})

/** The coarsest granularity that shows each, and the commands of the shortest way. A change here is one to look at. */
const pinned: { readonly [id: string]: readonly [granularity: string, commands: number] } = {
  'clean-too-soon': ['blocked', 4],
  'cleaned-during-fault': ['blocked', 5],
  'cleared-too-late': ['fused', 9],
  'copied-while-written': ['blocked', 5],
  'copy-before-forget': ['blocked', 2],
  'copy-given-up-too-soon': ['fused', 16],
  'counter-wraps': ['whole', 3],
  'dirty-cow': ['fused', 29],
  'ended-under-the-reaper': ['fused', 7],
  'failed-unmap-unseen': ['whole', 2],
  'flush-after-free': ['blocked', 3],
  'flush-before-change': ['blocked', 7],
  'fork-without-flush': ['blocked', 3],
  'frame-not-cleared': ['whole', 1],
  'grown-into-the-hole': ['fused', 17],
  'grown-under-a-reader': ['fused', 9],
  'kernel-frame-uncounted': ['whole', 3],
  'last-page-left': ['whole', 2],
  'mark-written-over': ['fused', 4],
  'marked-too-late': ['fused', 17],
  'no-second-look': ['fused', 18],
  'number-comes-round': ['blocked', 4],
  'owner-through-zero': ['fused', 21],
  'pin-meets-fork': ['fused', 32],
  'read-pin-shared': ['blocked', 3],
  'reaped-without-flush': ['blocked', 4],
  'reclaim-flush-pending': ['blocked', 3],
  'remap-late-flush': ['blocked', 6],
  'remap-past-the-limit': ['whole', 2],
  'stack-without-gap': ['whole', 2],
  'table-without-flush': ['blocked', 5],
  'tag-given-again': ['blocked', 5],
  'used-before-seen': ['fused', 18],
  'walked-while-freed': ['blocked', 3],
}

for (const { id, breaks } of entries) {
  test.serial(`${id} is found with its edit, and the model as it is holds`, t => {
    const result = results.find(it => it.id === id)
    t.is(result?.found?.by, breaks)
    t.deepEqual([result?.found?.granularity, result?.found?.steps.length], [...(pinned[id] ?? [])])
    t.is(result?.fixed?.by, undefined)
    t.is(result?.fixed?.verdict, 'holds')
    t.is(result?.ok, true)
  })
}

test.serial(
  'the list is the folder, sorted; ids are unlike those that are out of reach, and no entry is named like a word',
  t => {
    const files = readdirSync(join(root, 'checks/museum/entries')).map(file => file.replace(/\.ts$/, ''))
    const ids = entries.map(entry => entry.id)
    t.deepEqual(ids, files.sort())
    t.is(new Set([...ids, ...outOfReach.map(entry => entry.id)]).size, ids.length + outOfReach.length)
    t.false(ids.includes('show'))
  },
)

test.serial(
  'entries name claims of the model, edit operations of the model, and are no mutants that are there already',
  t => {
    const claims = [...memory.claims, ...Object.values(memory.recounts)].map(claim => claim.id)
    const mutants = memory.mutants.map(({ title }) => slugOf(title))
    for (const { id, breaks, mutant: edit, story, scope } of entries) {
      t.true(claims.includes(breaks), id)
      t.true(
        memory.operations.some(operation => operation.name === edit.operation),
        id,
      )
      t.false(mutants.includes(slugOf(edit.title)), id)
      t.true(story.length > 0, id)
      t.notThrows(() => scopeOf(entryOf(id), 'whole'), id)
      t.true(Object.keys(scope.operations ?? {}).includes(edit.operation), id)
    }
  },
)

test.serial('an edit that does no harm is not found, and that is not as promised', async t => {
  const entry = entryOf('frame-not-cleared')
  const result = await run({ ...entry, mutant: mutant('load as it is', load, drop()) })
  t.is(result.entries[0].found, undefined)
  t.false(result.ok)
  t.is(museumExitCode(result), 1)
})

test.serial('an edit that the language of the model refuses shows nothing', async t => {
  const entry = entryOf('frame-not-cleared')
  const refused: Entry = {
    ...entry,
    mutant: {
      ...entry.mutant,
      edit: {
        text: 'throws the state away',
        steps: rows => rows.map(([name]) => [name, () => ({ then: 'go', step: 'nowhere' })]),
      },
    },
  }
  const result = await run(refused)
  t.is(result.entries[0].found?.by, 'model-error')
  t.false(result.ok)
  t.is(museumExitCode(result), 1)
})

test.serial('an interruption leaves what was found by then', async t => {
  const controller = new AbortController()
  controller.abort()
  const result = await runMuseum(entries, [], { ...quiet, signal: controller.signal })
  t.is(result.cut, 'interrupted')
  t.is(museumExitCode(result), 130)
})

test.serial('two runs give the same bytes', async t => {
  const entry = entryOf('reclaim-flush-pending')
  t.is(renderJson(await run(entry), { times: false }), renderJson(await run(entry), { times: false }))
})
