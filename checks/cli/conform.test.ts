// `mmspec conform` as users run it.

import test from 'ava'
import { mmspecHere } from './here.js'

const mmspec = (...args: readonly string[]) => mmspecHere('conform', ...args)
const lastLine = (text: string) => text.trimEnd().split('\n').at(-1) ?? ''

test('rows of a group and one row are asked, each with a line, and exit with 0', async t => {
  const { code, out, err } = await mmspec('shmctl', 'mlock-05', 'mmap-35')
  t.is(code, 0)
  t.is(err, '')
  t.regex(out, /^mlock-05 +agrees +agrees +pass +a range with a hole fails/m)
  t.regex(out, /^mmap-35 +droppable +droppable memory is a mapping type of its own/m)
  t.is(lastLine(out), '✔ 5 of 5 rows as the kernel answered · 1 not asked · 152 recorded')
})

test('a row that is answered differently shows its steps and exits with 1', async t => {
  const { code, out } = await mmspec('merge-13', '--profile', 'textbook')
  t.is(code, 1)
  t.regex(out, /✖ {2}6 {2}\? vmas P0 +@0-3 rw anon, @4-5 rw anon +@0-5 rw anon +@0-5 rw anon/)
})

test('one JSON document with the totals', async t => {
  const { code, out } = await mmspec('merge-09', 'guard', '--json')
  t.is(code, 0)
  t.like(JSON.parse(out), {
    schema: 'mmspec/conform@1',
    ok: true,
    totals: { recorded: 152, asked: 1, agreed: 1, later: 10 },
  })
})

test('what is asked quietly and agrees says nothing', async t => {
  t.deepEqual(await mmspec('merge-09', '-q'), { code: 0, out: '', err: '' })
})

test('a wrong row exits with 2 and names the nearest', async t => {
  const { code, out, err } = await mmspec('mlok-05')
  t.is(code, 2)
  t.is(out, '')
  t.regex(err, /^mmspec: unknown row or group 'mlok-05'; did you mean 'mlock-05'\?\n {2}groups: mmap, /)
  t.like(JSON.parse((await mmspec('mlok-05', '--json')).out), { code: 'unknown-row-or-group', nearest: 'mlock-05' })
})
