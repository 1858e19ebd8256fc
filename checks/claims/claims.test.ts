// Claims as a list: each has a name, a sentence and a rule, and the catalogue says which of its numbers they carry.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import type { Claim } from '../../model/index.js'
import { memory } from '../memory/system.js'
import { root } from '../spec/chapters.js'
import { machineClaims, modelClaims } from './index.js'

const recounts = Object.values(memory.recounts)
const homes = { model: [...modelClaims, ...recounts], machine: machineClaims }

for (const [home, claims] of Object.entries(homes)) {
  test(`${home}: every claim has an id of its own, chapter/name`, t => {
    const ids = claims.map(({ id }) => id)
    t.is(new Set(ids).size, ids.length)
    for (const id of ids)
      t.regex(
        id,
        /^(processes|frames|page-tables|regions|faults|copy-on-write|shared-memory|locking|swap|protection|tlb|concurrency|files|pins)\/[a-z-]+$/,
      )
  })

  test(`${home}: every claim says something, and cites a rule whose chapter exists`, t => {
    for (const { id, says, rule } of claims) {
      t.true(says.length > 15 && !says.endsWith('.'), id)
      const [, chapter, anchor] = /^([a-z-]+\.md)#([a-z-]+)$/.exec(rule) ?? []
      t.truthy(anchor, `${id}: ${rule}`)
      t.true(readFileSync(join(root, 'spec', chapter), 'utf8').length > 0)
    }
  })
}

test('a claim judges states, those at rest, or what a command has done', t => {
  const kinds = new Set(modelClaims.map((claim: Claim) => claim.kind))
  t.deepEqual([...kinds].sort(), ['quiescent', 'return', 'state', 'step'])
})

/** The rows of the catalogue: which number is claimed of the model by what, and of the memory. */
function catalogueRows(): readonly (readonly string[])[] {
  const text = readFileSync(join(root, 'spec', 'catalogue.md'), 'utf8')
  return [...text.matchAll(/^\| ([A-Z]+\d+) +\|(.*)\|$/gm)].map(([, number, rest]) => [number, ...rest.split('|')])
}
const named = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, id]) => id)

test('the catalogue says of each number which claims carry it', t => {
  const derived = new Set(recounts.map(({ id }) => id))
  const rows = catalogueRows()
  t.true(rows.length > 90)
  const carrying = (claims: readonly { readonly id: string; readonly also: readonly string[] }[], number: string) =>
    claims.filter(claim => claim.also.includes(number)).map(({ id }) => id)
  for (const [number, , model, memoryCell] of rows) {
    t.deepEqual(
      named(model).filter(id => !derived.has(id)),
      carrying(modelClaims, number),
      number,
    )
    t.deepEqual(named(memoryCell), carrying(machineClaims, number), number)
  }
})
