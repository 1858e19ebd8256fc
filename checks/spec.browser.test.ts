// The built specification as a reader has it: from disk, without a network. The search finds every rule, by its anchor and
// by its words; links unfold what they lead to; it fits a phone, and reads without scripts.

import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import test from 'ava'
import { type Browser, chromium, type Page } from 'playwright-core'
import { renderSpec, type SpecDocument, wholePage } from '../reports/index.js'
import { specDocument } from './spec/document.js'

const executable = process.env.MMSPEC_BROWSER ?? '/usr/bin/chromium'
const folder = mkdtempSync(join(tmpdir(), 'mmspec-spec-'))
let browser: Browser
let document: SpecDocument
test.before(async () => {
  if (!existsSync(executable)) throw new Error(`no browser at ${executable}: install chromium, or set MMSPEC_BROWSER`)
  browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] })
  document = specDocument()
  for (const [name, text] of renderSpec(document)) writeFileSync(join(folder, name), text)
})
test.after.always(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

interface Opened {
  readonly page: Page
  /** What the page complained about or asked the network for. */
  readonly wrong: string[]
}
async function open(name: string, width = 1200, scripts = true): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: scripts })
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('console', message => wrong.push(message.text()))
  page.on('pageerror', error => wrong.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith('file:')) wrong.push(request.url())
  })
  await page.goto(pathToFileURL(join(folder, name.split('#')[0])).href + (/#.*/.exec(name)?.[0] ?? ''))
  return { page, wrong }
}

/** What the search shows for each text that is asked, best first. */
const answers = (page: Page, asked: readonly string[]): Promise<string[][]> =>
  page.evaluate(
    `${JSON.stringify(asked)}.map(text => {
      const input = document.querySelector('#search')
      input.value = text
      input.dispatchEvent(new Event('input'))
      return [...document.querySelectorAll('#found a')].map(link => decodeURIComponent(link.getAttribute('href')))
    })`,
  )

test.serial('the search finds each rule, first of all by its anchor, and by its title', async t => {
  const { page, wrong } = await open(wholePage)
  const ids = document.rules.map(({ id }) => id)
  t.true(ids.length > 150)
  const found = await answers(page, ids)
  const place = (id: string) => `#${id.replace('.md#', '/')}`
  t.deepEqual(
    ids.filter((id, at) => found[at][0] !== place(id)),
    [],
  )
  const titles = ids.map(id => id.split('#')[1].replaceAll('-', ' '))
  const byTitle = await answers(page, titles)
  t.deepEqual(
    ids.filter((id, at) => !byTitle[at].includes(place(id))),
    [],
  )
  t.deepEqual(wrong, [])
})

test.serial('the search is reached by a key, led by arrows, and goes where it says', async t => {
  const { page, wrong } = await open(wholePage)
  await page.keyboard.press('/')
  await page.keyboard.type('stack grow')
  t.is(await page.locator('#found a.at').count(), 1)
  t.regex((await page.locator('#found a.at').textContent()) ?? '', /stack growth Faults/)
  await page.keyboard.press('Enter')
  t.is(new URL(page.url()).hash, '#faults/stack-growth')
  await page.keyboard.press('/')
  await page.keyboard.type('zebra')
  t.is(await page.textContent('#found'), 'nothing has all of: zebra')
  await page.keyboard.press('Escape')
  t.is(await page.textContent('#found'), '')
  t.deepEqual(wrong, [])
})

test.serial('a chapter of its own finds rules of the others, and leads to their pages', async t => {
  const { page } = await open('regions.html')
  t.is((await answers(page, ['slots']))[0][0], 'swap.html#swap/slots')
})

test.serial('a link to code unfolds the file at its line', async t => {
  const { page } = await open(`${wholePage}#regions/munmap`)
  await page.locator('[id="regions/munmap"] .guards summary').click()
  await page.locator('[id="regions/munmap"] .guards a[href^="#source/model/regions/munmap.ts"]').first().click()
  t.true(await page.locator('[id="source/model/regions/munmap.ts"]').isVisible())
  t.true(await page.locator(':target').isVisible())
})

test.serial('every link of the page that has everything leads somewhere in it', async t => {
  const { page } = await open(wholePage)
  const dead = await page.evaluate(
    `[...document.querySelectorAll('a[href^="#"]')].map(link => decodeURIComponent(link.getAttribute('href').slice(1))).filter(id => document.getElementById(id) === null)`,
  )
  t.deepEqual(dead, [])
})

test.serial('one file below 5 MB, which fits a phone, and reads without scripts', async t => {
  t.true(statSync(join(folder, wholePage)).size < 5_000_000)
  for (const name of [wholePage, 'requirements.html', 'regions.html']) {
    const { page } = await open(name, 390)
    t.true(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name)
  }
  const { page } = await open('regions.html', 1200, false)
  t.true(await page.getByText('nothing is mapped in three pages').isVisible())
  t.false(await page.locator('#search').isVisible())
})
