// Issues one command of the model to the implementation and reads its answer back in the model's words. An access is made
// to a whole page, word by word, so that a page that is wrong in part shows.

import type { Hooks, Machine as Implementation } from '../../impl/index.js'
import { type Command, staleByte } from '../../model/index.js'
import {
  type Choice,
  type CommandName,
  choices,
  commands,
  type Outcome,
  type Point,
  type Command as Spoken,
  x86Entry,
} from '../../spec/interface.js'
import { addressOf, answerOf, called, isSayable, NoAnswer, outcomeOf, type Target } from './call.js'
import type { Placement } from './placement.js'

export { NoAnswer } from './call.js'

/** What the implementation chose while it ran one command, in order, by kind. */
export class ChoiceLog implements Hooks {
  readonly #log = new Map<Choice, number[]>(choices.map(choice => [choice, []]))
  /** Told each interruption point that is passed. */
  watch: ((point: Point) => void) | null = null
  readonly preempt = (point: Point): void => this.watch?.(point)
  readonly chose = (choice: Choice, member: number): void => {
    this.#log.get(choice)?.push(member)
  }
  clear(): void {
    for (const list of this.#log.values()) if (list.length > 0) list.length = 0
  }
  taken(choice: Choice): readonly number[] {
    return this.#log.get(choice) ?? []
  }
}

const isCommandName = (name: string): name is CommandName => Object.hasOwn(commands, name)

/** Arguments of the model's operation are the fields of the command of the same name: a test holds them to it. */
export function spokenOf({ name, args }: Pick<Command, 'name' | 'args'>): Spoken {
  if (!isCommandName(name)) throw new NoAnswer(`the implementation has no command ${name}`)
  return { ...args, name } as Spoken
}

/** Runs a command. `held`: the byte that the page of a store should read as before it, which all words but the first still must. */
export function issue(machine: Implementation, placement: Placement, command: Command, held: number): Outcome {
  const to: Target = { machine, placement }
  const spoken = spokenOf(command)
  if (!isSayable(to, spoken)) return { is: 'refused', errno: 'EINVAL' }
  if (spoken.name === 'load') return loadPage(to, spoken)
  if (spoken.name === 'store') return storePage(to, spoken, held)
  const outcome = called(to, spoken)
  if (spoken.name === 'fetch' && outcome.is === 'ok') mustBeMarked(to, spoken, false)
  return outcome
}

type Load = Extract<Spoken, { readonly name: 'load' }>
type Store = Extract<Spoken, { readonly name: 'store' }>

/** The walker marks an entry accessed, and dirty on a store (Intel SDM vol. 3A, 4.8). The model has no such bits. */
function mustBeMarked(to: Target, it: { readonly process: number; readonly page: number }, dirty: boolean) {
  const { inspect, pageTables, memory } = to.machine
  const root = inspect.rootOf(inspect.spaceOf(it.process))
  const at = pageTables.walk(root, to.placement.firstPage + it.page)
  const low = new Int32Array(memory)[at]
  const marks = [x86Entry.low.present, x86Entry.low.accessed, ...(dirty ? [x86Entry.low.dirty] : [])]
  if (marks.every(bit => ((low >>> bit) & 1) === 1)) return
  throw new NoAnswer(`the entry is not marked ${dirty ? 'dirty' : 'accessed'} after the access`)
}

/** Reads the first and the last word of a page as a processor does; the abstraction reads all of them. */
function loadPage(to: Target, load: Load): Outcome {
  const { machine, placement } = to
  const first = answerOf(to, load)
  if (first < 0) return outcomeOf(to, load.name, first)
  mustBeMarked(to, load, false)
  const last = machine.load(load.process, addressOf(to, load) + placement.pageBytes - 4)
  const pattern = placement.patterns[first]
  const whole = pattern !== undefined && last >>> 0 === pattern[pattern.length - 1] >>> 0
  return { is: 'ok', value: whole ? first : staleByte }
}

/**
 * Writes a whole page, word by word, as a process would. After the first word the others must read as before: a fault
 * that hands out a frame without clearing it would be covered up by the words that follow.
 */
function storePage(to: Target, store: Store, held: number): Outcome {
  const { machine, placement } = to
  const address = addressOf(to, store)
  const pattern = placement.patterns[store.byte]
  const first = machine.store(store.process, address, pattern[0])
  if (first < 0) return outcomeOf(to, store.name, first)
  mustBeMarked(to, store, true)
  othersMustReadAs(to, placement.patterns[held], store)
  for (let i = 1; i < pattern.length; i++) {
    if (machine.store(store.process, address + i * 4, pattern[i]) < 0) {
      throw new NoAnswer(`word ${i} of a page could not be stored after the first was`)
    }
  }
  return outcomeOf(to, store.name, first)
}

function othersMustReadAs(to: Target, before: Int32Array, store: Store): void {
  for (const i of [1, before.length >> 1, before.length - 1]) {
    const word = to.machine.load(store.process, addressOf(to, store) + i * 4)
    const want = before[i] >>> 0
    if (word === want) continue
    throw new NoAnswer(`word ${i} of the page reads as ${word} after a store to word 0, and should read as ${want}`)
  }
}
