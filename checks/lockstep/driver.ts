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

/** `held`: the byte that the page of a store should read as before it, which all words but the first still must. */
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
      return loadPage(machine, placement, process, address)
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

/** Whether a command that the model does not know in this state is refused by the implementation. */
export function refuses(machine: Implementation, placement: Placement, command: Command): boolean {
  const process = Number(command.args.process)
  const address = (placement.firstPage + Number(command.args.page ?? 0)) * placement.pageBytes
  switch (command.name) {
    case 'spawn':
      return machine.spawn(process) < 0
    case 'exit':
      return machine.exit(process) < 0
    case 'swapOut':
      return machine.swapOut(process, address) < 0
    case 'swapIn':
      return machine.swapIn(process, address) < 0
    case 'load':
      return machine.load(process, address) < 0
    case 'store':
      return machine.store(process, address, 1) < 0
    default:
      return machine.munmap(process, address, placement.pageBytes) < 0
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

/** The walker marks an entry accessed, and dirty on a store (Intel SDM vol. 3A, 4.8). The model has no such bits. */
function mustBeMarked(
  machine: Implementation,
  placement: Placement,
  process: number,
  address: number,
  dirty: boolean,
): void {
  const root = machine.inspect.rootOf(machine.inspect.spaceOf(process))
  const at = machine.pageTables.walk(root, address / placement.pageBytes)
  const low = new Int32Array(machine.memory)[at]
  const entry = decode(low, 0)
  if (entry.is !== 'present' || !entry.accessed || (dirty && !entry.dirty)) {
    throw new NoAnswer(`the entry is not marked ${dirty ? 'dirty' : 'accessed'} after the access`)
  }
}

/** Reads the first and the last word of a page as a processor does; the abstraction reads all of them. */
function loadPage(machine: Implementation, placement: Placement, process: number, address: number): Outcome {
  const first = machine.load(process, address)
  if (first < 0) return outcomeOf(first)
  mustBeMarked(machine, placement, process, address, false)
  const last = machine.load(process, address + placement.pageBytes - 4)
  const pattern = placement.patterns[first]
  const whole = pattern !== undefined && last >>> 0 === pattern[pattern.length - 1] >>> 0
  return { is: 'ok', value: whole ? first : staleByte }
}

interface Store {
  readonly process: number
  readonly address: number
  readonly byte: number
  readonly held: number
}
/**
 * Writes a whole page, word by word, as a process would. After the first word the others must read as before: a fault
 * that hands out a frame without clearing it would be covered up by the words that follow.
 */
function storePage(machine: Implementation, placement: Placement, { process, address, byte, held }: Store): Outcome {
  const pattern = placement.patterns[byte]
  const before = placement.patterns[held]
  const first = machine.store(process, address, pattern[0])
  if (first < 0) return outcomeOf(first)
  mustBeMarked(machine, placement, process, address, true)
  for (const i of [1, pattern.length >> 1, pattern.length - 1]) {
    const word = machine.load(process, address + i * 4)
    if (word !== before[i] >>> 0)
      throw new NoAnswer(
        `word ${i} of the page reads as ${word} after a store to word 0, and should read as ${before[i] >>> 0}`,
      )
  }
  for (let i = 1; i < pattern.length; i++) {
    if (machine.store(process, address + i * 4, pattern[i]) < 0) {
      throw new NoAnswer(`word ${i} of a page could not be stored after the first was`)
    }
  }
  return outcomeOf(first)
}
