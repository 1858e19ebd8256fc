// Issues one command of the model to the implementation and reads its answer back in the model's words.

import {
  decode,
  describe,
  type Hooks,
  type Machine as Implementation,
  protectionBits,
  SEGV_ACCERR,
  SEGV_MAPERR,
} from '../../impl/index.js'
import { type Command, staleByte } from '../../model/index.js'
import { type Choice, type Errno, errors, type Outcome, type Point, type Request } from '../../spec/interface.js'
import type { Placement } from './placement.js'

/** The implementation answered something that no command may answer. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

/** What the implementation chose while it ran one command, in order, by kind. */
export class ChoiceLog implements Hooks {
  readonly #log: { [C in Choice]: number[] } = { space: [], frame: [], slot: [], table: [] }
  /** Told each interruption point that is passed. */
  watch: ((point: Point) => void) | null = null
  readonly preempt = (point: Point): void => this.watch?.(point)
  readonly chose = (choice: Choice, member: number): void => {
    this.#log[choice].push(member)
  }
  clear(): void {
    for (const list of Object.values(this.#log)) list.length = 0
  }
  taken(choice: Choice): readonly number[] {
    return this.#log[choice]
  }
}

/** Runs a command. `held`: the byte that the page of a store should read as before it, which all words but the first still must. */
export function issue(machine: Implementation, placement: Placement, command: Command, held: number): Outcome {
  const { args } = command
  const process = Number(args.process)
  const address = (placement.firstPage + Number(args.page ?? 0)) * placement.pageBytes
  const length = Number(args.count ?? 0) * placement.pageBytes
  switch (command.name) {
    case 'spawn':
      return outcomeOf(machine.spawn(process))
    case 'exit':
      return outcomeOf(machine.exit(process))
    case 'mmap': {
      const at = machine.mmap(process, address, length, protectionBits[args.request as Request])
      return at < 0 ? outcomeOf(at) : { is: 'ok', value: at / placement.pageBytes - placement.firstPage }
    }
    case 'munmap':
      return outcomeOf(machine.munmap(process, address, length))
    case 'load':
      return loadPage(machine, placement, { process, address })
    case 'store':
      return storePage(machine, placement, { process, address, byte: Number(args.byte), held })
    case 'swapOut':
      return outcomeOf(machine.swapOut(process, address))
    case 'swapIn':
      return outcomeOf(machine.swapIn(process, address))
    default:
      throw new NoAnswer(`the implementation has no command ${command.name}`)
  }
}

const errnoOf: ReadonlyMap<number, Errno> = new Map(
  Object.entries(errors).map(([name, number]) => [-number, name as Errno] as const),
)

function outcomeOf(answer: number): Outcome {
  if (answer >= 0) return { is: 'ok', value: null }
  if (answer === SEGV_MAPERR) return { is: 'faulted', fault: 'SIGSEGV MAPERR' }
  if (answer === SEGV_ACCERR) return { is: 'faulted', fault: 'SIGSEGV ACCERR' }
  const errno = errnoOf.get(answer)
  if (errno === undefined) throw new NoAnswer(`the implementation answered ${describe(answer)}`)
  return { is: 'refused', errno }
}

/** One access to a page, as a process makes it. */
interface Access {
  readonly process: number
  readonly address: number
}

/** The walker marks an entry accessed, and dirty on a store (Intel SDM vol. 3A, 4.8). The model has no such bits. */
function mustBeMarked(machine: Implementation, placement: Placement, { process, address }: Access, dirty: boolean) {
  const root = machine.inspect.rootOf(machine.inspect.spaceOf(process))
  const at = machine.pageTables.walk(root, address / placement.pageBytes)
  const entry = decode(new Int32Array(machine.memory)[at], 0)
  if (entry.is === 'present' && entry.accessed && (entry.dirty || !dirty)) return
  throw new NoAnswer(`the entry is not marked ${dirty ? 'dirty' : 'accessed'} after the access`)
}

/** Reads the first and the last word of a page as a processor does; the abstraction reads all of them. */
function loadPage(machine: Implementation, placement: Placement, access: Access): Outcome {
  const { process, address } = access
  const first = machine.load(process, address)
  if (first < 0) return outcomeOf(first)
  mustBeMarked(machine, placement, access, false)
  const last = machine.load(process, address + placement.pageBytes - 4)
  const pattern = placement.patterns[first]
  const whole = pattern !== undefined && last >>> 0 === pattern[pattern.length - 1] >>> 0
  return { is: 'ok', value: whole ? first : staleByte }
}

interface Store extends Access {
  readonly byte: number
  readonly held: number
}
/**
 * Writes a whole page, word by word, as a process would. After the first word the others must read as before: a fault
 * that hands out a frame without clearing it would be covered up by the words that follow.
 */
function storePage(machine: Implementation, placement: Placement, store: Store): Outcome {
  const { process, address, byte, held } = store
  const pattern = placement.patterns[byte]
  const first = machine.store(process, address, pattern[0])
  if (first < 0) return outcomeOf(first)
  mustBeMarked(machine, placement, store, true)
  othersMustReadAs(machine, placement.patterns[held], store)
  for (let i = 1; i < pattern.length; i++) {
    if (machine.store(process, address + i * 4, pattern[i]) < 0) {
      throw new NoAnswer(`word ${i} of a page could not be stored after the first was`)
    }
  }
  return outcomeOf(first)
}

function othersMustReadAs(machine: Implementation, before: Int32Array, { process, address }: Access): void {
  for (const i of [1, before.length >> 1, before.length - 1]) {
    const word = machine.load(process, address + i * 4)
    const want = before[i] >>> 0
    if (word === want) continue
    throw new NoAnswer(`word ${i} of the page reads as ${word} after a store to word 0, and should read as ${want}`)
  }
}
