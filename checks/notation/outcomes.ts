// What a command that succeeds gives back, as a word: a page, a byte, a frame, a segment, which pages are resident, what a
// segment is. Read and printed from one row for each kind, so that an expected answer is compared as it is printed.

import { type AnswerKind, statusOf, statusParts } from '../../spec/interface.js'
import { type Form, forms, numbered, octal } from './fields.js'
import { segmentForm } from './parts.js'

const largest = 2 ** 31 - 1

export interface Success {
  /** What stands before the value, as words of their own. */
  readonly after: readonly string[]
  readonly form: Form<number> | null
  /** For "expected one of …". */
  readonly says: string
}

const mostPages = 30
/** One digit a page, the first page first: `vec:0110`. */
const residency: Form<number> = {
  noun: 'a list of resident pages',
  expected: ['vec: and a digit 0 or 1 for each page'],
  read: word => {
    const bits = /^vec:([01]*)$/.exec(word)?.[1]
    if (bits === undefined || bits.length > mostPages) return null
    return [...bits].reduce((sum, bit, at) => sum + Number(bit) * 2 ** at, 2 ** bits.length)
  },
  suggest: () => null,
  print: value => `vec:${[...Number(value).toString(2).slice(1)].reverse().join('')}`,
}

const size = numbered('a size in bytes', '', largest)
const attached = numbered('a number of attachments', '', 4095)
const mode = octal('a mode', 0o777)
/** `st:size=4096,nattch=1,mode=600`, and `,dest` where the segment goes with its last attachment. */
const status: Form<number> = {
  noun: 'what a segment is',
  expected: ['st:size=BYTES,nattch=COUNT,mode=MODE or the same with ,dest'],
  read: word => {
    const parts = /^st:size=([^,]*),nattch=([^,]*),mode=([^,]*)(,dest)?$/.exec(word)
    if (parts === null) return null
    const [bytes, times, bits] = [size.read(parts[1]), attached.read(parts[2]), mode.read(parts[3])]
    return bytes === null || times === null || bits === null
      ? null
      : statusOf(bytes, times, bits, parts[4] !== undefined)
  },
  suggest: () => null,
  print: value => {
    const it = statusParts(Number(value))
    const marked = it.marked ? ',dest' : ''
    return `st:size=${it.size},nattch=${it.attachments},mode=${mode.print(it.mode)}${marked}`
  },
}

const byteRead = numbered('a byte read', 'v:', 255)

export const successes: { readonly [K in AnswerKind]: Success } = {
  nothing: { after: ['ok'], form: null, says: 'ok' },
  page: { after: ['ok'], form: forms.page, says: 'ok @PAGE' },
  byte: { after: [], form: byteRead, says: 'v:BYTE' },
  frame: { after: ['ok'], form: forms.frame, says: 'ok FRAME such as ok F3' },
  segment: { after: ['ok'], form: segmentForm, says: 'ok SEGMENT such as ok s0' },
  residency: { after: [], form: residency, says: 'vec:BITS such as vec:010' },
  status: { after: [], form: status, says: 'st:size=BYTES,nattch=COUNT,mode=MODE' },
}
