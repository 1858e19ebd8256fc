// Rights that are too wide, and accesses that are judged wrongly.

import {
  accessDecision,
  Entry,
  go,
  grantDecision,
  load,
  mprotect,
  mutant,
  rewritten,
  store,
} from '../../../model/index.js'
import { ceilingDecision } from '../../../model/protection/ceiling.js'
import { objectDecision } from '../../../model/shared-memory/rights.js'
import { also, answered, kills, pagesFor, rangeOf } from './tools.js'

export const protectionMutants = [
  kills(
    'protection/write-xor-execute',
    'frames',
    mutant(
      'a store makes its page executable',
      store,
      also('install', (m, my) => {
        const it = pagesFor(m, my)[my.page]
        if (it.entry.is === 'present') it.entry = Entry.present({ frame: it.entry.frame, rights: 'rwx' })
      }),
    ),
  ),
  kills(
    'protection/write-xor-execute-over-aliases',
    'write-xor-execute',
    answered(
      'a segment that is written may be executed',
      objectDecision,
      'linux false, attaching rdonly|exec, someWrite true, someExecute false',
      'allow',
    ),
  ),
  kills(
    'protection/object-write-xor-execute',
    'write-xor-execute',
    answered(
      'a segment that is executed may be written',
      objectDecision,
      'linux false, attaching none, someWrite false, someExecute true',
      'allow',
    ),
  ),
  kills(
    'protection/ceiling-excludes-both',
    'protection',
    answered('what is written may be executed later', ceilingDecision, 'linux false, ceiling rwx, gains write', 'rwx'),
  ),
  kills(
    'protection/within-ceiling',
    'protection',
    mutant(
      'mprotect forgets what it has allowed',
      mprotect,
      also('protect', (m, my) => {
        for (const v of rangeOf(m, my.page, my.count)) pagesFor(m, my)[v].ceiling = 'r'
      }),
    ),
  ),
  kills(
    'protection/ceiling-only-shrinks',
    'protection',
    mutant(
      'mprotect lets a page become anything again',
      mprotect,
      also('protect', (m, my) => {
        for (const v of rangeOf(m, my.page, my.count)) pagesFor(m, my)[v].ceiling = 'rwx'
      }),
    ),
  ),
  kills(
    'protection/asked-and-forbidden',
    'write-xor-execute',
    answered('a request for everything is granted in part', grantDecision, 'request rwx, linux false', 'rx'),
  ),
  kills(
    'faults/only-where-allowed',
    'faults',
    answered(
      'a load does not look at the protection',
      accessDecision,
      'region none, access load, entry absent',
      'absent',
    ),
  ),
  kills(
    'faults/faults-only-where-forbidden',
    'faults',
    answered('a page that may be read cannot be', accessDecision, 'region r, access load, entry absent', 'not allowed'),
  ),
  kills(
    'faults/stored-page-is-writable',
    'frames',
    mutant(
      'a store leaves its page read-only',
      store,
      also('install', (m, my) => {
        const it = pagesFor(m, my)[my.page]
        if (it.entry.is === 'present') it.entry = Entry.present({ frame: it.entry.frame, rights: 'r' })
      }),
    ),
  ),
  kills(
    'faults/resident-after-access',
    'frames',
    rewritten('a load of an untouched page maps nothing', load, { need: () => go('read') }),
  ),
]
