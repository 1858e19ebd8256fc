// Scenarios run as they read: settings, commands, questions, answers. What a scenario gets wrong is told apart from what
// the system gets wrong.

import test from 'ava'
import { NotationError, parseScenario } from '../notation/index.js'
import { boundsOf, type OpenSide, openImplementation, openModel, partings, runScenario, settingNames } from './index.js'

const run = (text: string, side: OpenSide = openModel) => runScenario(parseScenario(text, { file: 'a.mm' }), side)

/** Runs a text that must be refused. */
function refused(text: string, side: OpenSide = openModel): NotationError {
  try {
    run(text, side)
  } catch (error) {
    if (error instanceof NotationError) return error
    throw error
  }
  throw new Error('the scenario was not refused')
}

/** Short lives through every chapter, as a reader would write them. */
const lives: readonly (readonly [promise: string, text: string])[] = [
  [
    'a page shared after fork is copied on the first write',
    `P0 spawn
     P0 mmap @0 2 rw private|anon|fixed -> ok @0
     P0 write @0 5
     P0 fork P1 -> ok
     ? same P0@0 P1@0 -> yes
     ? count P0 @0 -> n:2
     P1 write @0 6 -> ok
     P0 read @0 -> v:5
     P1 read @0 -> v:6
     ? same P0@0 P1@0 -> no`,
  ],
  [
    'two processes see what the other writes to a segment, until it is removed and nobody has it attached',
    `P0 spawn
     P1 spawn
     P0 shmget 1 1 creat|excl 600 -> ok s0
     P1 shmget 1 1 creat|excl 600 -> E:EEXIST
     P0 shmat s0 @1 -> ok @1
     P1 shmat s0 null rdonly -> ok @7
     P0 write @1 7
     P1 read @7 -> v:7
     P1 write @7 1 -> SIGSEGV:ACCERR
     ? vmas P1 -> @7 r s0+0
     ? state P1 @7 -> st:file
     ? count P1 @7 -> n:2
     P0 shmstat s0 -> st:size=4096,nattch=2,mode=600
     P0 shmrm s0 -> ok
     P0 shmstat s0 -> st:size=4096,nattch=2,mode=600,dest
     P1 shmdt @7 -> ok
     P0 shmdt @1 -> ok
     P0 shmstat s0 -> E:EINVAL`,
  ],
  [
    'shared anonymous memory is numbered by first appearance',
    `P0 spawn
     P0 mmap @3 2 rw shared|anon|fixed -> ok @3
     P0 mmap @1 1 rw shared|anon|fixed -> ok @1
     ? vmas P0 -> @1 rw sh0+0, @3-4 rw sh1+0
     P0 munmap @3 1
     ? vmas P0 -> @1 rw sh0+0, @4 rw sh1+1`,
  ],
  [
    'locked pages are counted and cannot be swapped out, and mincore tells what is resident',
    `P0 spawn
     P0 mmap @0 3 rw private|anon|fixed
     P0 mlock @1 1 -> ok
     ? locked P0 -> n:1
     ? vmas P0 -> @0 rw anon, @1 rw anon locked, @2 rw anon
     P0 mincore @0 3 -> vec:010
     P0 munlock @1 1 -> ok
     P0 swapout @1 -> ok
     ? states P0 @0-3 -> .s.-`,
  ],
  [
    'a mapping grows, moves and keeps its content',
    `P0 spawn
     P0 mmap @0 1 rw private|anon|fixed
     P0 write @0 9
     P0 mremap @0 1 2 -> ok @0
     P0 mremap @0 2 2 maymove|fixed @5 -> ok @5
     P0 read @5 -> v:9
     P0 read @0 -> SIGSEGV:MAPERR`,
  ],
  [
    'a guard page keeps everybody out and holds nothing',
    `P0 spawn
     P0 mmap @0 1 rw private|anon|fixed
     P0 write @0 9
     P0 mprotect @0 1 guard -> ok
     ? state P0 @0 -> st:guard
     ? vmas P0 -> @0 guard anon
     P0 read @0 -> SIGSEGV:ACCERR
     P0 mprotect @0 1 rw -> ok
     P0 read @0 -> v:0`,
  ],
  [
    'addresses outside the user half fault, and the kernel takes frames for itself',
    `P0 spawn
     P0 read kernel -> SIGSEGV:ACCERR
     P0 write noncanonical 5 -> SIGSEGV:MAPERR
     P0 munmap @1+ 1 -> E:EINVAL
     reserve F7 -> ok
     reserve F7 -> E:EPERM
     free F7 -> E:EPERM
     free F6 -> E:EINVAL`,
  ],
  [
    'a stack grows when it is touched below',
    `P0 spawn
     P0 mmap @6 2 rw private|anon|fixed|growsdown -> ok @6
     P0 write @4 3 -> ok
     ? vmas P0 -> @4-7 rw anon grows
     ? states P0 @4-7 -> a...`,
  ],
  [
    'swap areas come and go',
    `with swapping=on areas=2 partitions=1 slots=2
     P0 spawn
     P0 mmap @0 1 rw private|anon|fixed
     P0 write @0 4
     P0 swapout @0 -> E:ENOSPC
     P0 swapon A1 -> E:ENOENT
     P0 mkswap A1 -> ok
     P0 swapon A1 -> ok
     P0 swapout @0 -> ok
     P0 rmswap A1 -> E:EBUSY
     P0 swapoff A1 -> ok
     P0 rmswap A1 -> ok
     P0 rmswap A0 -> E:EINVAL
     P0 read @0 -> v:4`,
  ],
]

