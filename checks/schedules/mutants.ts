// Mistakes of several CPUs written into the compiled text of the implementation: each must be found by the enumerated
// schedules of some scenario. What is replaced must stand there exactly once.

import { unknownWord } from '../errors.js'
import type { TextEdit } from '../mutants/compiled.js'
import { placed } from '../mutants/written-machine/text.js'
import { slugOf } from '../scope/slug.js'

export interface WrittenEdit {
  readonly slug: string
  readonly edit: TextEdit
  /** The scenario whose schedules find it, and what they find. */
  readonly scenario: string
  readonly finds: string
}

interface Written extends Pick<WrittenEdit, 'scenario' | 'finds'> {
  readonly title: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

const freeFrame = 'tlb/no-translation-of-a-free-frame'
const beyond = 'tlb/no-right-beyond-the-entry'
/** No claim about memory shows it: the model cannot come to what the machine shows. */
const lockstep = 'lockstep'
/** The answers, or the state that they leave. */
const end = 'end'

const texts: readonly Written[] = [
  {
    title: 'nobody waits for acknowledgements',
    file: 'tlb/shootdown.js',
    find: 'awaitAnswer(cpu);',
    replace: ';',
    scenario: 'munmap-store',
    finds: freeFrame,
  },
  {
    title: 'munmap gives frames back before it asks',
    file: 'tlb/gather.js',
    find: 'const isStale = () => words[STALE] !== 0 || Atomics.load(words, EVICTING) !== 0;',
    replace: 'const isStale = () => { const stale = words[STALE] !== 0; giveAll(); return stale; };',
    scenario: 'munmap-store',
    finds: freeFrame,
  },
  {
    title: 'fork flushes nothing',
    file: 'copy-on-write/fork.js',
    find: 'Atomics.and(words, entry, ~WRITABLE);\n            mark();',
    replace: 'Atomics.and(words, entry, ~WRITABLE);',
    scenario: 'fork-store',
    finds: beyond,
  },
  {
    title: 'a CPU says that it has forgotten before it does',
    file: 'tlb/shootdown.js',
    find: `for (let from = 0; from < CPUS; from++)
            if ((askers & (1 << from)) !== 0)
                obey(cpu, from);
        preempt('tlb.answer');
        Atomics.and(words, ASKED + cpu * WORDS, ~askers);`,
    replace: `Atomics.and(words, ASKED + cpu * WORDS, ~askers);
        preempt('tlb.answer');
        for (let from = 0; from < CPUS; from++)
            if ((askers & (1 << from)) !== 0)
                obey(cpu, from);`,
    scenario: 'munmap-store',
    finds: freeFrame,
  },
  {
    title: 'who waits for a lock answers nobody',
    file: 'tlb/shootdown.js',
    find: 'poll();\n        if (pause)',
    replace: 'if (pause)',
    scenario: 'two-munmaps',
    finds: 'too long',
  },
  {
    title: 'a fault does not look again before it installs a page',
    file: 'faults/overtaken.js',
    find: `way === wayOf(entry, kind, part) &&
            (!takesFrame(way) || (source === sourceFrameOf(entry) && slot === sourceSlotOf(entry, part))) &&`,
    replace: '',
    scenario: 'two-faults',
    finds: beyond,
  },
  {
    title: 'the walker marks an entry that may have changed',
    file: 'tlb/hardware.js',
    find: 'if (Atomics.compareExchange(words, entry, low, low | marks) !== low)\n                continue;',
    replace: 'words[entry] = low | marks;',
    scenario: 'munmap-walk',
    finds: freeFrame,
  },
  {
    title: 'a copy is shown before the others have forgotten what it replaces',
    file: 'faults/overtaken.js',
    find: 'giveMaps();\n        forgetPageEverywhere(space, page);\n        takeMaps();',
    replace: '',
    scenario: 'copy-load',
    finds: beyond,
  },
  {
    title: 'a CPU that comes back to a space does not ask what it missed',
    file: 'concurrency/cpus.js',
    find: 'Atomics.exchange(words, BEHIND + space, 0) !== 0',
    replace: 'Atomics.exchange(words, BEHIND + space, 0) > 1',
    scenario: 'munmap-switch',
    finds: beyond,
  },
  {
    title: 'a process ends between a fault and the instruction that it was for',
    file: 'concurrency/entrances.js',
    find: `const answer = faultUntilMade(process, address, kind, word, access);
        leaveSpace(space);
        return answer;`,
    replace: `leaveSpace(space);
        return faultUntilMade(process, address, kind, word, access);`,
    scenario: 'exit-fault',
    finds: lockstep,
  },
  {
    title: 'a segment goes under whom is attaching it',
    file: 'shared-memory/objects.js',
    find: 'else if (!SEVERAL || !isObjectTaken(object))\n            settle(object);',
    replace: 'else settle(object);',
    scenario: 'shmat-remove',
    finds: 'regions/ordered-and-disjoint',
  },
  {
    title: 'who lets go of a segment leaves it behind',
    file: 'shared-memory/records.js',
    find: 'settle(recordOf(id));\n        unlock();',
    replace: 'unlock();',
    scenario: 'shmstat-shmdt',
    finds: end,
  },
  {
    title: 'the pieces of an attachment go one by one',
    file: 'shared-memory/attach.js',
    find: 'sweep(rootOf(space), startOf(node), nodeEnd);',
    replace: 'removePages(space, startOf(node), nodeEnd);',
    scenario: 'shmdt-stat',
    finds: end,
  },
  {
    title: 'pages go to an area that is being emptied',
    file: 'swap/area.js',
    find: 'words[ON + area * areaWords] !== 1 || ',
    replace: 'words[ON + area * areaWords] === 0 || ',
    scenario: 'swapoff-swap-out',
    finds: lockstep,
  },
  {
    title: 'swapoff does not ask who is at work on what it brings back',
    file: 'swap/emptying.js',
    find: 'if (isLocked(space) || areInHand(space))\n                return space;',
    replace: '',
    scenario: 'swapoff-fork',
    finds: lockstep,
  },
  {
    title: 'swapoff does not look whether faults were quicker',
    file: 'swap/emptying.js',
    find: 'if (isNamed(slot))\n            give(slot, frame);\n        else\n            putFrame(frame);',
    replace: 'give(slot, frame);',
    scenario: 'swapoff-store',
    finds: 'crash',
  },
  {
    title: 'an instruction that faults again forgets what it has evicted',
    file: 'concurrency/entrances.js',
    find: 'const answer = fault(process, address, kind);\n            if (answer !== OK)',
    replace: 'begin();\n            const answer = fault(process, address, kind);\n            if (answer !== OK)',
    scenario: 'reclaim-fork',
    finds: end,
  },
  {
    title: 'an eviction does not look again whether its page may go',
    file: 'swap/leaving.js',
    find: 'const goes = evictable(frame);',
    replace: 'const goes = true;',
    scenario: 'swap-out-lock',
    finds: lockstep,
  },
  {
    title: 'an eviction does not ask who has entries in hand',
    file: 'swap/leaving.js',
    find: 'if (areInHand(spaceOf(entry)))',
    replace: 'if (false)',
    scenario: 'swap-out-mremap',
    finds: lockstep,
  },
  {
    title: 'who moves a page does not ask whether it is being evicted',
    file: 'tlb/gather.js',
    find: ' || Atomics.load(words, EVICTING) !== 0',
    replace: '',
    scenario: 'swap-out-mremap',
    finds: lockstep,
  },
  {
    title: 'fork copies what an entry said before others could evict',
    file: 'copy-on-write/fork.js',
    find: 'const shared = (low | high) === 0 || share(low, high);',
    replace: 'giveMaps();\n        takeMaps();\n        const shared = (low | high) === 0 || share(low, high);',
    scenario: 'swap-out-fork',
    finds: lockstep,
  },
  // What lockstep leaves the model free to do could hide these, and does not (lockstep.ts, shown.ts).
  {
    title: 'a CPU does not say whose tables it loads',
    file: 'concurrency/cpus.js',
    find: 'Atomics.store(words, ACTIVE, space);',
    replace: 'if (CPU === 0) Atomics.store(words, ACTIVE, space);',
    scenario: 'munmap-walk',
    finds: lockstep,
  },
  {
    title: 'a call goes on after it has given its lock back',
    file: 'concurrency/entering.js',
    find: 'const answer = call();\n        giveAlone(space);',
    replace: 'giveAlone(space);\n        const answer = call();',
    scenario: 'munmap-store',
    finds: 'page-tables/rights-within-region',
  },
  {
    title: 'an interrupt is taken between a translation and the access through it',
    file: 'gate.js',
    find: 'const at = wordAt(process, address, STORE);',
    replace: `const at = wordAt(process, address, STORE);
        if (at >= 0 && SEVERAL) {
            chapters.cpus.poll();
            core.preempt('mmu.access');
        }`,
    scenario: 'munmap-reuse',
    finds: end,
  },
]

export const writtenEdits = (): readonly WrittenEdit[] =>
  texts.map(({ title, file, find, replace, scenario, finds }) => ({
    slug: slugOf(title),
    edit: placed({ kills: finds, title, file, find, replace }).edit,
    scenario,
    finds,
  }))

export function mutantOf(slug: string): WrittenEdit {
  const all = writtenEdits()
  const found = all.find(it => it.slug === slug)
  if (found === undefined)
    throw unknownWord(
      'mutant',
      slug,
      all.map(it => it.slug),
    )
  return found
}
