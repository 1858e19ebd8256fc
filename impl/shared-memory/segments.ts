// Segments of System V: finding and making them, who may do what with them, and taking them away. A segment is named by
// the number of its record and by how many segments used that record before, so that an old name never means a new
// segment (shared-memory.md#ids).

import { segmentRecords, statusOf } from '../../spec/interface.js'
import * as answers from '../answers.js'
import type { Core } from '../core.js'
import { pageBytes } from '../geometry.js'
import * as layouts from '../layout.js'
import * as limitBits from '../processes/limits.js'
import { type Objects, objectKind } from './objects.js'

/** What shmget and shmat are asked for, as bits. */
export const shmFlags = { creat: 1, excl: 2, rdonly: 4, rnd: 8, remap: 16, exec: 32 } as const

/** The bits of one class of a mode. */
export const MODE_READ = 4
export const MODE_WRITE = 2
export const MODE_EXECUTE = 1

export type Segments = ReturnType<typeof createSegments>

export function createSegments(core: Core, objects: Objects, limits: limitBits.Limits) {
  const { words } = core
  const { EACCES, EEXIST, EIDRM, EINVAL, ENOENT, ENOSPC, EPERM, NONE, OK } = answers
  const { objectField } = layouts
  const { IPC_OWNER, isUser } = limitBits
  const { creat: CREAT, excl: EXCL } = shmFlags
  const { segment: SEGMENT } = objectKind
  const READ = MODE_READ
  const COUNT = core.boot.objects
  const { most: MOST, pages: MOST_PAGES, largest: LARGEST } = core.boot.segments
  const PAGE_BYTES = pageBytes(core.boot.geometry)
  const { attachments: ATTACHMENTS, size: SIZE, key: KEY, sequence: SEQUENCE, short: SHORT } = objectField
  const { owner: OWNER, creator: CREATOR, mode: MODE, marked: MARKED, held: HELD } = objectField
  const { recordOf, isSegment, choose, make, settle } = objects
  const { userOf, has } = limits
  /** Users are in groups of two (shared-memory.md#rights). */
  const groupOf = (user: number) => user >> 1

  const idOf = (object: number) => words[recordOf(object) + SEQUENCE] * segmentRecords + object
  const bytesOf = (record: number) => words[record + SIZE] * PAGE_BYTES - words[record + SHORT]

  /** The object that an id names, or EINVAL where no segment is, or EIDRM where another one is now. */
  function named(id: number) {
    if (!(id >= 0)) return EINVAL
    const object = id % segmentRecords
    if (!(object < COUNT) || !isSegment(object)) return EINVAL
    return words[recordOf(object) + SEQUENCE] === Math.floor(id / segmentRecords) ? object : EIDRM
  }

  /** What a process may do with a segment, as the bits of one class. */
  function grantedTo(process: number, object: number) {
    if (has(process, IPC_OWNER)) return 7
    const record = recordOf(object)
    const user = userOf(process)
    const mode = words[record + MODE]
    if (user === words[record + OWNER] || user === words[record + CREATOR]) return (mode >> 6) & 7
    const group = groupOf(user)
    if (group === groupOf(words[record + OWNER]) || group === groupOf(words[record + CREATOR])) return (mode >> 3) & 7
    return mode & 7
  }

  /** Whether a process may use a segment in all the ways that these bits say. */
  const grants = (process: number, object: number, bits: number) => (bits & ~grantedTo(process, object)) === 0

  /** Whether a process may change what a segment is. */
  function mayChange(process: number, object: number) {
    const record = recordOf(object)
    const user = userOf(process)
    return user === words[record + OWNER] || user === words[record + CREATOR] || has(process, IPC_OWNER)
  }

  /** The segment that a key finds, or NONE. Key 0 finds none. */
  function find(key: number) {
    if (key === 0) return NONE
    for (let object = 0; object < COUNT; object++) {
      if (!isSegment(object)) continue
      if (words[recordOf(object) + KEY] === key && words[recordOf(object) + MARKED] === 0) return object
    }
    return NONE
  }

  /** Finds or makes a segment of so many bytes. Its id; EEXIST, EINVAL, EACCES, ENOENT or ENOSPC. */
  function get(process: number, key: number, bytes: number, flags: number, mode: number) {
    const found = find(key)
    if (found === NONE) return key === 0 || (flags & CREAT) !== 0 ? create(process, key, bytes, mode) : ENOENT
    if ((flags & CREAT) !== 0 && (flags & EXCL) !== 0) return EEXIST
    if (bytes > bytesOf(recordOf(found))) return EINVAL
    return grants(process, found, (mode | (mode >> 3) | (mode >> 6)) & 7) ? idOf(found) : EACCES
  }

  function create(process: number, key: number, bytes: number, mode: number) {
    const pages = Math.ceil(bytes / PAGE_BYTES)
    if (!(pages > 0) || pages > LARGEST) return EINVAL
    if (pagesInAll() + pages > MOST_PAGES || countAll() >= MOST) return ENOSPC
    const object = choose()
    if (object === NONE) return ENOSPC
    make(object, SEGMENT, pages)
    const record = recordOf(object)
    words[record + KEY] = key
    words[record + SHORT] = pages * PAGE_BYTES - bytes
    words[record + OWNER] = words[record + CREATOR] = userOf(process)
    words[record + MODE] = mode & 0o777
    return idOf(object)
  }

  function countAll() {
    let count = 0
    for (let object = 0; object < COUNT; object++) if (isSegment(object)) count++
    return count
  }

  function pagesInAll() {
    let pages = 0
    for (let object = 0; object < COUNT; object++) if (isSegment(object)) pages += words[recordOf(object) + SIZE]
    return pages
  }

  /** Destroys a segment, now or with its last attachment. OK, EINVAL, EIDRM or EPERM. */
  function remove(process: number, id: number) {
    const object = named(id)
    if (object < 0) return object
    if (!mayChange(process, object)) return EPERM
    const record = recordOf(object)
    words[record + MARKED] = 1
    words[record + KEY] = 0
    settle(object)
    return OK
  }

  /** Gives a segment an owner and a mode. OK, EINVAL, EIDRM or EPERM. */
  function set(process: number, id: number, user: number, mode: number) {
    const object = named(id)
    if (object < 0) return object
    if (!mayChange(process, object)) return EPERM
    if (!isUser(user)) return EINVAL
    words[recordOf(object) + OWNER] = user
    words[recordOf(object) + MODE] = mode & 0o777
    return OK
  }

  /** What a segment is, as one number (`statusOf`); EINVAL, EIDRM or EACCES. */
  function stat(process: number, id: number) {
    const object = named(id)
    if (object < 0) return object
    if (!grants(process, object, READ)) return EACCES
    const record = recordOf(object)
    return statusOf(bytesOf(record), words[record + ATTACHMENTS], words[record + MODE], words[record + MARKED] !== 0)
  }

  /** Lets the pages of a segment stay resident (1), or go (0). OK, EINVAL, EIDRM or EPERM. */
  function keep(process: number, id: number, held: number) {
    const object = named(id)
    if (object < 0) return object
    if (!mayChange(process, object)) return EPERM
    words[recordOf(object) + HELD] = held
    return OK
  }

  return { named, grants, get, remove, set, stat, keep }
}