const sides = [
  ['model', openModel],
  ['implementation', openImplementation],
] as const

for (const [name, side] of sides) {
  test(`on the ${name}, every step has its answer, expected or not`, t => {
    const ran = run('P0 spawn\nP0 mmap @1 2 rw private|anon|fixed -> ok @1\nP0 read @1 -> v:4\n? vmas P0', side)
    t.deepEqual(
      ran.steps.map(step => [step.line, step.says, step.answer, step.expected, step.asExpected]),
      [
        [1, 'P0 spawn', 'ok', null, true],
        [2, 'P0 mmap @1 2 rw private|anon|fixed', 'ok @1', 'ok @1', true],
        [3, 'P0 read @1', 'v:0', 'v:4', false],
        [4, '? vmas P0', '@1-2 rw anon', null, true],
      ],
    )
    t.false(ran.ok)
  })

  test(`on the ${name}, a command that cannot be issued is a mistake of the scenario, with its place and the reason`, t => {
    const mapped = 'P0 spawn\nP0 mmap @0 2 rw private|anon|fixed\n'
    const cases: readonly (readonly [string, string])[] = [
      ['P0 read @0', 'a.mm:1:1: P0 is not alive'],
      ['P0 exit', 'a.mm:1:1: P0 is not alive'],
      ['P0 spawn\n  P0 spawn', 'a.mm:2:3: P0 is alive already'],
      [`${mapped}P0 swapout @1`, 'a.mm:3:1: page @1 of P0 is not resident: it holds nothing'],
      [`${mapped}P0 write @1 5\nP0 swapin @1`, 'a.mm:4:1: page @1 of P0 is not swapped: it has a frame'],
      [`${mapped}P0 read @1\nP0 swapout @1\nP0 swapout @1`, 'a.mm:5:1: page @1 of P0 is not resident: it is in a slot'],
    ]
    for (const [text, message] of cases) t.is(refused(text, side).message, message)
  })

  test(`on the ${name}, a range past a window that is not at the top is not issued`, t => {
    const text = 'with window=straddle-1\nP0 spawn\nP0 mmap @7 2 r private|anon|fixed -> ok @7'
    t.regex(refused(text, side).message, /^a\.mm:3:1: the range passes the end of the window/)
    t.true(run('P0 spawn\nP0 mmap @7 2 r private|anon|fixed -> E:ENOMEM', side).ok)
  })

  for (const [promise, text] of lives) {
    test(`on the ${name}, ${promise}`, t => {
      const ran = run(text, side)
      t.deepEqual(
        ran.steps.filter(step => !step.asExpected).map(({ says, answer, expected }) => ({ says, answer, expected })),
        [],
      )
    })
  }

  test(`on the ${name}, the real x86-64 geometry answers as the tiny one, wherever the window lies`, t => {
    const steps =
      'P0 spawn\nP0 mmap @2 4 rw private|anon|fixed\nP0 write @3 1\nP0 write @4 2\nP0 swapout @3\nP0 read @3 -> v:1'
    for (const window of ['top', 'straddle-1', 'straddle-2', 'straddle-3']) {
      t.true(run(`with geometry=x86 window=${window}\n${steps}\n? states P0 @2-5 -> .aa.`, side).ok)
    }
  })
}

