// The explorer's server: this machine only, three routes, nothing kept but what it was started with. Where the reader stands is
// in each request, as a token. What does not come from its own page is refused: another host by name (a name that
// somebody points here), another origin, a request without the page's key. What is written, and where, whoever starts it says:
// a request gives a name and no path.

import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { renderExplorer, renderPlace } from '../../reports/index.js'
import { commandText } from '../describe.js'
import { UserError } from '../errors.js'
import { parseToken } from '../token/index.js'
import { viewOf, wayOf } from './view.js'

export interface Served {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

const loopback = '127.0.0.1'
/** A token with the longest way is a hundredth of this. */
const mostBytes = 1024 * 1024

/** Writes the way of a token as a scenario under a new name, and gives its path. */
export type KeepWay = (token: string, name: string) => string

/** Serves the explorer from a token's place on; port 0 takes any that is free. */
export function serve(token: string, port: number, keep: KeepWay): Promise<Served> {
  const explorer = new Explorer(token, keep)
  const server = createServer((request, response) => void explorer.handle(request, response))
  server.requestTimeout = server.headersTimeout = 10_000
  return new Promise((resolve, reject) => {
    server.on('error', error => reject(unlistenable(port, error)))
    server.listen(port, loopback, () => {
      const bound = (server.address() as AddressInfo).port
      explorer.port = bound
      const close = () =>
        new Promise<void>(done => {
          server.close(() => done())
          server.closeAllConnections()
        })
      resolve({ url: `http://${loopback}:${bound}/#${token}`, port: bound, close })
    })
  })
}

function unlistenable(port: number, error: Error): UserError {
  const code = 'code' in error ? String(error.code) : error.message
  const message = code === 'EADDRINUSE' ? `port ${port} is in use` : `cannot listen on port ${port}: ${code}`
  return new UserError({ code: 'port', message, place: '--port', next: 'leave it out, and any free port is taken' })
}

/** An answer that is no page and no place. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

class Explorer {
  readonly #key = randomBytes(24).toString('base64url')
  port = 0

  constructor(
    readonly token: string,
    readonly keep: KeepWay,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      this.#refuseStrangers(request)
      const route = `${request.method} ${request.url?.split('?', 1)[0]}`
      if (route === 'GET /') send(response, 200, 'text/html', renderExplorer({ token: this.token, key: this.#key }))
      else if (route === 'POST /view') send(response, 200, 'application/json', this.#view(await this.#asked(request)))
      else if (route === 'POST /keep') send(response, 200, 'application/json', this.#keep(await this.#asked(request)))
      else throw notFound(route)
    } catch (error) {
      const { status, problem } = problemOf(error)
      send(response, status, 'application/json', JSON.stringify({ problem }))
    }
  }

  /** By name or by number, this machine is the only host that the page is asked of, and its own the only origin. */
  #refuseStrangers({ headers }: IncomingMessage): void {
    const hosts = [loopback, 'localhost'].map(name => `${name}:${this.port}`)
    if (!hosts.includes(headers.host ?? '')) throw new Refusal(403, 'this host is not served here')
    const { origin } = headers
    if (origin !== undefined && origin !== `http://${headers.host}`)
      throw new Refusal(403, 'this origin may not ask here')
    const site = headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new Refusal(403, 'this site may not ask here')
  }

  /** What the page asks for, if it is the page. */
  async #asked(request: IncomingMessage): Promise<Asked> {
    if (!isSame(String(request.headers['x-mmspec-key'] ?? ''), this.#key)) {
      throw new Refusal(403, 'the page is of an explorer that has ended: load it again')
    }
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) throw new Refusal(415, 'expected JSON')
    const asked = askedIn(await bodyOf(request))
    this.#refusePaths(asked.token)
    return asked
  }

  #view({ token, whole }: Asked): string {
    const { bound, steps } = wayOf(token)
    const start = token.slice(0, token.lastIndexOf(':'))
    const more = whole.startsWith(start) ? parseToken(whole).steps.slice(steps.length) : []
    const ahead = more.map(({ command }) => {
      const known = bound.machine.commands[command]
      return known === undefined ? '?' : commandText(bound.machine, known)
    })
    return JSON.stringify({ html: renderPlace(viewOf(bound, steps), ahead) })
  }

  #keep({ token, name }: Asked): string {
    wayOf(token)
    return JSON.stringify({ kept: this.keep(token, name) })
  }

  /** A token in an address may come from anywhere: it names scopes of this package, or the one that was asked for. */
  #refusePaths(token: string): void {
    const { scope } = parseToken(token)
    if (!/[/\\.]/.test(scope) || scope === parseToken(this.token).scope) return
    throw new Refusal(403, 'files of scopes are opened from the command line only')
  }
}

function notFound(route: string): Refusal {
  const [method, path] = route.split(' ')
  return path === '/' || path === '/view' || path === '/keep'
    ? new Refusal(405, `${method} is not answered here`)
    : new Refusal(404, 'there is nothing here')
}

function problemOf(error: unknown): { readonly status: number; readonly problem: string } {
  if (error instanceof Refusal) return { status: error.status, problem: error.message }
  if (!(error instanceof UserError))
    return { status: 500, problem: 'the explorer has failed: this is a fault of mmspec' }
  const { message, place, nearest, next } = error
  const meant = nearest === undefined ? '' : `; did you mean '${nearest}'?`
  return {
    status: 400,
    problem: `${place === undefined ? '' : `${place}: `}${message}${meant}${next === undefined ? '' : ` · ${next}`}`,
  }
}

function isSame(...texts: readonly [string, string]): boolean {
  const [one, other] = texts.map(text => Buffer.from(text))
  return one.length === other.length && timingSafeEqual(one, other)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    bytes += part.length
    if (bytes > mostBytes) throw new Refusal(413, `a request has at most ${mostBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

interface Asked {
  readonly token: string
  /** The longest way that was taken, or nothing. */
  readonly whole: string
  /** Of a way that is to be kept. */
  readonly name: string
}

function askedIn(body: string): Asked {
  let asked: unknown
  try {
    asked = JSON.parse(body)
  } catch {
    throw new Refusal(400, 'the request is not valid JSON')
  }
  const {
    token,
    whole = '',
    name = '',
  } = (typeof asked === 'object' && asked !== null ? asked : {}) as Readonly<Record<string, unknown>>
  const isText = (value: unknown): value is string => typeof value === 'string'
  if (!isText(token) || !isText(whole) || !isText(name)) throw new Refusal(400, 'expected a token')
  return { token, whole, name }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'content-security-policy': "frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(status === 405 ? { allow: 'GET, POST' } : {}),
    ...(status === 413 ? { connection: 'close' } : {}),
  })
  response.end(body)
}
