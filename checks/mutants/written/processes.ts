// Processes that come with too much, keep too much, or touch what is not theirs.

import {
  choose,
  each,
  exit,
  ignore,
  type M,
  munmap,
  mutant,
  need,
  page,
  reap,
  refuse,
  rewritten,
  type Space,
  setuid,
  space,
  spaceOf,
  spawn,
} from '../../../model/index.js'
import { takeAway } from '../../../model/regions/clearing.js'
import { also, kills } from './tools.js'

export const processesMutants = [
  kills(
    'processes/users-recount',
    'processes',
    rewritten('exit forgets that it used a space', exit, {
      end: (m, my) => {
        m.processes[my.process].space = null
      },
    }),
  ),
  kills(
    'processes/space-of-its-own',
    'processes',
    rewritten('spawn takes any space', spawn, {
      space: choose(
        space,
        () => true,
        (m, my, s: Space) => {
          m.spaces[s].users++
          my.space = s
        },
      ),
    }),
  ),
  kills(
    'processes/others-keep-their-pages',
    'combined',
    mutant(
      'munmap unmaps the page for everybody',
      munmap,
      also('unmap', (m, my) => {
        for (const it of m.spaces) it.pages[my.page].region = 'unmapped'
      }),
    ),
  ),
  kills(
    'processes/starts-empty',
    'frames',
    mutant(
      'a process starts without leave to map',
      spawn,
      also('start', (m, my) => {
        m.processes[my.process].limits.as = 0
      }),
    ),
  ),
  kills(
    'processes/reaps-what-was-killed',
    'smp-reap',
    rewritten('the reaper does not look at locks', reap, {
      clear: each(page, (m: M, my, v) => takeAway(m, my, need(spaceOf(m, my.process)), v)),
    }),
  ),
  kills(
    'processes/privileges-only-shrink',
    'segment-rights',
    mutant('anybody may become anybody', setuid, ignore('look', refuse('EPERM'))),
  ),
  kills(
    'processes/users-hold-no-capability',
    'segment-rights',
    rewritten('setuid leaves the capabilities', setuid, {
      set: (m, my) => {
        m.processes[my.process].user = my.user
      },
    }),
  ),
]
