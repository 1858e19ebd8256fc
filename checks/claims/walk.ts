// Walks over a state that claims are written with. Nothing here calls the model: a claim that asked the functions
// which it judges would agree with whatever they do.

import {
  type Content,
  type Event,
  type Frame,
  ids,
  type Of,
  type Page,
  type Part,
  type PartId,
  type Process,
  type Space,
  type State,
} from '../../model/index.js'
import { isLive, pagePath } from './claim.js'

export type PageRecord = State['spaces'][Space]['pages'][Page]
export type ContentValue = Of<typeof Content>

const writable: ReadonlySet<string> = new Set(['w', 'rw', 'wx', 'rwx'])
const executable: ReadonlySet<string> = new Set(['x', 'rx', 'wx', 'rwx'])
const closed: ReadonlySet<string> = new Set(['unmapped', 'none', 'guard'])
/** Whether a word for a protection, a ceiling or the rights of an entry has the bit. */
export const hasWrite = (word: string): boolean => writable.has(word)
export const hasExecute = (word: string): boolean => executable.has(word)
/** Whether a region lets anybody in. */
export const isOpen = (region: string): boolean => !closed.has(region)
export const isMapped = (it: PageRecord): boolean => it.region !== 'unmapped'
export function permits(region: string, access: string): boolean {
  if (access === 'store') return hasWrite(region)
  return access === 'fetch' ? hasExecute(region) : isOpen(region)
}
/** A page that the processor finds without help. */
export const isResident = ({ entry }: PageRecord): boolean => entry.is === 'present' || entry.is === 'zero'
export const rightsOf = ({ entry }: PageRecord): string =>
  entry.is === 'present' || entry.is === 'zero' ? entry.rights : 'none'

/** Whether a region starts at a page: nothing is mapped before it, or something that differs. */
export function startsRegion(m: State, s: Space, v: Page): boolean {
  const { pages } = m.spaces[s]
  const it = pages[v]
  if (!isMapped(it)) return false
  if (v === 0 || it.seam) return true
  const left = pages[ids(pages)[v - 1]]
  if (left.region !== it.region || left.ceiling !== it.ceiling || left.lock !== it.lock) return true
  if (left.grows !== it.grows || left.object !== it.object || left.accounted !== it.accounted) return true
  if (left.file !== it.file) return true
  if (left.chain !== it.chain || left.inherited !== it.inherited) return true
  return (it.object !== null || it.file !== null || m.limits.linux) && it.offset !== left.offset + 1
}

/** Paths of the pages of all spaces that are as asked. */
export function pagesWhere(m: State, where: (it: PageRecord, s: Space, v: Page) => boolean): string[] {
  const found: string[] = []
  for (const s of ids(m.spaces)) {
    const { pages } = m.spaces[s]
    for (const v of ids(pages)) if (where(pages[v], s, v)) found.push(pagePath(s, v))
  }
  return found
}
/** The pages whose entries name a frame. */
export const mappings = (m: State, f: Frame): string[] =>
  pagesWhere(m, ({ entry }, s) => entry.is === 'present' && entry.frame === f && isLive(m, s))

/** Paths of the pages of objects that are as asked. */
export function partsWhere(m: State, where: (at: Of<typeof Part>) => boolean): string[] {
  const found: string[] = []
  for (const o of ids(m.objects)) {
    const { parts } = m.objects[o]
    for (const p of ids(parts)) if (where(parts[p].at)) found.push(`objects[${o}].parts[${p}]`)
  }
  return found
}

/** Everything of processes that names a frame: entries, pages of objects, the swap cache. */
export const names = (m: State, f: Frame): string[] => [
  ...mappings(m, f),
  ...partsWhere(m, at => at.is === 'resident' && at.frame === f),
  ...ids(m.slots).flatMap(t => (m.slots[t].cached === f ? [`slots[${t}].cached`] : [])),
]

/** What a page should read as: its own byte, or that of the page of the object, or of the file, that it shows. */
export function wantedAt(m: State, s: Space, v: Page): number {
  const { object, file, offset } = m.spaces[s].pages[v]
  const own = object === null ? m.ghost.spaces[s].pages[v].byte : 0
  const origin = object ?? (own === 0 ? file : null)
  return origin === null ? own : m.ghost.objects[origin].parts[offset as PartId].byte
}
/** Whether private memory of a file has a copy that nothing was stored to yet: of what the file held when it was made. */
export function isBareCopy(m: State, s: Space, v: Page): boolean {
  const { entry, file, offset } = m.spaces[s].pages[v]
  if (file === null || m.ghost.spaces[s].pages[v].byte !== 0) return false
  if (entry.is === 'swapped') return true
  const { at } = m.objects[file].parts[offset as PartId]
  return entry.is === 'present' && !(at.is === 'resident' && at.frame === entry.frame)
}
/** Whether a page may show what belongs to an object: the object itself, or without writing, its file. */
export const mayShow = (it: PageRecord): boolean => it.object !== null || (it.file !== null && !hasWrite(rightsOf(it)))
export function holds(content: ContentValue, byte: number): boolean {
  if (content.is === 'stored') return content.byte === byte
  return content.is === 'zero' && byte === 0
}

/** Whether one of the operations has succeeded. */
export const succeeded = (event: Event<State>, ...operations: string[]): boolean =>
  event.outcome?.is === 'ok' && operations.includes(event.operation)
/** Whether a command may have changed something: it was neither refused nor did it fault. */
export const tookEffect = ({ outcome }: Event<State>): boolean => outcome?.is === 'ok' || outcome?.is === 'failed'
export const argument = (event: Event<State>, name: string): number => Number(event.arguments[name])
/** What a command that succeeded gave back; no number where it gave nothing. */
export const answerOf = ({ outcome }: Event<State>): number =>
  outcome?.is === 'ok' ? (outcome.value ?? Number.NaN) : Number.NaN
/** The space of the process that a command names; null for commands that name none, and for what is not alive. */
export function callerSpace(m: State, { arguments: { process } }: Event<State>): Space | null {
  return typeof process === 'number' ? m.processes[process as Process].space : null
}
/** The pages of a window that lie in a range. */
export const within = (m: State, first: number, count: number): readonly Page[] =>
  ids(m.tree).filter(v => v >= first && v < first + count)

/** What a page is mapped as, without what only identifies regions. */
export const sameMapping = (a: PageRecord, b: PageRecord): boolean =>
  a.region === b.region && a.ceiling === b.ceiling && a.lock === b.lock && sameMemory(a, b)
export const sameMemory = (a: PageRecord, b: PageRecord): boolean =>
  a.grows === b.grows && a.object === b.object && a.file === b.file && a.offset === b.offset
