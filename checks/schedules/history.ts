// Whether what several CPUs saw while they ran freely has an explanation: an order of their operations, one at a time,
// that respects what had ended before what began, and in which each answer is right. (Herlihy and Wing, Linearizability,
// 1990; the search is Wing and Gong's, 1993.) A history is judged page by page, because pages are independent objects:
// that is why an operation on several pages, which is not one atomic operation and must not be, is recorded as one event a
// page.
//
// There is no clock. When an operation begins it notes how many operations every other CPU has finished; an operation
// precedes another exactly where that one saw it finished.

/** What is done to a page. `see` reads it in a child that was forked, at the time of the fork. */
export const events = ['map', 'unmap', 'protect', 'allow', 'load', 'store', 'see'] as const
export type Event = (typeof events)[number]

/** How it ended: what was read, or that it was done; that the page was not there, or did not allow it; or no memory. */
export const noPage = -1
export const noRight = -2
export const noMemory = -3

// A record: event, page, value stored, answer, and for each CPU what it had finished.
const [EVENT, PAGE, VALUE, ANSWER, FINISHED] = [0, 1, 2, 3, 4]
export const recordWords = (cpus: number): number => FINISHED + cpus

/** The history of one CPU, which it alone writes, and how many operations it has finished, which all read. */
export class Log {
  #operations = 0
  /** The number of the operation that began last. */
  #mine = 0
  #records = 0
  readonly #began: Int32Array
  constructor(
    readonly words: Int32Array,
    readonly finished: Int32Array,
    readonly cpu: number,
    readonly cpus: number,
  ) {
    this.#began = new Int32Array(cpus)
  }
  get records(): number {
    return this.#records
  }
  begin(): void {
    const began = this.#began
    this.#mine = this.#operations
    for (let cpu = 0; cpu < began.length; cpu++) began[cpu] = Atomics.load(this.finished, cpu)
  }
  /** One page of the operation that began last, which may be over: what it saw may show only later. */
  record(event: Event, page: number, value: number, answer: number): void {
    const { words, cpus } = this
    const at = this.#records++ * recordWords(cpus)
    words[at + EVENT] = events.indexOf(event)
    words[at + PAGE] = page
    words[at + VALUE] = value
    words[at + ANSWER] = answer
    words.set(this.#began, at + FINISHED)
    words[at + FINISHED + this.cpu] = this.#mine
  }
  /** The operation is over, for everybody to see. A store to RAM is not late: this one would overtake it otherwise. */
  end(): void {
    Atomics.store(this.finished, this.cpu, ++this.#operations)
  }
}

/** What a page is: not mapped, or what it holds and whether it may be written. */
const unmapped = -1
const mapped = (value: number, writable: boolean): number => value * 2 + (writable ? 1 : 0)

/** What a page is after an event, or null where the event cannot have had that answer. The sequential specification. */
export function after(state: number, event: Event, value: number, answer: number): number | null {
  const there = state !== unmapped
  const writable = there && (state & 1) === 1
  const held = state >> 1
  if (answer === noMemory) return event === 'see' ? null : state
  switch (event) {
    case 'map':
      return answer === 0 ? mapped(0, true) : null
    case 'unmap':
      return answer === 0 ? unmapped : null
    case 'protect':
    case 'allow':
      if (!there) return answer === noPage ? state : null
      return answer === 0 ? mapped(held, event === 'allow') : null
    case 'load':
    case 'see':
      return (there ? answer === held : answer === noPage) ? state : null
    case 'store':
      if (!there) return answer === noPage ? state : null
      if (!writable) return answer === noRight ? state : null
      return answer === 0 ? mapped(value, true) : null
  }
}

export interface Unexplained {
  readonly page: number
  /** How many events of the page can be explained, and those of each CPU that come next. */
  readonly explained: number
  readonly next: readonly string[]
}

/** The first page whose history has no explanation; null where all have one. `first`: what all pages are at the start. */
export function unexplained(
  logs: readonly Int32Array[],
  counts: readonly number[],
  pages: number,
  first: { readonly value: number; readonly writable: boolean } | null,
): Unexplained | null {
  const cpus = logs.length
  const size = recordWords(cpus)
  const lists = Array.from({ length: pages }, () => logs.map((): number[] => []))
  logs.forEach((log, cpu) => {
    for (let i = 0; i < counts[cpu]; i++) lists[log[i * size + PAGE]][cpu].push(i * size)
  })
  for (let page = 0; page < pages; page++) {
    const start = first === null ? unmapped : mapped(first.value, first.writable)
    const wrong = pageUnexplained(logs, lists[page], page, start)
    if (wrong !== null) return wrong
  }
  return null
}

/** Breadth first: after so many events, every pair of how far each CPU is and what the page is. */
function pageUnexplained(
  logs: readonly Int32Array[],
  lists: readonly (readonly number[])[],
  page: number,
  start: number,
): Unexplained | null {
  const cpus = logs.length
  const total = lists.reduce((sum, list) => sum + list.length, 0)
  let frontier: readonly (readonly number[])[] = [[...lists.map(() => 0), start]]
  for (let explained = 0; explained < total; explained++) {
    const next = new Map<string, readonly number[]>()
    for (const place of frontier) {
      for (let cpu = 0; cpu < cpus; cpu++) {
        const at = lists[cpu][place[cpu]]
        if (at === undefined || !mayBeNext(logs, lists, place, cpu, at)) continue
        const log = logs[cpu]
        const state = after(place[cpus], events[log[at + EVENT]], log[at + VALUE], log[at + ANSWER])
        if (state === null) continue
        const moved = place.slice()
        moved[cpu]++
        moved[cpus] = state
        next.set(moved.join(), moved)
      }
    }
    if (next.size === 0) return { page, explained, next: frontier.length === 0 ? [] : told(logs, lists, frontier[0]) }
    frontier = [...next.values()]
  }
  return null
}

/** Everything of other CPUs that had ended before this began comes before it. */
function mayBeNext(
  logs: readonly Int32Array[],
  lists: readonly (readonly number[])[],
  place: readonly number[],
  cpu: number,
  at: number,
): boolean {
  for (let other = 0; other < logs.length; other++) {
    const waits = lists[other][place[other]]
    if (other === cpu || waits === undefined) continue
    if (logs[other][waits + FINISHED + other] < logs[cpu][at + FINISHED + other]) return false
  }
  return true
}

function told(logs: readonly Int32Array[], lists: readonly (readonly number[])[], place: readonly number[]) {
  const state = place[logs.length]
  const is = state === unmapped ? 'not mapped' : `${state >> 1}, ${(state & 1) === 1 ? 'writable' : 'read-only'}`
  const waiting = logs.flatMap((log, cpu) => {
    const at = lists[cpu][place[cpu]]
    if (at === undefined) return []
    return [`CPU ${cpu}: ${events[log[at + EVENT]]} ${log[at + VALUE]} answered ${log[at + ANSWER]}`]
  })
  return [`the page is ${is}`, ...waiting]
}
