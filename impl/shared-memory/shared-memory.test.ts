// Segments: their names, who may do what, and in which orders they can come to their end.

import test from 'ava'
import { statusOf, statusParts } from '../../spec/interface.js'
import { EACCES, EAGAIN, EEXIST, EIDRM, EINVAL, ENOENT, ENOMEM, ENOSPC, EPERM, ESRCH, OK } from '../answers.js'
import { type BootInfo, tinyBoot, unlimited } from '../boot.js'
import { lockFlags } from '../locking/locking.js'
import { createMachine } from '../machine.js'
import { protectionBits } from '../protection/protection.js'
import { mapFlags } from '../regions/mapping.js'
import { shmFlags } from './segments.js'

const { r, rw, rx } = protectionBits
const { creat, excl, exec, rdonly, remap, rnd } = shmFlags

function started(boot: Partial<BootInfo> = {}) {
  const segments = { most: 3, pages: 8, largest: 4, sequences: 3 }
  const machine = createMachine({ ...tinyBoot, processes: 3, spaces: 3, objects: 4, objectPages: 6, segments, ...boot })
  for (const process of [0, 1]) machine.spawn(process)
  return machine
}

test('a user that does not fit a word owns no segment', t => {
  const machine = started()
  const id = machine.shmget(0, 0, 64, creat, 0o600)
  for (const user of [-1, 2 ** 31, 2 ** 32, Number.NaN]) t.is(machine.shmset(0, id, user, 0o600), EINVAL)
  t.is(machine.shmset(0, id, 2 ** 31 - 1, 0o600), OK)
})

test('shmget finds by key and makes where it may, refusing in the order of the specification', t => {
  const machine = started()
  t.is(machine.shmget(2, 1, 64, creat, 0o600), ESRCH)
  t.is(machine.shmget(0, 1, 64, 0, 0o600), ENOENT)
  t.is(machine.shmget(0, 1, 0, creat, 0o600), EINVAL)
  t.is(machine.shmget(0, 1, 5 * 64, creat, 0o600), EINVAL)
  t.is(machine.shmget(0, 1, 4 * 64, creat, 0o600), 0)
  t.is(machine.shmget(0, 1, 9 * 64, creat | excl, 0o777), EEXIST)
  t.is(machine.shmget(0, 1, 4 * 64 + 1, creat, 0o600), EINVAL)
  t.is(machine.shmget(0, 1, 64, excl, 0o600), 0)
  t.is(machine.shmget(0, 0, 4 * 64, 0, 0), 1)
  t.is(machine.shmget(0, 0, 64, 0, 0), ENOSPC)
  machine.setuid(1, 3)
  t.is(machine.shmget(1, 1, 0, 0, 0o400), EACCES)
  t.is(machine.shmget(1, 1, 0, 0, 0), 0)
})

test('a key is 32 bits, of whichever sign', t => {
  const machine = started()
  t.is(machine.shmget(0, 0x8000_0001, 64, creat | excl, 0o600), 0)
  t.is(machine.shmget(0, 0x8000_0001, 64, creat | excl, 0o600), EEXIST)
  t.is(machine.shmget(0, 0x8000_0001 | 0, 64, 0, 0o600), 0)
})

test('there are only so many segments, whether limits or records run out', t => {
  const machine = started()
  for (const id of [0, 1, 2]) t.is(machine.shmget(0, 0, 64, creat, 0), id)
  t.is(machine.shmget(0, 0, 64, creat, 0), ENOSPC)
  const few = started({ objects: 1 })
  few.mmap(0, 0, 64, rw, mapFlags.shared)
  t.is(few.shmget(0, 0, 64, creat, 0), ENOSPC)
})

test('an old name never means a new segment, until numbers come back', t => {
  const machine = started()
  const ids = [1, 2, 3, 4].map(() => {
    const id = machine.shmget(0, 0, 64, creat, 0o600)
    t.is(machine.shmremove(0, id), OK)
    return id
  })
  t.deepEqual(ids, [0, 4096, 8192, 0])
  t.is(machine.shmstat(0, 0), EINVAL)
  machine.shmget(0, 0, 64, creat, 0o600)
  t.is(machine.shmstat(0, 0), EIDRM)
  t.is(machine.shmat(0, 9, null), EINVAL)
  t.is(machine.shmat(0, -1, null), EINVAL)
})

