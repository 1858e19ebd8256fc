// What every chapter is built on: the buffer seen as words and as doubles, its layout, and the hooks through which
// a checker watches and interrupts. A chapter is a factory that takes the core and the chapters it needs, copies
// what it uses into constants, and returns its functions; V8 then folds the constants into the machine code.

import type { Choice, Point } from '../spec/interface.js'
import { type BootInfo, type Settings, settings } from './boot.js'
import { type Layout, layoutOf } from './layout.js'

export interface Hooks {
  /** Another CPU may run here. */
  preempt(point: Point): void
  /** The machine was free to choose and took this member; NONE (-1) says that none was left. */
  chose(choice: Choice, member: number): void
  /**
   * This CPU can go on only once a word is not what it has seen, or another CPU asks it to forget. Without this hook the
   * other CPUs do nothing meanwhile but answer.
   */
  pause?(cpu: number, word: number, seen: number, point: Point): void
}

/** Nobody watches and nobody interrupts: costs nothing measurable. */
export const alone: Hooks = {
  preempt() {},
  chose() {},
}

/** Another CPU's side of a machine that there is already: its memory, and which CPU this is. */
export interface Place {
  readonly memory: ArrayBufferLike
  readonly cpu: number
}

export interface Core extends Pick<Hooks, 'preempt' | 'chose'> {
  readonly pause: Hooks['pause'] | null
  /** Which CPU this is. */
  readonly cpu: number
  /** What was said at the start, and what is meant where nothing was said. */
  readonly boot: Settings
  readonly layout: Layout
  readonly memory: ArrayBufferLike
  /** The whole buffer as signed words; the same bits as unsigned ones, but small integers to the engine. */
  readonly words: Int32Array
  /** The same buffer as doubles, for page numbers; the double at word w has index w / 2. */
  readonly doubles: Float64Array
}

export function createCore(info: BootInfo, hooks: Hooks, place?: Place): Core {
  const boot = settings(info)
  const layout = layoutOf(boot)
  // An even number of words, so that the view of doubles covers all of them.
  const bytes = Math.ceil(layout.totalWords / 2) * 8
  const memory = place?.memory ?? (boot.shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
  const cpu = place?.cpu ?? 0
  if (memory.byteLength !== bytes) throw new RangeError(`this machine has ${bytes} bytes, not ${memory.byteLength}`)
  if (!(cpu >= 0 && cpu < boot.cpus)) throw new RangeError(`there is no CPU ${cpu}: cpus is ${boot.cpus}`)
  return {
    boot,
    layout,
    memory,
    cpu,
    words: new Int32Array(memory),
    doubles: new Float64Array(memory),
    preempt: hooks.preempt.bind(hooks),
    chose: hooks.chose.bind(hooks),
    pause: hooks.pause?.bind(hooks) ?? null,
  }
}
