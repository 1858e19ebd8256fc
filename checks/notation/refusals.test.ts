// Every way in which a line can be refused, with the exact message: the message is the interface to whoever wrote the line.
// Lists that come from the vocabulary are named once, so that a new command changes one line here.

import test from 'ava'
import { commands } from '../../spec/interface.js'
import { NotationError, parseScenario } from './index.js'

const words = [...new Set(Object.values(commands).map(({ word }) => word))].join(', ')
const questions = 'vmas, state, states, same, count, locked, flag, smap'
const requests = 'none, r, w, x, rw, rx, wx, rwx, guard, rw+cow'
const mapFlags = 'private, shared, anon, file, fixed, noreplace, populate, locked, growsdown, noreserve'
const spawned = 'ok, E:EAGAIN, E:ENOMEM, failed:EAGAIN, failed:ENOMEM, killed'
const errnos = ['EINVAL', 'EACCES', 'EPERM', 'EAGAIN', 'EEXIST', 'ENOMEM']
const mapped = `ok @PAGE, ${errnos.map(name => `E:${name}`).join(', ')}, ${errnos.map(name => `failed:${name}`).join(', ')}, killed`
const far = '@0 to @2147483647, kernel, noncanonical'
const lines = 'P0 COMMAND, ? QUESTION, with NAME=VALUE'
const access = 'E:ENOMEM, failed:ENOMEM, SIGSEGV:MAPERR, SIGSEGV:ACCERR, killed'