test('a process, page, count or byte that the machine does not have is refused with what it has', t => {
  t.is(refused('P2 spawn').message, 'a.mm:1:1: process P2 is outside, with processes=2; expected P0 to P1')
  t.is(refused('P0 spawn\nP0 read @8').message, 'a.mm:2:1: page @8 is outside, with pages=8; expected @0 to @7')
  t.is(refused('P0 spawn\nP0 munmap @0 9').message, 'a.mm:2:1: count 9 is outside, with pages=8; expected 0 to 8')
  t.is(refused('P0 write @0 0').message, 'a.mm:1:1: byte 0 is outside, with values=200; expected 1 to 200')
  t.is(refused('? vmas P7').message, 'a.mm:1:1: process P7 is outside, with processes=2; expected P0 to P1')
})

test('what only several CPUs have is refused at its place', t => {
  const only = (what: string) =>
    `there is ${what} only where several CPUs are, and a scenario runs on one: ask for it in a scope`
  t.is(refused('P0 spawn\nP0 discard @0 1').message, `a.mm:2:1: ${only('discard')}`)
  t.is(refused('P0 poke @0 7').message, `a.mm:1:1: ${only('poke')}`)
  t.is(refused('writeback').message, `a.mm:1:1: ${only('writeback')}`)
  t.is(refused('P0 mmap @0 1 r private|file|fixed').message, `a.mm:1:1: ${only('a file for mmap')}`)
})

test('a question about a page beyond the window answers outside', t => {
  t.true(run('? state P0 @8 -> outside').ok)
})

test('a misspelt setting is refused at its place, with the nearest one', t => {
  const error = refused('with pages=4 frame=2')
  t.deepEqual([error.line, error.column, error.nearest], [1, 14, 'frames'])
  t.deepEqual(error.expected, settingNames)
})

test('a value outside its range, or a word that a switch does not know, is refused where it stands', t => {
  t.is(refused('with frames=99').message, 'a.mm:1:13: frames cannot be 99; expected 1 to 64')
  t.is(refused('with frames=few').message, 'a.mm:1:13: frames cannot be few; expected 1 to 64')
  const word = refused('with tables=seperate')
  t.deepEqual([word.column, word.nearest], [13, 'separate'])
  t.is(
    refused('with tables=2').message,
    'a.mm:1:13: tables cannot be 2; expected one of separate, counted, plenty, framed',
  )
})

test('settings that mean nothing together are refused at the one that is to blame', t => {
  const error = refused('with frames=4 tables=framed')
  t.deepEqual([error.line, error.column], [1, 15])
  t.regex(error.message, /tables=framed shows nothing to one CPU alone/)
})

test('settings that are left out are comfortable, and each process has room for a space', t => {
  const { sizes, switches } = boundsOf({})
  t.like(sizes, { process: 2, space: 2, page: 8, frame: 8, slot: 4, region: 8, value: 200, tableFrame: 18, object: 4 })
  t.like(switches, {
    tables: 'separate',
    window: 'top',
    geometry: 'tiny',
    locking: 'on',
    kernel: 'on',
    profile: 'textbook',
  })
  t.is(boundsOf(parseScenario('with tables=counted').setup).switches.kernel, 'off')
  t.is(boundsOf(parseScenario('with profile=linux').setup).sizes.chain, 32)
  t.is(boundsOf(parseScenario('with profile=linux chains=3').setup).sizes.chain, 3)
  t.is(boundsOf(parseScenario('with processes=3').setup).sizes.space, 3)
  t.is(boundsOf(parseScenario('with processes=3 spaces=1').setup).sizes.space, 1)
})

test('two sides that answer differently part at the line where they do', t => {
  const forgetful: OpenSide = bounds => {
    const side = openModel(bounds)
    return {
      ...side,
      run: command => (command.name === 'load' ? { is: 'ok', value: 0 } : side.run(command)),
    }
  }
  const text = 'P0 spawn\nP0 mmap @0 1 rw private|anon|fixed\nP0 write @0 3\nP0 read @0 -> v:3'
  t.deepEqual(partings(run(text), run(text, forgetful)), [{ line: 4, says: 'P0 read @0', one: 'v:3', other: 'v:0' }])
  t.deepEqual(partings(run(text), run(text, openImplementation)), [])
})

test('the same scenario gives the same result twice', t => {
  const text = 'with frames=2\nP0 spawn\nP1 spawn\nP0 mmap @0 3 rw private|anon|fixed\nP0 write @2 9\n? states P0 @0-2'
  t.deepEqual(run(text), run(text))
})