test('owner and creator, their group and all others each have their class of the mode; ipc_owner has all', t => {
  const machine = started()
  machine.setuid(0, 2)
  const id = machine.shmget(0, 0, 64, creat, 0o640)
  t.is(machine.shmstat(1, id), statusOf(64, 0, 0o640, false))
  const answers = [2, 3, 4].map(user => {
    const other = started()
    other.setuid(0, 2)
    other.shmget(0, 0, 64, creat, 0o640)
    other.setuid(1, user)
    return [other.shmstat(1, id) < 0, other.shmat(1, id, null) < 0, other.shmset(1, id, user, 0) < 0]
  })
  t.deepEqual(answers, [
    [false, false, false],
    [false, true, true],
    [true, true, true],
  ])
  machine.setuid(1, 4)
  for (const call of ['shmremove', 'shmlock', 'shmunlock'] as const) t.is(machine[call](1, id), EPERM)
  t.is(machine.shmset(0, id, 4, 0o7604), OK)
  t.is(machine.shmstat(1, id), statusOf(64, 0, 0o604, false))
  t.is(machine.shmset(0, id, 2, 0o600), OK)
})

test('shmat refuses in the order of the specification', t => {
  const machine = started({ regionLimit: 1 })
  const id = machine.shmget(0, 0, 2 * 64, creat, 0o400)
  machine.setuid(0, 2)
  t.is(machine.shmat(0, 4095, 1), EINVAL)
  t.is(machine.shmat(0, 4096, null, remap), EINVAL)
  t.is(machine.shmat(0, 4096, 64), EIDRM)
  t.is(machine.shmat(0, id, 31 * 64), EACCES)
  machine.shmset(1, id, 2, 0o600)
  t.is(machine.shmat(0, id, 31 * 64), EINVAL)
  t.is(machine.mmap(0, 0, 64, r, mapFlags.fixed), 0)
  t.is(machine.shmat(0, id, 0), EINVAL)
  machine.rlimit(0, 1, 2)
  machine.rlimit(0, 0, 1)
  t.is(machine.mlockall(0, lockFlags.future), OK)
  t.is(machine.shmat(0, id, 64), EAGAIN)
  t.is(machine.munlockall(0), OK)
  t.is(machine.shmat(0, id, 64), ENOMEM)
  machine.rlimit(0, 1, unlimited)
  t.is(machine.shmat(0, id, 64), ENOMEM)
  t.is(machine.shmat(0, id, 1, rnd | remap), 0)
  machine.munmap(0, 0, 64)
  t.is(machine.shmat(0, id, null, remap | rnd), EINVAL)
})

test('what one process stores to a segment another one loads, and the segment outlives both', t => {
  const machine = started()
  const id = machine.shmget(0, 5, 100, creat, 0o600)
  t.is(machine.shmat(0, id, 0), 0)
  const at = machine.shmat(1, id, null)
  t.is(at, 30 * 64)
  machine.store(0, 64, 8)
  t.is(machine.load(1, at + 64), 8)
  t.deepEqual(statusParts(machine.shmstat(0, id)), { size: 100, attachments: 2, mode: 0o600, marked: false })
  machine.exit(0)
  machine.exit(1)
  machine.spawn(0)
  t.is(machine.shmat(0, machine.shmget(0, 5, 0, 0, 0o600), 0, rdonly), 0)
  t.is(machine.load(0, 64), 8)
})

