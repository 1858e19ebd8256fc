// Shootdown: whoever takes a right away makes every CPU forget it before anything depends on that (spec/tlb.md). It
// writes down what is to be forgotten, sets its bit in the word of each CPU that has the space loaded, and waits until
// each has taken the bit away again. Whoever waits, for this or for a lock, answers meanwhile, so that two CPUs that wait
// for each other both go on.

import type { Point } from '../../spec/interface.js'
import * as answers from '../answers.js'
import type { Core } from '../core.js'
import * as layouts from '../layout.js'
import type { Tlb } from './tlb.js'

/** What is to be forgotten: nothing, a page of a space, a frame wherever it is, a space; or a space that ends. */
export const flushKind = { none: 0, page: 1, frame: 2, space: 3, leave: 4 } as const

export type Shootdown = ReturnType<typeof createShootdown>

export function createShootdown(core: Core, { forgetPage, forgetFrame, forgetSpace }: Tlb) {
  const { words, doubles, layout, preempt, pause, cpu: CPU } = core
  const { cpus: CPUS, spaces: SPACES } = core.boot
  const { NONE } = answers
  const { cpuField, cpuWords: WORDS } = layouts
  const { none: NOTHING, page: PAGE_KIND, frame: FRAME_KIND, space: SPACE_KIND, leave: LEAVE_KIND } = flushKind
  const ACTIVE = layout.cpus + cpuField.active
  const ASKED = layout.cpus + cpuField.asked
  const KIND = layout.cpus + cpuField.kind
  const SPACE = layout.cpus + cpuField.space
  const PAGE = (layout.cpus + cpuField.page) >> 1
  const FRAME = layout.cpus + cpuField.frame
  const BEHIND = layout.behind
  const ME = 1 << CPU
  const MY_MAIL = ASKED + CPU * WORDS

  function format() {
    if (CPUS === 1) return
    words.fill(0, layout.cpus, layout.cpus + CPUS * WORDS)
    for (let cpu = 0; cpu < CPUS; cpu++) words[ACTIVE + cpu * WORDS] = NONE
    words.fill(0, BEHIND, BEHIND + CPUS * SPACES)
  }

  /** Whether this CPU is asked to forget something. */
  const hasMail = () => CPUS > 1 && words[MY_MAIL] !== 0

  /** Takes an interrupt, if there is one: between two instructions, or while waiting. */
  function poll() {
    if (CPUS > 1 && words[MY_MAIL] !== 0) acknowledge(CPU)
  }

  /** A CPU forgets what everybody who asks wants forgotten, and only then says so. */
  function acknowledge(cpu: number) {
    preempt('tlb.acknowledge')
    const askers = Atomics.load(words, ASKED + cpu * WORDS)
    for (let from = 0; from < CPUS; from++) if ((askers & (1 << from)) !== 0) obey(cpu, from)
    preempt('tlb.answer')
    Atomics.and(words, ASKED + cpu * WORDS, ~askers)
  }

  /** A CPU forgets what another one, or itself, has written down. */
  function obey(cpu: number, from: number) {
    const record = from * WORDS
    const space = words[SPACE + record]
    const kind = words[KIND + record]
    if (kind === PAGE_KIND) forgetPage(cpu, space, doubles[PAGE + (record >> 1)])
    else if (kind === FRAME_KIND) forgetFrame(cpu, words[FRAME + record])
    else forgetSpace(cpu, space)
    if (kind === LEAVE_KIND && words[ACTIVE + cpu * WORDS] === space) Atomics.store(words, ACTIVE + cpu * WORDS, NONE)
  }

  /** Does nothing until a word has changed, but answers. */
  function wait(word: number, seen: number, point: Point) {
    poll()
    if (pause) pause(CPU, word, seen, point)
    else serve(point)
  }

  /** Where one thread plays all CPUs, the others do nothing but answer; if that does not help, nothing will. */
  function serve(point: Point) {
    let answered = false
    for (let cpu = 0; cpu < CPUS; cpu++) {
      if (words[ASKED + cpu * WORDS] === 0) continue
      acknowledge(cpu)
      answered = true
    }
    if (!answered) throw new Error(`CPU ${CPU} waits at ${point} for a CPU that does not run`)
  }

  /** Makes every CPU forget a page of a space. */
  function forgetPageEverywhere(space: number, page: number) {
    doubles[PAGE + ((CPU * WORDS) >> 1)] = page
    words[SPACE + CPU * WORDS] = space
    shootDown(PAGE_KIND)
  }

  /** Makes every CPU forget all that it knows of a space; of one that ends, the tables too. */
  function forgetSpaceEverywhere(space: number, ends: boolean) {
    words[SPACE + CPU * WORDS] = space
    shootDown(ends ? LEAVE_KIND : SPACE_KIND)
  }

  /** Makes every CPU forget a frame, whatever page it is. */
  function forgetFrameEverywhere(frame: number) {
    words[FRAME + CPU * WORDS] = frame
    shootDown(FRAME_KIND)
  }

  function shootDown(kind: number) {
    words[KIND + CPU * WORDS] = kind
    obey(CPU, CPU)
    for (let cpu = 0; cpu < CPUS; cpu++) if (cpu !== CPU) ask(cpu, kind)
    for (let cpu = 0; cpu < CPUS; cpu++) if (cpu !== CPU) awaitAnswer(cpu)
    words[KIND + CPU * WORDS] = NOTHING
  }

  function ask(cpu: number, kind: number) {
    preempt('tlb.ask')
    if (kind === FRAME_KIND || hasLoaded(cpu, words[SPACE + CPU * WORDS])) Atomics.or(words, ASKED + cpu * WORDS, ME)
  }

  /**
   * Whether a CPU has a space loaded; if not, it is behind. It is marked first and asked then, as a CPU that loads a space
   * says so first and looks for the mark then: so one of both sees the other (Linux, switch_mm_irqs_off).
   */
  function hasLoaded(cpu: number, space: number) {
    const mark = BEHIND + cpu * SPACES + space
    Atomics.store(words, mark, 1)
    if (Atomics.load(words, ACTIVE + cpu * WORDS) !== space) return false
    Atomics.store(words, mark, 0)
    return true
  }

  function awaitAnswer(cpu: number) {
    for (;;) {
      const askers = Atomics.load(words, ASKED + cpu * WORDS)
      if ((askers & ME) === 0) return
      wait(ASKED + cpu * WORDS, askers, 'tlb.await')
    }
  }

  return { format, poll, hasMail, wait, forgetPageEverywhere, forgetSpaceEverywhere, forgetFrameEverywhere }
}
