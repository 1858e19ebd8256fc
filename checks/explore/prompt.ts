// The explorer as a conversation: a line of text goes in, an answer comes out. It keeps the way and where on it the reader
// stands; a command taken from the middle begins another way there. What makes no sense is said, and changes nothing.

import { type ExploreView, renderHere, renderHereList } from '../../reports/index.js'
import { meant, UserError } from '../errors.js'
import type { Taken } from '../explorer/trace.js'
import { usualFolder } from '../kept-file.js'
import { inFull } from '../scenario/take.js'
import type { BoundScope } from '../scope/index.js'
import { parseToken } from '../token/index.js'
import { longestWay, viewOf } from './view.js'

export interface Screen {
  readonly colour: boolean
  readonly width: number
}
export interface Reply {
  readonly text: string
  readonly ends: boolean
}

const help = `  3                 take the third command of the list
  P0 write @0 1     take a command by its text
  back, goto 2      go back one step, or to a step; what lies behind it stays until something else is taken
  list [word]       all that can be done, or what has a word in it
  refused [word]    what is refused here, and why
  state, claims     the state leaf by leaf; what each claim says here
  way               the steps from the first state to here
  token             the way in one word: mmspec replay, mmspec explore --from
  save <name>       keep the way as ${usualFolder}/<name>.yaml
  help, quit
`

export class Prompt {
  #way: readonly Taken[]
  /** How many steps of the way are taken. */
  #at: number
  #view: ExploreView

  constructor(
    readonly bound: BoundScope,
    way: readonly Taken[],
    readonly screen: Screen,
    /** Keeps the way of a token under a name, and says where. */
    readonly keep: (token: string, name: string) => string,
  ) {
    this.#way = way
    this.#at = way.length
    this.#view = viewOf(bound, way)
  }

  get begins(): string {
    return this.#here()
  }
  get prompt(): string {
    return `${this.bound.scope.name} ${this.#at}> `
  }

  /** Answers a line. Nothing that a line can say ends the conversation, but for `quit`. */
  answer(line: string): Reply {
    const [verb = '', ...words] = line.trim().split(/\s+/)
    if (verb === 'quit' || verb === 'exit' || verb === 'q') return { text: '', ends: true }
    try {
      return { text: this.#said(line.trim().replace(/\s+/g, ' '), verb, words.join(' ')), ends: false }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      const meantWord = error.nearest === undefined ? '' : `; did you mean '${error.nearest}'?`
      return {
        text: `  ${error.message}${meantWord}\n${error.next === undefined ? '' : `  ${error.next}\n`}`,
        ends: false,
      }
    }
  }

  #said(line: string, verb: string, rest: string): string {
    if (line === '') return ''
    if (/^\d+$/.test(line)) return this.#take(Number(line) - 1)
    if (Object.hasOwn(this.#verbs, verb)) return this.#verbs[verb](rest)
    return this.#takeText(line)
  }

  readonly #verbs: Readonly<Record<string, (rest: string) => string>> = {
    help: () => help,
    back: () => this.#goto(this.#at - 1),
    goto: rest => this.#goto(/^\d+$/.test(rest) ? Number(rest) : -1),
    list: rest => renderHereList(this.#view, rest, this.screen),
    refused: rest => this.#refused(rest),
    state: () => this.#state(),
    claims: () => this.#claims(),
    way: () => this.#steps(),
    token: () => `${this.#view.trace.token}\n`,
    save: rest => this.#save(rest),
  }

  #here(): string {
    return renderHere(this.#view, this.screen)
  }

  #goto(step: number): string {
    if (step < 0 || step > this.#way.length) {
      throw new UserError({ code: 'no-step', message: `there are steps 0 to ${this.#way.length} here`, next: 'goto 0' })
    }
    this.#at = step
    this.#view = viewOf(this.bound, this.#way.slice(0, step))
    return this.#here()
  }

  #take(number: number): string {
    const chosen = this.#view.possible[number]
    if (chosen === undefined) {
      const message = `there are commands 1 to ${this.#view.possible.length} here`
      throw new UserError({ code: 'no-command', message, next: "'list' shows them" })
    }
    if (this.#at >= longestWay) {
      throw new UserError({ code: 'long-way', message: `a way has at most ${longestWay} steps`, next: 'back' })
    }
    const [command, ...choices] = chosen.step.split('-').map(Number)
    this.#way = [...this.#way.slice(0, this.#at), { command, choices }]
    return this.#goto(this.#way.length)
  }

  #takeText(line: string): string {
    const text = inFull(line)
    const { possible, refused } = this.#view
    const at = possible.findIndex(({ command }) => command === line || command === text)
    if (at >= 0) return this.#take(at)
    const not = refused.find(({ command }) => command === line || command === text)
    if (not !== undefined) return `  ${not.command} → ${not.outcome}: ${not.because}\n`
    const known = [...Object.keys(this.#verbs), 'quit', ...possible.map(({ command }) => command)]
    throw new UserError({
      code: 'unknown-line',
      message: `'${line}' is no verb, and nothing that can be done here`,
      nearest: meant(line, known),
      next: "'help' shows the verbs, 'list' what can be done",
    })
  }

  #refused(word: string): string {
    const found = this.#view.refused.filter(one => Object.values(one).some(text => text.includes(word)))
    const lines = found.map(({ command, outcome, because }) => `  ${command} → ${outcome}: ${because}`)
    return `${(lines.length === 0 ? ['  nothing is refused here'] : lines).join('\n')}\n`
  }

  #state(): string {
    const { initial, steps } = this.#view.trace
    const leaves = new Map(initial.map(({ path, value }) => [path, value]))
    for (const { diff } of steps) for (const { path, to } of diff) leaves.set(path, to)
    const changed = new Set(steps.at(-1)?.diff.map(({ path }) => path))
    const rows = [...leaves].map(([path, value]) => ({ path, text: `${path} = ${value}` }))
    const ordered = [...rows.filter(({ path }) => changed.has(path)), ...rows.filter(({ path }) => !changed.has(path))]
    return `${ordered.map(({ path, text }) => `${changed.has(path) ? '* ' : '  '}${text}`).join('\n')}\n`
  }

  #claims(): string {
    const marks = { violated: '✖', holds: '✔', unasked: '–' } as const
    return `${this.#view.claims.map(({ id, says, is }) => `  ${marks[is]} ${id}: ${says}`).join('\n')}\n  – is not asked here\n`
  }

  #steps(): string {
    const { steps } = this.#view.trace
    const more = this.#way.length - this.#at
    const lines = steps.map(({ command, outcome }, i) => `${String(i + 1).padStart(3)}  ${command} → ${outcome}`)
    return `${['  0  the first state', ...lines, ...(more > 0 ? [`     ahead: ${more} more, by goto`] : [])].join('\n')}\n`
  }

  #save(name: string): string {
    const { token } = this.#view.trace
    if (parseToken(token).steps.length === 0) {
      throw new UserError({ code: 'no-steps', message: 'there is nothing to save yet: no step was taken' })
    }
    return `  saved ${this.keep(token, name)}\n`
  }
}
