// Operations that do not ask what another CPU has, or is doing: who else shows a frame, saves a page, ends a process, makes a
// child, has mapped a page where a stack is about to grow, or has let go of what is being copied.

import { answerBelowStack } from '../../../model/faults/growth.js'
import type { Resident } from '../../../model/faults/resident.js'
import { sourceFrame } from '../../../model/faults/way.js'
import { filePart } from '../../../model/files/files.js'
import { poke } from '../../../model/files/poke.js'
import {
  concurrent,
  discard,
  dropCache,
  type Edit,
  fork,
  go,
  ids,
  mutant,
  need,
  type Page,
  type Process,
  rewritten,
  type State,
  spaceOf,
  store,
} from '../../../model/index.js'
import type { Access } from '../../../spec/interface.js'
import { around } from '../../museum/edits.js'
import { kills } from './tools.js'

/** The step runs as if no other CPU were ending a process, or making one. */
const overlooks = <S extends string>(name: S): Edit<S> =>
  around(name, run => (m, my, value) => {
    const others = ids(m.cpus).filter(c => c !== my.cpu)
    const was = others.map(c => ({ cpu: c, ending: m.cpus[c].ending, making: m.cpus[c].making }))
    for (const c of others) Object.assign(m.cpus[c], { ending: false, making: null })
    const then = run(m, my, value)
    for (const { cpu, ending, making } of was) Object.assign(m.cpus[cpu], { ending, making })
    return then
  })

export const unaskedMutants = [
  kills(
    'faults/page-holds-last-store',
    'smp-poke-fork',
    rewritten('a forced write goes to a frame that another page shows too', poke, {
      find: (m, my) => {
        const { entry } = m.spaces[need(spaceOf(m, my.process))].pages[my.page]
        if (entry.is !== 'present') return undefined
        m.frames[entry.frame].references++
        my.found = entry.frame
        return go('write')
      },
    }),
  ),
  kills(
    'files/changes-by-who-may-write',
    'smp-file-bits',
    mutant(
      'dropCache gives up a page that is being saved',
      dropCache,
      around('detach', run => (m, my, value) => {
        const part = need(filePart(m))
        const { busy } = part
        part.busy = false
        const then = run(m, my, value)
        part.busy ||= busy
        return then
      }),
    ),
  ),
  kills(
    'tlb/loaded-is-current',
    'smp-exit',
    mutant('discard enters a process that is ending', discard, overlooks('enter')),
  ),
  kills(
    'processes/users-recount',
    'smp-fork-child',
    mutant('two parents make the same child', fork, overlooks('lock')),
  ),
  kills(
    'regions/growth-keeps-its-distance',
    'smp-stack-meets',
    rewritten('a stack grows over what has been mapped there meanwhile', store, {
      growAgain: concurrent<
        State,
        { readonly process: Process; readonly at: Page | null; readonly access: Access },
        'anew'
      >((m, my) => (answerBelowStack(m, my) !== undefined ? go('anew') : undefined)),
    }),
  ),
  kills(
    'faults/page-holds-last-store',
    'smp-discard-copy',
    mutant(
      'a store copies a frame that its page does not name any more',
      store,
      around('settle', run => (m, my, value) => {
        const { source } = my
        my.source = sourceFrame(m, my as unknown as Resident)
        const then = run(m, my, value)
        my.source = source
        return then
      }),
    ),
  ),
]
