// Locks, and what a machine of several CPUs is made of.

import test from 'ava'
import {
  alone,
  createMachine,
  EINVAL,
  ENOSPC,
  type Hooks,
  mapFlags,
  protectionBits,
  tinyBoot,
  x86Boot,
} from '../index.js'
import { cpuField, cpuWords } from '../layout.js'

const info = { ...tinyBoot, processes: 3, spaces: 3, cpus: 2, translations: 4 }
const PAGE = 64
const AT = 4 * PAGE
const { rw } = protectionBits

function pair(first: Partial<Hooks> = {}, second: Partial<Hooks> = {}) {
  const a = createMachine(info, { ...alone, ...first })
  const b = createMachine(info, { ...alone, ...second }, { memory: a.memory, cpu: 1 })
  return { a, b }
}

test('what several CPUs need has no words where one runs alone', t => {
  for (const boot of [tinyBoot, x86Boot]) {
    const one = createMachine({ ...boot, cpus: 1, translations: 64 })
    const two = createMachine({ ...boot, cpus: 2 })
    t.is(one.memory.byteLength, createMachine(boot).memory.byteLength)
    t.true(two.memory.byteLength > one.memory.byteLength)
    t.false(one.hasMail())
  }
})

test('machines that cannot be are refused', t => {
  const refused = (change: object, place?: { readonly memory: ArrayBufferLike; readonly cpu: number }) =>
    t.throws(() => createMachine({ ...info, ...change }, alone, place), { instanceOf: RangeError })?.message
  const { memory } = createMachine(tinyBoot)
  t.is(refused({ cpus: 0 }), 'cpus must be a whole number of at least 1, not 0')
  t.is(refused({ cpus: 33 }), 'cpus must be at most 32, not 33')
  t.is(refused({ translations: 6 }), 'translations must be a power of two, not 6')
  t.is(refused({ swapCache: true }), 'swapCache is for one CPU: cpus must be 1 where it is on')
  t.regex(refused({}, { memory, cpu: 1 }) ?? '', /^this machine has \d+ bytes, not \d+$/)
  t.is(refused({ ...tinyBoot, cpus: 1 }, { memory, cpu: 1 }), 'there is no CPU 1: cpus is 1')
})

test('a segment that is attached and removed goes with its last attachment, whichever CPU that is on', t => {
  const { a, b } = pair()
  a.spawn(0)
  a.spawn(1)
  const id = a.shmget(0, 1, PAGE, 1, 0o666)
  t.is(a.shmat(0, id, AT), AT)
  t.is(b.shmat(1, id, AT), AT)
  t.is(a.store(0, AT, 7), 0)
  t.is(b.load(1, AT), 7)
  t.is(a.shmremove(0, id), 0)
  t.is(a.shmdt(0, AT), 0)
  t.is(b.load(1, AT), 7)
  t.is(b.shmdt(1, AT), 0)
  t.is(a.shmstat(0, id), EINVAL)
  t.is(a.shmat(0, id, AT), EINVAL)
  t.is(a.shmat(0, 1000, AT), EINVAL)
  t.is(a.shmset(0, 1000, 0, 0o600), EINVAL)
})

test('an area is emptied on one CPU of what another one has stored', t => {
  const { a, b } = pair()
  a.spawn(0)
  a.mmap(0, AT, PAGE, rw, mapFlags.fixed)
  b.store(0, AT, 7)
  t.is(a.swapOut(0, AT), 0)
  t.is(b.swapoff(0, 0), 0)
  t.is(b.swapoff(0, 0), EINVAL)
  t.is(b.swapoff(0, 9), EINVAL)
  t.is(a.load(0, AT), 7)
  t.is(a.swapOut(0, AT), ENOSPC)
})

test('memory that threads share is one that was asked for', t => {
  t.true(createMachine({ ...info, shared: true }).memory instanceof SharedArrayBuffer)
  t.true(createMachine(info).memory instanceof ArrayBuffer)
  const machine = createMachine({ ...info, shared: true })
  machine.spawn(0)
  const snapshot = machine.snapshot()
  machine.exit(0)
  machine.restore(snapshot)
  t.is(machine.exit(0), 0)
})

test('a CPU that holds a space alone keeps others out, and a thread that plays both is told', t => {
  let act: () => void = () => undefined
  const { a, b } = pair({
    preempt(point) {
      if (point === 'regions.remove') act()
    },
  })
  a.spawn(0)
  a.mmap(0, AT, PAGE, rw, mapFlags.fixed)
  act = () => {
    act = () => undefined
    b.load(0, AT)
  }
  t.throws(() => a.munmap(0, AT, PAGE), { message: 'CPU 1 waits at locks.read for a CPU that does not run' })
})

test('who waits for a lock answers meanwhile', t => {
  let act: () => void = () => undefined
  let answered = false
  const { a, b } = pair(
    {
      preempt(point) {
        if (point === 'regions.remove') act()
      },
    },
    {
      preempt(point) {
        // Mail from the other CPU, when this one is in the kernel already.
        if (point === 'locks.write') new Int32Array(a.memory)[a.layout.cpus + cpuWords + cpuField.asked] = 1
      },
      pause(_cpu, _word, _seen, point) {
        t.is(point, 'locks.write')
        answered = !b.hasMail()
        throw new Error('enough')
      },
    },
  )
  a.spawn(0)
  a.mmap(0, AT, PAGE, rw, mapFlags.fixed)
  act = () => {
    act = () => undefined
    t.throws(() => b.munmap(0, AT, PAGE), { message: 'enough' })
  }
  t.is(a.munmap(0, AT, PAGE), 0)
  t.true(answered)
})

test('a process that ends meanwhile is not entered any more', t => {
  let act: () => void = () => undefined
  const { a, b } = pair(
    {},
    {
      preempt(point) {
        if (point === 'locks.write') act()
      },
    },
  )
  a.spawn(0)
  a.spawn(1)
  act = () => {
    act = () => undefined
    a.exit(0)
    a.spawn(2)
  }
  // The space is another process's by now.
  t.is(b.mmap(0, AT, PAGE, rw, mapFlags.fixed), -3)
  t.is(a.load(2, AT), -5001)
})

test('a stack grows alone', t => {
  const points: string[] = []
  const { a } = pair({
    preempt(point) {
      points.push(point)
    },
  })
  a.spawn(0)
  a.mmap(0, 10 * PAGE, PAGE, rw, mapFlags.fixed | mapFlags.growsdown)
  points.length = 0
  t.is(a.store(0, 9 * PAGE, 1), 0)
  t.deepEqual(
    points.filter(point => /locks\.(read|write)/.test(point)),
    ['locks.read', 'locks.write'],
  )
})
