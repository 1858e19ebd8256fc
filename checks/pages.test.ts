// From a mistake to the page that shows it, with nothing in between made up: a model that breaks its own rules, an
// implementation that departs from the model, a schedule that goes wrong.

import test, { type ExecutionContext } from 'ava'
import { emptyRun, pagesOf, type RunResult } from '../reports/index.js'
import { checkScopes } from './check.js'
import { drain } from './lockstep/index.js'
import { lockstepScope } from './lockstep/run.js'
import { Workshop } from './mutants/workshop.js'
import { placed } from './mutants/written-machine/text.js'
import { mutantOf } from './schedules/mutants.js'
import { replaySchedule } from './schedules/replay.js'
import { runSchedules } from './schedules/run.js'
import { bindScope, loadScope } from './scope/index.js'

/** A page is long: of one that does not match, only what was looked for is told. */
const shows = (t: ExecutionContext, page: string, what: RegExp): void => {
  t.true(what.test(page), String(what))
}

/** The only page of a run beside its report, which leads to it. */
function pageOf(run: RunResult): string {
  const [report, page, ...more] = pagesOf(run)
  if (page === undefined || more.length > 0) throw new Error(`${more.length} pages too many`)
  if (!report.text.includes(`href="./${encodeURIComponent(page.name)}"`)) throw new Error(`no link to ${page.name}`)
  return page.text
}

test('a model that breaks the rules of its own language has a page of the way to where it does', async t => {
  const page = pageOf(await checkScopes(['fork'], { mutant: 'a-child-inherits-locks' }))
  shows(t, page, /✖ model-error/)
  shows(
    t,
    page,
    /id="witness">spaces\[\]\.pages\[\]\.lock cannot hold locked: .*, where P0 fork P1 is tried behind the last step/,
  )
  shows(t, page, /1 · P0 spawn → ok/)
  shows(t, page, /"model error"/)
})

test('an implementation that departs from the model has a page with both answers, and the rule that it breaks', async t => {
  const workshop = new Workshop()
  try {
    const edit = placed({
      kills: '',
      title: 'here',
      file: 'swap/evict.js',
      find: 'return ENOSPC;',
      replace: 'return -12;',
    })
    const result = drain(lockstepScope(bindScope(loadScope('tiny-limit')), 0, await workshop.load(edit.edit)))
    const page = pageOf({ ...emptyRun('lockstep', '0.0.0'), ok: false, lockstep: [result] })
    shows(t, page, /model and implementation disagree/)
    shows(
      t,
      page,
      /<code>P0 swapout @\d<\/code><\/td><td class="differ">E:ENOSPC<\/td><td class="differ">E:ENOMEM<\/td>/,
    )
    shows(t, page, /data-rule="swap\.md#swap-out/)
    shows(t, page, /lockstep: true/)
  } finally {
    workshop.close()
  }
})

test('a schedule that goes wrong has a page with the memory behind each stretch, and its token tells the same', async t => {
  const edit = mutantOf('fork-flushes-nothing')
  const schedules = await runSchedules([edit.scenario], {
    preemptions: 0,
    random: null,
    geometries: ['tiny'],
    edit,
    lockstep: true,
  })
  const page = pageOf({ ...emptyRun('schedules', '0.0.0'), ok: false, schedules })
  shows(t, page, /✖ tlb\/no-right-beyond-the-entry/)
  shows(t, page, /keeps page 0 of space 0 .*>but the entry says frame \d, r</)
  const { failure } = schedules.scenarios[0]
  if (failure?.told === undefined) throw new Error('nothing went wrong')
  t.is(failure.told.steps.length, failure.steps)
  t.deepEqual(await replaySchedule(failure.token), failure.told)
})