const refusals: readonly [line: string, message: string][] = [
  ['P0 wrte @0 9', `1:4: "wrte" is not a command; expected one of ${words}; did you mean "write"?`],
  ['P0 madvise @0 2 r', '1:4: "madvise" is not in this version'],
  ['P0 frobnicate', `1:4: "frobnicate" is not a command; expected one of ${words}`],
  ['trunc f0 3', '1:1: "trunc" is not in this version'],
  ['wth pages=3', `1:1: "wth" does not begin a line; expected one of ${lines}; did you mean "with"?`],
  ['hello', `1:1: "hello" does not begin a line; expected one of ${lines}`],
  ['p0 spawn', '1:1: "p0" is not a process; expected P0 to P2147483647; did you mean "P0"?'],
  ['0 spawn', '1:1: "0" is not a process; expected P0 to P2147483647; did you mean "P0"?'],
  ['P spawn', '1:1: "P" is not a process; expected P0 to P2147483647'],
  ['P-1 spawn', '1:1: "P-1" is not a process; expected P0 to P2147483647'],
  ['P01 spawn', '1:1: "P01" is not a process; expected P0 to P2147483647'],
  ['P2147483648 spawn', '1:1: "P2147483648" is not a process; expected P0 to P2147483647'],
  ['P0', `1:3: a command is missing; expected one of ${words}`],
  ['spawn P0', '1:1: "spawn" comes after its process; expected P0 spawn'],
  ['spawn', '1:1: "spawn" comes after its process; expected P0 spawn'],
  ['P0 read', `1:8: a page is missing; expected one of ${far}`],
  ['P0 read 5', `1:9: "5" is not a page; expected one of ${far}; did you mean "@5"?`],
  ['P0 read P5', `1:9: "P5" is not a page; expected one of ${far}; did you mean "@5"?`],
  ['P0 read @', `1:9: "@" is not a page; expected one of ${far}`],
  ['P0 read @-1', `1:9: "@-1" is not a page; expected one of ${far}`],
  ['P0 read @1.5', `1:9: "@1.5" is not a page; expected one of ${far}`],
  ['P0 read @0x10', `1:9: "@0x10" is not a page; expected one of ${far}`],
  ['P0 read @1e3', `1:9: "@1e3" is not a page; expected one of ${far}`],
  ['P0 read @007', `1:9: "@007" is not a page; expected one of ${far}`],
  ['P0 read @2147483648', `1:9: "@2147483648" is not a page; expected one of ${far}`],
  ['P0 read @7+100', `1:9: "@7+100" is not a page; expected one of ${far}`],
  ['P0 write @0 256', '1:13: "256" is not a byte; expected 0 to 255'],
  ['P0 write @0 -1', '1:13: "-1" is not a byte; expected 0 to 255'],
  ['P0 write @0', '1:12: a byte is missing; expected 0 to 255'],
  ['P0 munmap @0 @2', '1:14: "@2" is not a count; expected 0 to 2147483647; did you mean "2"?'],
  ['P0 munmap @0 99999999999999999999', '1:14: "99999999999999999999" is not a count; expected 0 to 2147483647'],
  ['P0 spawn now', '1:10: "now" is one word too many'],
  [
    'P0 mmap @0 2 wr private|anon|fixed',
    `1:14: "wr" is not a protection; expected one of ${requests}; did you mean "rw"?`,
  ],
  [
    'P0 mmap @0 2 wq private|anon|fixed',
    `1:14: "wq" is not a protection; expected one of ${requests}; did you mean "wx"?`,
  ],
  ['P0 mmap @0 2 rw', `1:16: a list of flags is missing; expected one of ${mapFlags}`],
  ['P0 mmap @0 2 rw private|anon|sync', `1:30: "sync" is not in this version; expected one of ${mapFlags}`],
  [
    'P0 mmap @0 2 rw private|anon|fixd',
    `1:30: "fixd" is not a flag; expected one of ${mapFlags}; did you mean "fixed"?`,
  ],
  ['P0 mmap @0 2 rw private||fixed', `1:25: "" is not a flag; expected one of ${mapFlags}`],
  ['P0 mmap @0 2 rw private|anon|anon', '1:30: "anon" is given twice'],
  ['P0 mmap @0 2 rw private|anon|fixed f0 0', '1:36: "f0" is one word too many'],
  ['P0 spawn ->', `1:12: an answer is missing; expected one of ${spawned}`],
  ['P0 spawn -> okay', `1:13: "okay" is not an answer to spawn; expected one of ${spawned}`],
  ['P0 spawn -> ok @0', `1:13: "ok @0" is not an answer to spawn; expected one of ${spawned}`],
  [
    'P0 spawn -> E:ENOMEN',
    `1:13: "E:ENOMEN" is not an answer to spawn; expected one of ${spawned}; did you mean "E:ENOMEM"?`,
  ],
  ['P0 spawn -> E:EINVAL', `1:13: "E:EINVAL" is not an answer to spawn; expected one of ${spawned}`],
  ['P0 spawn -> ok -> ok', `1:13: "ok -> ok" is not an answer to spawn; expected one of ${spawned}`],
  ['-> ok', '1:1: there is an answer, but no command or question'],
  ['P0 mmap @0 1 r private|anon|fixed -> ok', `1:38: "ok" is not an answer to mmap; expected one of ${mapped}`],
  [
    'P0 mmap @0 1 r private|anon|fixed -> ok 0',
    '1:41: "0" is not a page; expected @0 to @2147483647; did you mean "@0"?',
  ],
  ['P0 read @0 -> v:256', '1:15: "v:256" is not a byte read; expected v:0 to v:255'],
  ['P0 read @0 -> 5', `1:15: "5" is not an answer to read; expected one of v:BYTE, ${access}`],
  [
    'P0 read @0 -> SIGSEGV MAPERR',
    `1:15: "SIGSEGV MAPERR" is not an answer to read; expected one of v:BYTE, ${access}; did you mean "SIGSEGV:MAPERR"?`,
  ],
  [
    'P0 read @0 -> SIGSEGV:MAPPER',
    `1:15: "SIGSEGV:MAPPER" is not an answer to read; expected one of v:BYTE, ${access}; did you mean "SIGSEGV:MAPERR"?`,
  ],
  ['P0 write @0 1 -> v:1', `1:18: "v:1" is not an answer to write; expected one of ok, ${access}`],
  ['?', `1:2: a question is missing; expected one of ${questions}`],
  ['? vma P0', `1:3: "vma" is not a question; expected one of ${questions}; did you mean "vmas"?`],
  ['?vmas P0', `1:1: "?vmas" does not begin a line; expected one of ${lines}`],
  ['? vmlck P0', '1:3: "vmlck" is not in this version'],
  ['? vmas', '1:7: a process is missing; expected P0 to P2147483647'],
  ['? vmas 0', '1:8: "0" is not a process; expected P0 to P2147483647; did you mean "P0"?'],
  ['? state P0', '1:11: a page is missing; expected @0 to @2147483647'],
  ['? states P0', '1:12: a range of pages is missing; expected a range such as @0-4'],
  ['? states P0 0-4', '1:13: "0" is not a page; expected @0 to @2147483647; did you mean "@0"?'],
  ['? states P0 @0-', '1:16: the last page of a range is missing; expected 0 to 2147483647'],
  ['? states P0 @0-@4', '1:16: "@4" is not the last page of a range; expected 0 to 2147483647; did you mean "4"?'],
  ['? states P0 @4-0', '1:13: "@4-0" ends before it begins'],
  ['? same P0@0', '1:12: a page of a process is missing; expected a page of a process such as P0@3'],
  ['? same P0 P1', '1:8: "P0" names no page; expected a page of a process such as P0@3'],
  ['? same P0@0 p1@0', '1:13: "p1" is not a process; expected P0 to P2147483647; did you mean "P1"?'],
  ['? same P0@0 P1@x', '1:15: "@x" is not a page; expected @0 to @2147483647'],
  ['? count P0 @0 @1', '1:15: "@1" is one word too many'],
  ['? vmas P0 ->', '1:13: an answer is missing; expected one of runs such as "@0-1 rw anon, @3 r anon", none'],
  [
    '? vmas P0 -> @0-1 rwy anon',
    '1:14: "@0-1 rwy anon" is not an answer to vmas; expected one of runs such as "@0-1 rw anon, @3 r anon", none',
  ],
  [
    '? state P0 @0 -> anon',
    '1:18: "anon" is not an answer to state; expected one of st:absent, st:zero, st:anon, st:file, st:swap, st:guard, outside',
  ],
  [
    '? state P0 @0 -> st:swp',
    '1:18: "st:swp" is not an answer to state; expected one of st:absent, st:zero, st:anon, st:file, st:swap, st:guard, outside; did you mean "st:swap"?',
  ],
  ['? states P0 @0-1 -> a', '1:21: "a" does not have one letter for each page; expected a word of length 2'],
  ['? states P0 @0-1 -> ax', '1:21: "ax" is not an answer to states; expected one of ., z, a, f, s, g, -, outside'],
  ['? states P0 @0-1 ->', '1:20: an answer is missing; expected one of ., z, a, f, s, g, -, outside'],
  ['? same P0@0 P1@0 -> maybe', '1:21: "maybe" is not an answer to same; expected one of yes, no, outside'],
  ['? count P0 @0 -> 2', '1:18: "2" is not an answer to count; expected one of n:COUNT, outside'],
  ['? count P0 @0 -> n:-1', '1:18: "n:-1" is not a number of mappings; expected n:0 to n:2147483647'],
  ['with', '1:5: a setting is missing; expected NAME=VALUE such as frames=4 or tables=separate'],
  ['with pages', '1:6: "pages" is not a setting; expected NAME=VALUE such as frames=4 or tables=separate'],
  ['with =3', '1:6: "" is not a name; expected NAME=VALUE such as frames=4 or tables=separate'],
  ['with 8pages=3', '1:6: "8pages" is not a name; expected NAME=VALUE such as frames=4 or tables=separate'],
  ['with pages=', '1:12: a number is missing; expected 0 to 2147483647'],
  ['with pages=-3', '1:12: "-3" is not a number; expected 0 to 2147483647'],
  ['with pages=3 pages=4', '1:14: "pages" is set twice'],
  ['with pages=3 -> ok', '1:13: the settings have no answer'],
  ['with pages=03', '1:12: "03" is not a number; expected 0 to 2147483647'],
  ['P0 spawn\nwith pages=3', '2:1: the settings must come first, on one line'],
  ['with a=1\nwith b=2', '2:1: the settings must come first, on one line'],
  ['P0 \u001b[2J\u202e', `1:4: "\\u001b[2J\\u{202e}" is not a command; expected one of ${words}`],
  [
    'P0 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    `1:4: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is not a command; expected one of ${words}`,
  ],
  ['P0 alloc', '1:4: "alloc" is for no process; expected alloc'],
  ['alloc F1', '1:7: "F1" is one word too many'],
  ['alloc -> ok 3', '1:13: "3" is not a frame; expected F0 to F2147483647; did you mean "F3"?'],
  ['P0 fork 1', '1:9: "1" is not a process; expected P0 to P2147483647; did you mean "P1"?'],
  ['P0 mmap @0 2 rw anon|fixed', '1:17: private or shared is missing; expected one of private, shared'],
  ['P0 mmap @0 2 rw private|shared|anon', '1:17: private|shared do not go together; expected one of private, shared'],
  ['P0 mmap null 2 rw private|anon|fixed', '1:19: fixed needs an address, not null'],
  [
    'P0 mmap @0 2 rw private|anon|populate|locked',
    '1:17: populate|locked do not go together; expected one of populate, locked',
  ],
  ['P0 mremap @0 1 2 maymove|fixed', '1:31: a page is missing; expected @0 to @2147483647'],
  ['P0 mremap @0 1 2 maymove @3', '1:26: "@3" is one word too many'],
  [
    'P0 mincore @0 2 -> vec:012',
    '1:20: "vec:012" is not a list of resident pages; expected vec: and a digit 0 or 1 for each page',
  ],
  [
    'P0 mincore @0 2 -> 01',
    '1:20: "01" is not an answer to mincore; expected one of vec:BITS such as vec:010, E:EINVAL, E:ENOMEM, failed:EINVAL, failed:ENOMEM, killed',
  ],
  ['P0 shmget 0 1 excl', '1:15: excl does not stand alone; expected one of creat, creat|excl'],
  ['P0 shmget 0 1 creat 0600', '1:21: "0600" is not a mode; expected 0 to 777, in octal digits; did you mean "600"?'],
  ['P0 shmget 0 1 creat 888', '1:21: "888" is not a mode; expected 0 to 777, in octal digits'],
  ['P0 shmget 0 1-5000b', '1:15: "5000" is not a number of bytes; expected 0 to 4095'],
  [
    'P0 shmget 0 1 -> ok 0',
    '1:21: "0" is not a segment; expected s0 to s4095, s0.1 for the second segment of a record; did you mean "s0"?',
  ],
  [
    'P0 shmat 0 @1',
    '1:10: "0" is not a segment; expected s0 to s4095, s0.1 for the second segment of a record; did you mean "s0"?',
  ],
  ['P0 shmat s0. @1', '1:10: "s0." is not a segment; expected s0 to s4095, s0.1 for the second segment of a record'],
  [
    'P0 shmstat s0 -> st:size=1',
    '1:18: "st:size=1" is not what a segment is; expected st:size=BYTES,nattch=COUNT,mode=MODE or the same with ,dest',
  ],
  [
    'P0 dropcap sys_admi',
    '1:12: "sys_admi" is not a capability; expected one of ipc_owner, ipc_lock, sys_admin; did you mean "sys_admin"?',
  ],
  ['P0 munmap @1+0 1', '1:11: "@1+0" is not a page; expected @0 to @2147483647'],
  ['P0 munmap null 1', '1:11: "null" is not a page; expected @0 to @2147483647'],
  ['P0 mlockall', '1:12: a list of flags is missing; expected one of current, future, onfault, none, unknown'],
  [
    'P0 mlockall future|curent',
    '1:20: "curent" is not a flag; expected one of current, future, onfault, none, unknown; did you mean "current"?',
  ],
  ['P0 swapon A0 -2', '1:14: "-2" is not a priority; expected 0 to 32767'],
  ['P0 spawn -> failed:EINVAL', `1:13: "failed:EINVAL" is not an answer to spawn; expected one of ${spawned}`],
  ['? locked P0 -> 3', '1:16: "3" is not an answer to locked; expected n:COUNT'],
  [
    '? vmas P0 -> @0 rw sh+1',
    '1:14: "@0 rw sh+1" is not an answer to vmas; expected one of runs such as "@0-1 rw anon, @3 r anon", none',
  ],
]

