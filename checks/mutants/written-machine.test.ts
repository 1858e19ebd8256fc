// Mutants of the implementation written by hand: each claim about memory notices its own with no model to help. They run
// here on the way that `mmspec mutants` takes, so that an edit that leaves no valid text behind is found early.

import test from 'ava'
import { machineClaims } from '../claims/index.js'
import type { MachineClaim } from '../claims/machine.js'
import type { Build } from '../lockstep/index.js'
import { violatedAlone } from './alone.js'
import { grounds } from './grounds/index.js'
import { plotOf } from './plot.js'
import { runMutants } from './run.js'
import { commandsAlone, mutantCatalogue } from './trials.js'
import { Workshop } from './workshop.js'
import { writtenTexts } from './written-machine.js'

const steering = { signal: null, deadline: null, progress: () => undefined }

test('each claim about memory notices its written mutant with no model to help', async t => {
  const { trials } = mutantCatalogue()
  const mutants = trials.flatMap(({ kind, home }, i) => (kind === 'written' && home === 'machine' ? [i] : []))
  const { kills, unkilled } = await runMutants({ mutants, grounds: [], searches: false, workers: 1 }, steering)
  t.deepEqual(
    kills.map(({ claim, killedBy }) => `${claim}: ${killedBy}`),
    writtenTexts().map(({ kills: claim, edit }) => `${claim}: ${edit.title}`),
  )
  t.deepEqual(
    unkilled.filter(claim => claim.endsWith('(machine)')),
    [],
  )
})

/** The claim, but for structures that it cannot walk: a machine that crashes may leave such behind. */
const calm = (claim: MachineClaim): MachineClaim => ({
  ...claim,
  holds: machine => {
    try {
      return claim.holds(machine)
    } catch {
      return true
    }
  },
})

/** The same machines; what they throw because their text makes no sense is written down. */
const heard =
  (build: Build, senseless: Error[]): Build =>
  (placement, log) => {
    const machine = build(placement, log)
    const calls = Object.entries(machine).map(([name, value]): readonly [string, unknown] => {
      if (typeof value !== 'function') return [name, value]
      const call = (...args: readonly unknown[]) => {
        try {
          return value(...args)
        } catch (error) {
          if (error instanceof ReferenceError || error instanceof TypeError) senseless.push(error)
          throw error
        }
      }
      return [name, call]
    })
    return Object.assign({}, machine, Object.fromEntries(calls))
  }

test('no written mutant is noticed only because it crashes, or by a claim that holds of no machine', async t => {
  const workshop = new Workshop()
  t.teardown(() => workshop.close())
  const noticing = new Set<string>()
  for (const { kills, edit } of writtenTexts()) {
    const claims = machineClaims.filter(({ id }) => id === kills).map(calm)
    const senseless: Error[] = []
    const build = heard(await workshop.load(edit), senseless)
    const ground = grounds.find(plan => violatedAlone(plotOf(plan), build, claims, commandsAlone).has(kills))
    if (ground === undefined) t.fail(`${edit.title}: ${kills} does not notice it`)
    else noticing.add(ground.name)
    t.deepEqual(senseless, [], edit.title)
  }
  const shipped = await workshop.load(null)
  for (const plan of grounds.filter(({ name }) => noticing.has(name)))
    t.deepEqual([...violatedAlone(plotOf(plan), shipped, machineClaims, commandsAlone)], [], plan.name)
})
