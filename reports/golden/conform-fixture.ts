// A comparison with a recorded kernel to render in tests: a row that agrees, one that differs, one that breaks, and one
// that cannot be asked. Only tests import this file.

import { type ConformResult, type ConformRow, conformSchema } from '../conform-result.js'

const agreeing: ConformRow = {
  id: 'mmap-33',
  group: 'mmap',
  situation: 'write-only memory can be read on this architecture',
  source: 'man mmap',
  model: { agrees: true },
  machine: { agrees: true },
  steps: [
    { does: 'P0 mmap @0 1 w private|anon|fixed', kernel: 'ok @0', model: 'ok @0', machine: 'ok @0' },
    { does: 'P0 read @0', kernel: 'v:0', model: 'v:0', machine: 'v:0' },
  ],
  ok: true,
}

const differing: ConformRow = {
  id: 'merge-05',
  group: 'merge',
  situation: 'adjacent anonymous mappings of equal protection merge, of other protection do not',
  source: 'linux:mm/vma.c (merge)',
  note: 'Recorded twice.',
  model: { agrees: true },
  machine: { agrees: false, step: 2 },
  steps: [
    { does: 'P0 mmap @0 2 rw private|anon|fixed', kernel: 'ok @0', model: 'ok @0', machine: 'ok @0' },
    { does: '? vmas P0', kernel: '@0-3 rw anon', model: '@0-3 rw anon', machine: '@0-1 rw anon, @2-3 rw anon' },
  ],
  ok: false,
}

const breaking: ConformRow = {
  ...agreeing,
  id: 'fork-03',
  group: 'fork',
  model: { agrees: false, broke: 'checks/conformance/linux.yaml fork-03:2:1: P1 is not alive' },
  steps: agreeing.steps.map(step => ({ ...step, model: 'nothing' })),
  ok: false,
}

export const conformed: ConformResult = {
  schema: conformSchema,
  verb: 'conform',
  ok: false,
  version: '0.1.0',
  recorded: { kernel: 'Linux 6.18', machine: 'x86-64, pages of 4 KiB', count: '152' },
  settings: 'with profile=linux pages=64',
  rows: [agreeing, differing, breaking],
  later: [
    {
      id: 'mmap-09',
      group: 'mmap',
      situation: 'the tail of the last file page is zero and writes there do not reach the file',
      source: 'ltp:syscalls/mmap/mmap01.c',
      needs: ['files', 'msync'],
    },
  ],
  reasons: { files: 'maps a file: nothing here has files yet', msync: 'writes a mapping back to its file' },
  totals: { recorded: 152, asked: 3, agreed: 1, later: 1 },
}

const [green] = conformed.rows
export const conformedGreen: ConformResult = {
  ...conformed,
  ok: true,
  rows: [green],
  later: [],
  reasons: {},
  totals: { recorded: 152, asked: 1, agreed: 1, later: 0 },
}
