// The pages of a run: one for each thing that went wrong, under the name by which the report leads to it, and with nothing
// of what a run holds become markup.

import assert from 'node:assert/strict'
import test, { type ExecutionContext } from 'ava'
import fc from 'fast-check'
import { pagesOf, reportName } from './files.js'
import { lockstepRun, redRun } from './golden/fixtures.js'
import { disordered, failing, severalCpusRun } from './golden/several-cpus.js'
import { tag, tagsOf } from './golden/tags.js'
import { valuesOf } from './golden/values.js'
import { renderOrderPage } from './html/order-page.js'
import { renderRunReport } from './html/run-report.js'
import { renderSchedulePage } from './html/schedule-page.js'
import { renderJson } from './json.js'
import { readRun } from './read.js'
import { runDocument } from './schema/run.js'

/** A page is long: of one that does not match, only what was looked for is told. */
const shows = (t: ExecutionContext, page: string, what: RegExp): void => {
  t.true(what.test(page), String(what))
}

const everything = { ...severalCpusRun, scopes: redRun.scopes, lockstep: lockstepRun.lockstep }

test('the report of a run leads to each of its pages, and to no other', t => {
  const names = pagesOf(everything).map(({ name }) => name)
  t.deepEqual(names.shift(), reportName)
  t.is(names.length, 4)
  const targets = [...renderRunReport(everything).matchAll(/href="\.\/([^"]*)"/g)].map(([, to]) =>
    decodeURIComponent(to),
  )
  t.deepEqual([...new Set(targets)].sort(), [...names].sort())
})

test('pages of one name stay apart', t => {
  const twice = { ...everything, scopes: [...redRun.scopes, ...redRun.scopes], lockstep: [] }
  const names = pagesOf(twice).map(({ name }) => name)
  t.is(new Set(names).size, names.length)
})

test('operations that no order explains stand beside what each order gives', t => {
  const page = renderOrderPage({ scope: disordered, version: '0.0.0' })
  shows(t, page, /<th scope="col">side by side<\/th><th scope="col">CPU 0, then 1; or CPU 1, then 0<\/th>/)
  shows(t, page, /<code>cpu 0: add<\/code><\/th><td>ok<\/td><td>ok<\/td>/)
  shows(t, page, /<code>cpu 1: add<\/code><\/th><td>ok<\/td><td class="differ">refused<\/td>/)
  shows(t, page, /in the end, count<\/th><td>1<\/td><td class="differ">2<\/td>/)
  shows(t, page, /in the end count is 1, and one after the other it would be 2</)
  shows(t, page, /As in <b>some<\/b> order\./)
})

test('a schedule has what each CPU was to do, the claim, and the memory with what is wrong outlined', t => {
  const { failure } = failing
  if (failure === undefined) throw new Error('the fixture goes well')
  const page = renderSchedulePage({ run: failing, failure, version: '0.0.0' }) ?? ''
  shows(t, page, /no CPU keeps a translation to a frame that is free/)
  shows(t, page, /<code>P0 munmap @0 1<\/code><\/td><td>not over<\/td>/)
  shows(t, page, /Page 0 of the commands is page 30/)
  shows(t, page, /class="box cpu wrong"><h5>CPU 1/)
  shows(t, page, /class="box frame free changed wrong"/)
  shows(t, page, /npx mmspec replay 'mp1:/)
  t.notRegex(page, /put in on purpose/)
  const edited = { ...failing, mutant: 'munmap-forgets-others' }
  shows(
    t,
    renderSchedulePage({ run: edited, failure, version: '0.0.0' }) ?? '',
    /<dt>mutant<\/dt><dd>munmap-forgets-others/,
  )
  const { told: _, ...older } = failure
  t.is(renderSchedulePage({ run: failing, failure: older, version: '0.0.0' }), null)
})

test('whatever a run holds, its pages have only elements and attributes of their own, and lead nowhere', t => {
  const isSafe = (value: unknown) => {
    const read = readRun(renderJson(value as object, { times: true }))
    assert.ok('run' in read)
    for (const { name, text } of pagesOf(read.run).slice(1)) {
      assert.match(name, /^[\w.+@-]+\.html$/)
      assert.deepEqual(
        tagsOf(text).filter(found => !tag.test(found)),
        [],
      )
      for (const [, href] of text.matchAll(/ href="([^"]*)"/g)) assert.match(href, /^#step-\d+$/)
      assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Zl}\p{Zp}]/u)
    }
  }
  t.notThrows(() => fc.assert(fc.property(valuesOf(runDocument), isSafe), { numRuns: 15 }))
})
