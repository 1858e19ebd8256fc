// Two toy machines with the hooks of the real one, whose schedules can be counted by hand: CPUs that pass so many points
// and touch nothing, and CPUs that take a lock, which can be told to forget that others must be answered meanwhile.
// They are texts, because what is tested with them is what becomes of a text.

import { derive } from './derive.js'
import { Generators, handingOver, type Places, type Script } from './generators.js'
import { Scheduler } from './scheduler.js'

const text = `
export function createToy(memory, hooks) {
    const { preempt, pause } = hooks;
    function walk(points) {
        for (let i = 0; i < points; i++)
            preempt('toy.walk');
    }
    function lock(cpu, word) {
        for (;;) {
            preempt('toy.lock');
            const seen = memory[word];
            if (seen === 0)
                break;
            pause(cpu, word, seen, 'toy.lock');
        }
        memory[word] = 1;
    }
    const unlock = (word) => { memory[word] = 0; };
    function both(cpu, one, other) {
        lock(cpu, one);
        lock(cpu, other);
        unlock(other);
        unlock(one);
    }
    function spin(word) {
        while (memory[word] === 0)
            preempt('toy.spin');
    }
    function count(word) {
        const seen = memory[word];
        preempt('toy.count');
        memory[word] = seen + 1;
    }
    return { walk, both, spin, count };
}
`

interface Toy {
  walk(points: number): Generator<unknown, void>
  both(cpu: number, one: number, other: number): Generator<unknown, void>
  spin(word: number): Generator<unknown, void>
  count(word: number): Generator<unknown, void>
}

export interface ToyStage {
  readonly runner: Generators
  readonly memory: Int32Array
  readonly places: Places
}

/** What each CPU does on a toy machine of a few words. */
export async function toyStage(
  scripts: readonly ((toy: Toy, cpu: number) => Generator<unknown, void>)[],
): Promise<ToyStage> {
  const made = derive(new Map([['toy.js', text]])).texts.get('toy.js') ?? ''
  const { createToy }: { createToy(memory: Int32Array, hooks: object): Toy } = await import(
    `data:text/javascript,${encodeURIComponent(made)}`
  )
  const memory = new Int32Array(8)
  const places: Places = []
  const world = { cpus: scripts.length, memory, hasMail: () => false, holds: () => true }
  const scheduler = new Scheduler(world)
  const running = scripts.map((script, cpu): Script => {
    const toy = createToy(
      memory,
      handingOver(() => scheduler, cpu, places),
    )
    return function* () {
      yield* script(toy, cpu)
      for (;;) if (scheduler.idles(cpu)) yield
    }
  })
  return { runner: new Generators(scheduler, running, () => memory.fill(0)), memory, places }
}