test('a marked segment has no key, can still be attached, and goes with its last attachment: detach, fork and exit', t => {
  for (const forks of [false, true]) {
    const machine = started()
    const free = machine.stats()
    const id = machine.shmget(0, 5, 64, creat, 0o600)
    machine.shmat(0, id, 0)
    machine.store(0, 0, 1)
    t.is(machine.shmremove(0, id), OK)
    t.is(machine.shmget(0, 5, 64, 0, 0o600), ENOENT)
    t.is(machine.shmat(1, id, 64), 64)
    if (forks) machine.fork(0, 2)
    t.is(statusParts(machine.shmstat(1, id)).attachments, forks ? 3 : 2)
    t.is(machine.shmdt(1, 64), OK)
    machine.exit(0)
    if (forks) {
      t.is(machine.load(2, 0), 1)
      t.is(machine.shmdt(2, 0), OK)
      machine.exit(2)
    }
    t.is(machine.shmstat(1, id), EINVAL)
    machine.spawn(0)
    t.deepEqual(machine.stats(), free)
  }
})

test('replacing the last attachment of a marked segment by itself keeps it', t => {
  const machine = started()
  const id = machine.shmget(0, 0, 64, creat, 0o600)
  machine.shmat(0, id, 0)
  machine.store(0, 0, 6)
  machine.shmremove(0, id)
  t.is(machine.shmat(0, id, 0, remap), 0)
  t.is(machine.load(0, 0), 6)
  t.is(statusParts(machine.shmstat(0, id)).attachments, 1)
})

test('shmdt finds what is left of an attachment, and nothing else', t => {
  const machine = started()
  const id = machine.shmget(0, 0, 4 * 64, creat, 0o600)
  machine.shmat(0, id, 4 * 64)
  machine.munmap(0, 4 * 64, 64)
  machine.mprotect(0, 6 * 64, 64, r)
  t.is(machine.shmdt(0, 4 * 64 + 1), EINVAL)
  t.is(machine.shmdt(0, 5 * 64), EINVAL)
  machine.mmap(0, 7 * 64, 64, rw, mapFlags.fixed)
  t.is(machine.shmdt(0, 4 * 64), OK)
  t.is(machine.inspect.mappedOf(0), 1)
  t.is(machine.shmdt(0, 4 * 64), EINVAL)
})

test('code and writers never meet in one segment, wherever they are attached', t => {
  const machine = started()
  const id = machine.shmget(0, 0, 64, creat, 0o700)
  t.is(machine.shmat(0, id, null, exec), EACCES)
  t.is(machine.shmat(0, id, 0, rdonly | exec), 0)
  t.is(machine.shmat(1, id, null), EACCES)
  t.is(machine.shmat(1, id, 0, rdonly), 0)
  t.is(machine.mprotect(1, 0, 64, rw), EACCES)
  t.is(machine.mprotect(1, 0, 64, rx), EACCES)
  machine.shmdt(0, 0)
  t.is(machine.shmat(0, id, 0), 0)
  t.is(machine.shmat(1, id, null, rdonly | exec), EACCES)
  t.is(machine.mprotect(0, 0, 64, r), OK)
  t.is(machine.shmat(1, id, null, rdonly | exec), EACCES)
})

test('a live kernel lets code and writers meet, but never lets read-only attachments be written', t => {
  const machine = started({ profile: 'linux' })
  const id = machine.shmget(0, 0, 64, creat, 0o700)
  t.is(machine.shmat(0, id, 0, exec), 0)
  t.is(machine.shmat(1, id, 0, rdonly), 0)
  t.is(machine.mprotect(1, 0, 64, rw), EACCES)
  t.is(machine.mprotect(1, 0, 64, rx), OK)
})

test('pages of a segment that is held stay resident', t => {
  const machine = started()
  const id = machine.shmget(0, 0, 64, creat, 0o600)
  machine.shmat(0, id, 0)
  machine.store(0, 0, 1)
  t.is(machine.shmlock(0, id), OK)
  t.true(machine.swapOut(0, 0) < 0)
  t.is(machine.shmunlock(0, id), OK)
  t.is(machine.swapOut(0, 0), OK)
  t.is(machine.load(0, 0), 1)
  machine.swapOut(0, 0)
  machine.exit(0)
  t.is(machine.shmremove(1, id), OK)
  t.is(machine.stats().slots, 4)
})
