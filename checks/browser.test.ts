// Pages as a browser shows them: Debian's chromium, driven by keys as a reader would.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import test from 'ava'
import { type Browser, chromium, type Page } from 'playwright-core'
import { renderCounterexample, type ScopeResult } from '../reports/index.js'
import { checkScopes } from './check.js'

const binary = fileURLToPath(new URL('./cli/main.js', import.meta.url))
const executable = process.env.MMSPEC_BROWSER ?? '/usr/bin/chromium'
const folder = mkdtempSync(join(tmpdir(), 'mmspec-browser-'))
let browser: Browser
test.before(async () => {
  if (!existsSync(executable)) throw new Error(`no browser at ${executable}: install chromium, or set MMSPEC_BROWSER`)
  browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] })
})
test.after.always(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

/** A violated claim's page of a scope with a mutant in force. */
async function counterexample(scope: string, mutant: string): Promise<string> {
  const { scopes, version } = await violation(scope, mutant)
  return pageOf(scopes[0], version)
}
const searched = new Map<string, ReturnType<typeof checkScopes>>()
function violation(scope: string, mutant: string): ReturnType<typeof checkScopes> {
  const run = searched.get(scope) ?? checkScopes([scope], { mutant })
  searched.set(scope, run)
  return run
}
function pageOf(scope: ScopeResult, version: string): string {
  const claim = scope.claims.find(({ verdict }) => verdict === 'violated')
  if (claim?.trace === undefined) throw new Error(`${scope.name} shows no violation`)
  return renderCounterexample({ scope, claim: { ...claim, trace: claim.trace }, version })
}

interface Opened {
  readonly page: Page
  /** What the page complained about or asked the network for. */
  readonly wrong: string[]
}
async function open(name: string, text: string, size = { width: 1200, height: 900 }): Promise<Opened> {
  const path = join(folder, `${name}.html`)
  writeFileSync(path, text)
  const page = await browser.newPage({ viewport: size })
  const wrong: string[] = []
  page.on('console', message => wrong.push(message.text()))
  page.on('pageerror', error => wrong.push(error.message))
  page.on('dialog', dialog => wrong.push(dialog.message()))
  page.on('request', request => {
    if (!request.url().startsWith('file:')) wrong.push(request.url())
  })
  await page.goto(pathToFileURL(path).href)
  return { page, wrong }
}
const shown = (page: Page) => page.locator('.step.shown')

test.serial(
  'a counterexample is read by keyboard: the last step first, back to the first state and forth again',
  async t => {
    const { page, wrong } = await open('fork', await counterexample('fork-swap', 'fork-lets-the-parent-go-on-writing'))
    t.is(await page.textContent('#witness'), 'frame 0 is mapped by 2 pages, and one of them can write to it')
    t.is(await shown(page).count(), 1)
    t.is(await shown(page).getAttribute('id'), 'step-4')
    t.is(await shown(page).locator('.page.wrong').count(), 2)
    t.is(await shown(page).locator('svg.arrows path').count(), 2)
    t.deepEqual(await shown(page).locator('.page .to').allTextContents(), ['→ frame 0 rw', '→ frame 0 r'])
    await page.keyboard.press('k')
    t.is(await shown(page).getAttribute('id'), 'step-3')
    t.regex((await shown(page).locator('.changes').textContent()) ?? '', /frame 0 references 0 1/)
    t.is(await shown(page).locator('.frame.changed').count(), 1)
    await page.keyboard.press('Home')
    t.is(await shown(page).getAttribute('id'), 'step-0')
    t.is(await shown(page).locator('.space').count(), 0)
    await page.keyboard.press('ArrowRight')
    t.is(await page.locator('tbody.current').getAttribute('data-step'), '1')
    await page.click('a[href="#step-2"]')
    t.is(await page.textContent('#where'), 'step 2 of 4')
    t.deepEqual(wrong, [])
  },
)

test.serial(
  'the claims, what else could have been called and the leaves are those of the step that is shown',
  async t => {
    const text = await counterexample('fork-swap', 'fork-lets-the-parent-go-on-writing')
    const { page, wrong } = await open('panels', text)
    t.regex((await page.textContent('#claims-title')) ?? '', /^2 violated, \d+ hold/)
    t.is(await page.locator('#claims li.violated').count(), 2)
    t.regex(
      (await shown(page).locator('.why').textContent()) ?? '',
      /space 0, page 0: entry is frame 0, rw, since step 3/,
    )
    const others = page.locator('#others li')
    t.deepEqual(await others.first().textContent(), 'P0 exit → ok')
    t.regex((await page.textContent('#others li.refused')) ?? '', /P0 fork P1 → E:ENOMEMrefused at fork\.tables/)
    await page.keyboard.press('k')
    t.is(await page.locator('#claims li.violated').count(), 0)
    await page.locator('#leaves summary').click()
    await page.locator('#filter').fill('frames[0].')
    t.deepEqual((await page.locator('#leaves tbody tr').allTextContents()).slice(0, 2), [
      'frames[0].references01',
      'frames[0].contentstalezero',
    ])
    t.deepEqual(wrong, [])
  },
)

test.serial('what a reader takes away is chosen by keys, and saved without asking anybody', async t => {
  const text = await counterexample('fork-swap', 'fork-lets-the-parent-go-on-writing')
  const { page, wrong } = await open('tabs', text)
  t.regex((await page.textContent('#scenario pre')) ?? '', /^scope: fork-swap$/m)
  await page.locator('[role=tab]').first().focus()
  await page.keyboard.press('ArrowRight')
  t.true(await page.locator('#test').isVisible())
  t.false(await page.locator('#scenario').isVisible())
  await page.keyboard.press('ArrowRight')
  const itf = JSON.parse((await page.textContent('#itf pre')) ?? '')
  t.is(itf.states.length, 5)
  t.is(itf.states[4]['mbt::actionTaken'], 'fork')
  await page.keyboard.press('ArrowRight')
  t.is(JSON.parse((await page.textContent('#json pre')) ?? '').trace.steps.length, 4)
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#json [data-file]').click()])
  t.is(download.suggestedFilename(), 'frames-no-double-mapping-fork-swap.json')
  t.deepEqual(wrong, [])
})

test.serial('operations of several CPUs have a lane each', async t => {
  const { page, wrong } = await open('smp', await counterexample('smp-fork', 'fork-does-not-wait-for-other-cpus'))
  t.deepEqual((await page.locator('th').allTextContents()).slice(1, 3), ['CPU 0', 'CPU 1'])
  await page.keyboard.press('End')
  t.is(await shown(page).locator('.cpu').count(), 2)
  t.deepEqual(wrong, [])
})

test.serial('nothing is cut off on a phone, and the page does not scroll sideways', async t => {
  const text = await counterexample('fork-swap', 'fork-lets-the-parent-go-on-writing')
  const { page } = await open('phone', text, { width: 390, height: 800 })
  t.true(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'))
})

test.serial('a page opens at its beginning, a tap leads to the picture, and keys in a box stay there', async t => {
  const text = await counterexample('fork-swap', 'fork-lets-the-parent-go-on-writing')
  const { page } = await open('tap', text, { width: 390, height: 800 })
  t.is(await page.evaluate('scrollY'), 0)
  const code = page.locator('#scenario pre')
  await code.focus()
  await page.keyboard.press('ArrowLeft')
  t.is(await page.textContent('#where'), 'step 4 of 4')
  await page.locator('tbody[data-step="1"] td.n').click()
  t.is(await page.getAttribute('[aria-current=step]', 'href'), '#step-1')
  const top = await page.evaluate('document.querySelector(".memory").getBoundingClientRect().top')
  t.true(Math.abs(Number(top)) < 2, `the picture is at ${top}`)
})

test.serial('strings that want to be markup, scripts or requests are shown as they are', async t => {
  const evil = '</script><img src="https://example.invalid/x" onerror="alert(1)"><script>alert(2)</script>'
  const { scopes, version } = await violation('fork-swap', 'fork-lets-the-parent-go-on-writing')
  const kept = new Set(['verdict', 'path', 'from', 'to', 'value'])
  const hostile: ScopeResult = JSON.parse(JSON.stringify(scopes[0]), (key, part: unknown) =>
    typeof part === 'string' && !kept.has(key) ? evil : part,
  )
  const { page, wrong } = await open('hostile', pageOf(hostile, version))
  t.is(await page.locator('img').count(), 0)
  t.is(await page.textContent('#witness'), evil)
  await page.keyboard.press('k')
  t.deepEqual(wrong, [])
})

test.serial('`--out` writes a report of the run, which leads to the page of the counterexample beside it', async t => {
  const out = join(folder, 'out')
  const args = ['check', 'fork-swap', '--mutant', 'fork-lets-the-parent-go-on-writing', '--out', out]
  t.is(spawnSync(process.execPath, [binary, ...args]).status, 1)
  const { page, wrong } = await open('out/index', readFileSync(join(out, 'index.html'), 'utf8'), {
    width: 390,
    height: 800,
  })
  t.is(await page.textContent('h1'), '✖ not as expected')
  t.true(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  t.regex(page.url(), /#scopes$/)
  await page.click('header a[href$=".html"]')
  t.is(await page.textContent('h1'), '✖ frames/no-double-mapping')
  t.deepEqual(wrong, [])
})
