import { drop, mutant, reap } from '../../../model/index.js'
import type { Entry } from '../entry.js'

export const reapedWithoutFlush: Entry = {
  id: 'reaped-without-flush',
  title: 'The memory of a process that is not dead yet is taken as if it were',
  systems: ['Linux on Arm'],
  year: '2017',
  source: 'Linux 687cb0884a71, CVE-2017-18202',
  story: [
    'Who takes a whole address space down may leave translations where they are, on machines where its tag is not given out again before everything was forgotten: nobody runs the space any more. Linux on Arm relied on that wherever all of a space was gathered at once.',
    'The OOM reaper gathered all of a space at once, but of a process that had only been told to die. Its threads on other processors, or the kernel on their behalf, still reached pages that were free, and somebody else’s by then.',
  ],
  fix: 'the reaper gathers one region after the other, so that each is forgotten before its pages are free',
  likeness: 'the same',
  here: 'reap gives frames back and asks nobody to forget them',
  ingredients: ['tlb', 'killing'],
  mutant: mutant('the reaper tells nobody', reap, drop('forget', 'forgetSend', 'forgetAwait', 'forgetDone')),
  scope: {
    bounds: { processes: 1, spaces: 1, cpus: 2, translations: 1, pages: 1, frames: 1, slots: 0, values: 1 },
    switches: { tables: 'plenty', reaper: 'on' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed'],
    operations: { kill: {}, reap: {}, store: {} },
  },
  breaks: 'tlb/names-no-free-frame',
}
