import { begin, isBusyElsewhere, type Running } from '../../../model/concurrency/cpus.js'
import { concurrent, disabled, exit, type M, rewritten } from '../../../model/index.js'
import type { Entry } from '../entry.js'

export const endedUnderTheReaper: Entry = {
  id: 'ended-under-the-reaper',
  title: 'A process ends while its memory is taken away for it',
  systems: ['Linux'],
  year: '2018',
  source: 'Linux 27ae357fa82b, CVE-2018-1000200',
  story: [
    'When memory is short, Linux kills a process and does not wait until it is gone: the OOM reaper takes its private memory away at once, sharing the lock of the address space. It leaves out what is locked.',
    'exit_mmap took no such lock, for nobody else used the space any more. To unlock a region it cleared the flag first and then went through the pages. The reaper saw a region that was not locked and cleared the same tables; who went through them fell over a table that was gone.',
  ],
  fix: 'who ends a process that was killed lets the reaper do its work first, and says that it may not come back, before it unlocks anything',
  likeness: 'the same',
  here: 'exit goes by no lock, and so does not wait for who shares it. In this model pages are unlocked and leave their regions in one step; what is shown is that this happens under the hands of the reaper.',
  ingredients: ['locks', 'locked memory', 'killing'],
  mutant: rewritten('exit does not wait for the reaper', exit, {
    lock: concurrent((m: M, my: Running) => {
      if (m.processes[my.process].space === null || isBusyElsewhere(m, my)) return disabled
      begin(m, my)
      m.cpus[my.cpu].ending = true
    }),
  }),
  scope: {
    bounds: { processes: 1, spaces: 1, cpus: 2, translations: 0, pages: 1, frames: 1, slots: 0, values: 1 },
    switches: { tables: 'plenty', locking: 'on', reaper: 'on' },
    given: ['P0 spawn', 'P0 mmap @0 1 rw private|anon|fixed|locked'],
    operations: { kill: {}, reap: {}, exit: {} },
  },
  breaks: 'locking/kept-while-reaped',
}
