// The explorer's page: what the server refuses, and a browser that takes steps, goes back, and goes another way.

import { existsSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import test from 'ava'
import { type Browser, chromium } from 'playwright-core'
import { renderPlace } from '../../reports/index.js'
import { UserError } from '../errors.js'
import { bindScope, loadScope } from '../scope/index.js'
import { tokenOf } from '../token/index.js'
import { type Served, serve } from './server.js'
import { viewOf } from './view.js'

const bound = bindScope(loadScope('fork-swap'))
const first = tokenOf(bound, [])
let served: Served
const kept: string[] = []
test.before(async () => {
  served = await serve(first, 0, (token, name) => {
    if (name !== 'forked') throw new UserError({ code: 'bad-name', message: `'${name}' is no name` })
    kept.push(token)
    return `regressions/${name}.yaml`
  })
})
test.after.always(() => served?.close())

interface Got {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}
interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
function ask({ method = 'GET', path = '/', headers = {}, body = '' }: Sent = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: served.port, method, path, headers }, response => {
      let text = ''
      response.on('data', part => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
const keyOf = async (): Promise<string> => /data-key="([^"]+)"/.exec((await ask()).text)?.[1] ?? ''
const view = async (
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  path: '/view' | '/keep' = '/view',
): Promise<Got> =>
  ask({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json', 'x-mmspec-key': await keyOf(), ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

test('the page is whole: nothing is asked for elsewhere, and no other page may hold it', async t => {
  const { status, headers, text } = await ask()
  t.is(status, 200)
  t.regex(text, /default-src &#39;none&#39;; style-src \S+; script-src \S+; connect-src &#39;self&#39;/)
  t.notRegex(text, /(?:src|href)=/)
  t.is(headers['content-security-policy'], "frame-ancestors 'none'")
  t.is(headers['x-content-type-options'], 'nosniff')
})

test('a place is what the way to it says, with the same text every time', async t => {
  const got = await view({ token: first, whole: first })
  t.is(got.status, 200)
  t.is(JSON.parse(got.text).html, renderPlace(viewOf(bound, []), []))
})

for (const host of ['example.invalid', 'localhost.example.invalid', '127.0.0.1', '[::1]']) {
  test(`another host is refused: '${host}'`, async t => {
    const { status, text } = await ask({ headers: { host } })
    t.is(status, 403)
    t.like(JSON.parse(text), { problem: 'this host is not served here' })
  })
}

test('another origin is refused, and so is a page that has no key', async t => {
  const asked = { token: first, whole: first }
  t.is((await view(asked, { origin: `http://127.0.0.1:${served.port}` })).status, 200)
  for (const headers of [
    { origin: 'http://example.invalid' },
    { origin: 'null' },
    { origin: `http://localhost:${served.port}` },
    { 'sec-fetch-site': 'cross-site' },
    { 'x-mmspec-key': '' },
    { 'x-mmspec-key': 'x'.repeat(32) },
    { 'x-mmspec-key': '\xe9'.repeat(32) },
  ]) {
    t.is((await view(asked, headers)).status, 403, JSON.stringify(headers))
  }
})

test.serial('a way is kept under a name by its own page alone, and nothing else says where', async t => {
  const asked = { token: first, name: 'forked' }
  t.is((await view(asked, { 'x-mmspec-key': '' }, '/keep')).status, 403)
  t.is((await view(asked, { origin: 'http://example.invalid' }, '/keep')).status, 403)
  t.is((await view({ ...asked, token: 'mm1:/etc/passwd::00000000' }, {}, '/keep')).status, 403)
  t.is((await view({ ...asked, token: 'mm1:clock::00000000' }, {}, '/keep')).status, 400)
  t.is((await view({ ...asked, name: 7 }, {}, '/keep')).status, 400)
  t.like(JSON.parse((await view({ ...asked, name: '../x' }, {}, '/keep')).text), { problem: "'../x' is no name" })
  t.deepEqual(kept, [])
  const { status, text } = await view(asked, {}, '/keep')
  t.deepEqual([status, JSON.parse(text)], [200, { kept: 'regressions/forked.yaml' }])
  t.deepEqual(kept, [first])
})

test('only three routes are answered, each by its method', async t => {
  for (const [method, path, status] of [
    ['POST', '/', 405],
    ['GET', '/view', 405],
    ['GET', '/keep', 405],
    ['PUT', '/view', 405],
    ['GET', '/../../etc/passwd', 404],
    ['GET', '/favicon.ico', 404],
    ['DELETE', '/x', 404],
    ['GET', '//', 404],
    ['GET', '//example.invalid/', 404],
    ['GET', '/?again', 200],
  ] as const) {
    t.is((await ask({ method, path })).status, status, `${method} ${path}`)
  }
})

const bad: readonly (readonly [promise: string, body: unknown, status: number, says: RegExp])[] = [
  ['no JSON', '{', 400, /not valid JSON/],
  ['no token', {}, 400, /expected a token/],
  ['null', 'null', 400, /expected a token/],
  ['a broken token', { token: 'mm1:<img src=x>', whole: '' }, 400, /not a token/],
  ['a token of another kind', { token: 'mp1:fork-store::94a2487e', whole: '' }, 400, /schedule/],
  ['a token of another version', { token: 'mm1:clock::00000000', whole: '' }, 400, /another version/],
  [
    'a step that cannot be taken',
    { token: first.replace('::', ':1.1.1:'), whole: '' },
    400,
    /cannot be (taken|followed)/,
  ],
  ['a file', { token: 'mm1:/etc/passwd::00000000', whole: '' }, 403, /command line only/],
  ['a file of a scope', { token: 'mm1:./x.yaml::00000000', whole: '' }, 403, /command line only/],
  ['too much', 'x'.repeat(2 * 1024 * 1024), 413, /at most/],
]
for (const [promise, body, status, says] of bad) {
  test(`${promise} is refused with one clear sentence, and the server goes on`, async t => {
    const got = await view(body).catch(error => error)
    // Whoever sends too much may be cut off while he still sends.
    if (status === 413 && got instanceof Error) t.regex(got.message, /EPIPE|ECONNRESET|hang up/)
    else {
      t.is(got.status, status)
      t.regex(JSON.parse(got.text).problem, says)
    }
    t.is((await ask()).status, 200)
  })
}

test('whatever a scope or a step is called, it is shown as it is', t => {
  const evil = '</script><img src=x onerror=alert(1)>'
  const view = viewOf(bound, [])
  const hostile = JSON.parse(JSON.stringify(view), (key, part: unknown) =>
    typeof part === 'string' && !['is', 'path', 'value', 'schema'].includes(key) ? evil : part,
  )
  t.notRegex(renderPlace(hostile, [evil]), /<img|<\/script/)
})

const executable = process.env.MMSPEC_BROWSER ?? '/usr/bin/chromium'
test('a browser takes steps, goes back, and goes another way, by mouse and by keys', async t => {
  if (!existsSync(executable)) throw new Error(`no browser at ${executable}: install chromium, or set MMSPEC_BROWSER`)
  const browser: Browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const wrong: string[] = []
    page.on('console', message => wrong.push(message.text()))
    page.on('pageerror', error => wrong.push(error.message))
    page.on('request', asked => {
      if (!asked.url().startsWith(`http://127.0.0.1:${served.port}/`)) wrong.push(asked.url())
    })
    await page.goto(served.url)
    const now = page.locator('.way .now')
    const standsAt = async (says: RegExp) => t.regex((await now.textContent()) ?? '', says)
    const take = async (text: string, number: number) => {
      await page.locator('.commands button', { hasText: text }).first().click()
      await page.locator('.way .now b', { hasText: new RegExp(`^${number}$`) }).waitFor()
    }
    await take('P0 spawn', 1)
    await take('P0 mmap @0 1', 2)
    await standsAt(/^2 P0 mmap @0 1 rw .*→ ok @0$/)
    t.is(await page.locator('.is .page.changed').count(), 1)
    const there = page.url()
    t.is(await page.textContent('#token'), decodeURIComponent(new URL(there).hash.slice(1)))
    await page.keyboard.press('u')
    await page.waitForSelector('.way .ahead')
    await standsAt(/^1 P0 spawn/)
    t.regex((await page.textContent('.way .ahead')) ?? '', /2 P0 mmap @0 1/)
    t.regex((await page.textContent('.refusals')) ?? '', /P0 read @0 → SIGSEGV:MAPERR load\.look/)
    await page.keyboard.press('r')
    await page.waitForSelector('.way .ahead', { state: 'detached' })
    await page.click('[data-goto="1"]')
    await page.waitForSelector('.way .ahead')
    await page.fill('#filter', 'fork')
    t.is(await page.locator('.commands button:visible').count(), 1)
    await take('P0 fork P1', 2)
    await standsAt(/^2 P0 fork P1/)
    t.is(await page.locator('.way .ahead').count(), 0)
    await page.fill('#keep-name', 'forked')
    await page.keyboard.press('Enter')
    await page.locator('#kept', { hasText: 'kept: npx mmspec replay regressions/forked.yaml' }).waitFor()
    t.is(kept.at(-1) ?? null, await page.textContent('#token'))
    await page.goto(there)
    await page.reload()
    await page.locator('.way .now', { hasText: 'mmap' }).waitFor()
    await page.goto(`http://127.0.0.1:${served.port}/#mm1:nonsense`)
    await page.locator('#problem', { hasText: 'not a token' }).waitFor()
    t.deepEqual(
      wrong.filter(text => !text.includes('status of 400')),
      [],
    )
  } finally {
    await browser.close()
  }
})
