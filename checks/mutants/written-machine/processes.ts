// Mutants of the implementation for claims about processes and spaces.

import type { Text } from './text.js'

export const processesTexts: readonly Text[] = [
  {
    kills: 'processes/spaces-agree',
    title: 'a space does not know whose it is',
    file: 'processes/processes.js',
    find: 'words[SPACES + space * spaceWords + PROCESS] = process;',
    replace: '',
  },
  {
    kills: 'processes/free-spaces-agree',
    title: 'a space that is given back stays marked as taken',
    file: 'processes/processes.js',
    find: 'taken.clear(space);',
    replace: '',
  },
  {
    kills: 'processes/free-space-is-empty',
    title: 'a space that is given back remembers what it counted',
    file: 'processes/processes.js',
    find: 'words.fill(0, record, record + spaceWords);',
    replace: '',
  },
  {
    kills: 'processes/dead-process-is-blank',
    title: 'a process that ends leaves its user and its limits behind',
    file: 'processes/processes.js',
    find: 'words.fill(0, recordOf(process) + SPACE + 1, recordOf(process) + processWords);',
    replace: '',
  },
]
