// Locks, one word each, in the order in which they are taken (spec/concurrency.md#order,
// spec/concurrency.md#locks-of-the-implementation):
//
//   1 processes   who is which space; held for a few words only
//   · its users   who is in the kernel for its process and may want it back   -1 - CPU that ends it, or how many
//   · a record     of a segment or a swap area, from looking to the last step that depends on what was found
//   2 a space     alone to change its regions, with others to look at them    -1 - CPU, or how many look
//   3 its entries in hand: half done, nobody else may judge them
//   4 regions     pool of nodes, chains, trees and attachments, of all spaces
//   5 maps        what leaf entries of all spaces say, and all that follows from it: reverse mapping, parts, swapped pages
//   6 slots       which slots are taken
//   7 frames      which frames are taken, and the lists of replacement
//
// Of 4 to 7 there is one each, held for a moment: no holder waits for answers. Every wait answers meanwhile.

import type { Point } from '../../spec/interface.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import type { Shootdown } from '../tlb/shootdown.js'

export type Locks = ReturnType<typeof createLocks>

export function createLocks(core: Core, { wait }: Shootdown) {
  const { words, layout, preempt, cpu: CPU } = core
  const { lockField, spaceLockField, spaceLockWords: SPACE_WORDS } = layouts
  const SPACES = layout.spaceLocks + spaceLockField.space
  const TABLES = layout.spaceLocks + spaceLockField.tables
  const USERS = layout.spaceLocks + spaceLockField.users
  const OBJECTS = layout.records
  const AREAS = layout.records + core.boot.objects
  const PROCESSES = layout.locks + lockField.processes
  const REGIONS = layout.locks + lockField.regions
  const MAPS = layout.locks + lockField.maps
  const SLOTS = layout.locks + lockField.slots
  const FRAMES = layout.locks + lockField.frames
  const MINE = CPU + 1
  const ALONE = -1 - CPU

  function format() {
    if (core.boot.cpus > 1) words.fill(0, layout.locks, layout.slotBusy)
  }

  function take(word: number, point: Point) {
    preempt(point)
    for (;;) {
      const holder = Atomics.compareExchange(words, word, 0, MINE)
      if (holder === 0) return
      wait(word, holder, point)
    }
  }

  /** Gives back a lock that this CPU has. */
  function give(word: number) {
    if (Atomics.exchange(words, word, 0) !== MINE) throw new Error(`CPU ${CPU} gives back a lock that it does not have`)
  }

  function takeProcesses() {
    take(PROCESSES, 'locks.process')
  }
  function giveProcesses() {
    give(PROCESSES)
  }
  function takeRegions() {
    take(REGIONS, 'locks.regions')
  }
  function giveRegions() {
    give(REGIONS)
  }
  function takeMaps() {
    take(MAPS, 'locks.maps')
  }
  function giveMaps() {
    give(MAPS)
  }
  function takeSlots() {
    take(SLOTS, 'locks.slots')
  }
  function giveSlots() {
    give(SLOTS)
  }
  function takeFrames() {
    take(FRAMES, 'locks.frames')
  }
  function giveFrames() {
    give(FRAMES)
  }

  /** Counts on a space, which does not end meanwhile; where it is ending, not before it has (Linux: mmget). */
  function useSpace(space: number) {
    const word = USERS + space * SPACE_WORDS
    preempt('locks.users')
    for (;;) {
      const users = Atomics.load(words, word)
      if (users < 0) wait(word, users, 'locks.users')
      else if (Atomics.compareExchange(words, word, users, users + 1) === users) return
    }
  }
  /** Counts on a space no more. */
  function leaveSpace(space: number) {
    Atomics.sub(words, USERS + space * SPACE_WORDS, 1)
  }

  /** Ends the time in which others may count on a space, once nobody does. */
  function closeSpace(space: number) {
    const word = USERS + space * SPACE_WORDS
    preempt('locks.users')
    for (;;) {
      const users = Atomics.compareExchange(words, word, 0, ALONE)
      if (users === 0) return
      wait(word, users, 'locks.users')
    }
  }
  /** It is another one's from here on. */
  function reopenSpace(space: number) {
    if (Atomics.exchange(words, USERS + space * SPACE_WORDS, 0) !== ALONE) {
      throw new Error(`CPU ${CPU} reopens space ${space}, which it has not closed`)
    }
  }

  /** Takes the record of an object in hand, or of a swap area. */
  function takeObject(object: number) {
    take(OBJECTS + object, 'locks.record')
  }
  function giveObject(object: number) {
    give(OBJECTS + object)
  }
  /** The same without waiting, and without being interrupted. Whether it could. */
  const tryToTakeObject = (object: number) => Atomics.compareExchange(words, OBJECTS + object, 0, MINE) === 0
  /** Waits until whoever has the record of an object in hand now has given it back, or somebody else has it. */
  function waitForObject(object: number) {
    const holder = Atomics.load(words, OBJECTS + object)
    if (holder !== 0) wait(OBJECTS + object, holder, 'locks.record')
  }
  /** Whether anybody has the record of an object in hand. */
  const isObjectTaken = (object: number) => Atomics.load(words, OBJECTS + object) !== 0
  function takeArea(area: number) {
    take(AREAS + area, 'locks.record')
  }
  function giveArea(area: number) {
    give(AREAS + area)
  }

  /** Takes the entries of a space in hand; its lock is held, in one way or the other. */
  function takeTables(space: number) {
    take(TABLES + space * SPACE_WORDS, 'locks.tables')
  }
  /** The same without waiting. Whether it could. */
  const tryToTakeTables = (space: number) => Atomics.compareExchange(words, TABLES + space * SPACE_WORDS, 0, MINE) === 0
  function giveTables(space: number) {
    give(TABLES + space * SPACE_WORDS)
  }

  /** Whether another CPU has entries of the space in hand. */
  function areInHand(space: number) {
    const holder = Atomics.load(words, TABLES + space * SPACE_WORDS)
    return holder !== 0 && holder !== MINE
  }
  /** Waits as long as another CPU has entries of the space in hand. */
  function waitForTables(space: number) {
    for (;;) {
      const holder = Atomics.load(words, TABLES + space * SPACE_WORDS)
      if (holder === 0 || holder === MINE) return
      wait(TABLES + space * SPACE_WORDS, holder, 'locks.tables')
    }
  }

  /** Takes the lock of a space together with others who only look. */
  function takeToRead(space: number) {
    const word = SPACES + space * SPACE_WORDS
    preempt('locks.read')
    for (;;) {
      const readers = Atomics.load(words, word)
      if (readers < 0) wait(word, readers, 'locks.read')
      else if (Atomics.compareExchange(words, word, readers, readers + 1) === readers) return
    }
  }
  /** The same without waiting. Whether it could; who has the space alone may read it, too. */
  function tryToRead(space: number) {
    const word = SPACES + space * SPACE_WORDS
    for (;;) {
      const readers = Atomics.load(words, word)
      if (readers < 0) return false
      if (Atomics.compareExchange(words, word, readers, readers + 1) === readers) return true
    }
  }
  function giveToRead(space: number) {
    Atomics.sub(words, SPACES + space * SPACE_WORDS, 1)
  }

  /** Takes the lock of a space alone. */
  function takeAlone(space: number) {
    const word = SPACES + space * SPACE_WORDS
    preempt('locks.write')
    for (;;) {
      const holders = Atomics.compareExchange(words, word, 0, ALONE)
      if (holders === 0) return
      wait(word, holders, 'locks.write')
    }
  }
  function giveAlone(space: number) {
    if (Atomics.exchange(words, SPACES + space * SPACE_WORDS, 0) !== ALONE) {
      throw new Error(`CPU ${CPU} gives back space ${space}, which it does not have`)
    }
  }
  /** Whether somebody holds a space alone. */
  const isLocked = (space: number) => Atomics.load(words, SPACES + space * SPACE_WORDS) < 0
  /** Waits as long as somebody holds a space alone. */
  function waitForSpace(space: number) {
    const word = SPACES + space * SPACE_WORDS
    for (let holder = Atomics.load(words, word); holder < 0; holder = Atomics.load(words, word))
      wait(word, holder, 'locks.read')
  }
  /** Whether this CPU holds a space alone. */
  const isAlone = (space: number) => words[SPACES + space * SPACE_WORDS] === ALONE

  return {
    format,
    takeProcesses,
    giveProcesses,
    takeRegions,
    giveRegions,
    takeMaps,
    giveMaps,
    takeSlots,
    giveSlots,
    takeFrames,
    giveFrames,
    useSpace,
    leaveSpace,
    closeSpace,
    reopenSpace,
    takeObject,
    giveObject,
    tryToTakeObject,
    waitForObject,
    isObjectTaken,
    takeArea,
    giveArea,
    takeTables,
    tryToTakeTables,
    giveTables,
    areInHand,
    waitForTables,
    takeToRead,
    tryToRead,
    giveToRead,
    takeAlone,
    giveAlone,
    isLocked,
    waitForSpace,
    isAlone,
  }
}
