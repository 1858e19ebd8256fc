// Which pages of its own space a command may map differently, by what it was called with: the frame that claims about
// everything else are put in.

import { type Event, ids, type Page, type State } from '../../model/index.js'
import type { CommandName } from '../../spec/interface.js'
import { answerOf, argument, isMapped, type PageRecord } from './walk.js'

type Reach = (v: Page, before: PageRecord) => boolean
const all: Reach = () => true
const none: Reach = () => false
const range =
  (first: number, count: number): Reach =>
  v =>
    v >= first && v < first + count

const ownRange = (event: Event<State>): Reach => range(argument(event, 'page'), argument(event, 'count'))
const answered = (event: Event<State>, count: number): Reach => range(answerOf(event), count)
const grown = (event: Event<State>): Reach => {
  const page = argument(event, 'page')
  return (v, was) => !isMapped(was) && v >= page
}
const nothing = () => none
const anything = () => all

const reaches: { readonly [N in CommandName]: (event: Event<State>) => Reach } = {
  spawn: anything,
  exit: anything,
  fork: nothing,
  setuid: nothing,
  dropcap: nothing,
  rlimit: nothing,
  reserve: nothing,
  allocate: nothing,
  free: nothing,
  mmap: event => answered(event, argument(event, 'count')),
  munmap: ownRange,
  mprotect: ownRange,
  mremap: event => {
    const [from, to] = [
      range(argument(event, 'page'), argument(event, 'old')),
      answered(event, argument(event, 'count')),
    ]
    return (v, was) => from(v, was) || to(v, was)
  },
  mincore: nothing,
  load: grown,
  store: grown,
  fetch: grown,
  shmget: nothing,
  shmat: event => {
    const { objects } = event.before
    return answered(event, objects[ids(objects)[argument(event, 'segment')]].size)
  },
  shmdt: event => (v, was) => v >= argument(event, 'page') && was.object !== null,
  shmremove: nothing,
  shmset: nothing,
  shmstat: nothing,
  shmlock: nothing,
  shmunlock: nothing,
  mlock: ownRange,
  mlock2: ownRange,
  munlock: ownRange,
  mlockall: anything,
  munlockall: anything,
  swapOut: nothing,
  swapIn: nothing,
  mkswap: nothing,
  rmswap: nothing,
  swapon: nothing,
  swapoff: nothing,
  discard: nothing,
  poke: nothing,
  writeBack: nothing,
  dropCache: nothing,
}

/** Whether the command may have changed how a page of the caller is mapped. */
export const callerChanges = (event: Event<State>): Reach => reaches[event.operation as CommandName](event)