for (const [line, message] of refusals) {
  test(`refused with its place and reason: ${JSON.stringify(line)}`, t => {
    t.throws(() => parseScenario(line), { instanceOf: NotationError, message })
  })
}

test('an error carries its parts as fields, and its message begins with file, line and column', t => {
  const text = 'with pages=2\n\nP0 spawn\n   P0 wrte @0 9'
  const error = t.throws(() => parseScenario(text, { file: 'swap.md', firstLine: 9 }), { instanceOf: NotationError })
  t.like(error, { name: 'NotationError', file: 'swap.md', line: 12, column: 7, nearest: 'write' })
  t.deepEqual(error?.expected, words.split(', '))
  t.is(error?.message, `swap.md:12:7: "wrte" is not a command; expected one of ${words}; did you mean "write"?`)
})

test('an error without a list and without a guess has an empty list and no guess', t => {
  const error = t.throws(() => parseScenario('P0 spawn now'), { instanceOf: NotationError })
  t.like(error, { file: null, line: 1, column: 10, expected: [], nearest: null })
})

const later = {
  commands: 'madvise msync mseal brk kread kwrite shmctl trunc punch pwrite pread',
  flags: 'shared_validate droppable stack nonblock hugetlb sync',
  questions: 'vmlck',
}

test('words of later chapters are recognised, not taken for spelling mistakes', t => {
  const refused = (line: string) => t.throws(() => parseScenario(line), { message: /" is not in this version/ }, line)
  for (const word of later.commands.split(' ')) refused(`P0 ${word} @0 1`)
  for (const flag of later.flags.split(' ')) refused(`P0 mmap @0 2 rw private|anon|fixed|${flag}`)
  for (const word of later.questions.split(' ')) refused(`? ${word} P0`)
})
