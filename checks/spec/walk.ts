// An example as a walk of the model: the state before its first command, and what each command changed.

import type { TraceStep, Walk } from '../../reports/index.js'
import { parseScenario } from '../notation/index.js'
import { openModel, runScenario } from '../scenario/index.js'

type Leaves = ReturnType<ReturnType<typeof openModel>['leaves']>

export function walkOf(text: string, place: { readonly file: string; readonly firstLine: number }): Walk {
  const scenario = parseScenario(text, place)
  const states: Leaves[] = []
  const ran = runScenario(scenario, bounds => {
    const side = openModel(bounds)
    states.push(side.leaves())
    return {
      ...side,
      run: command => {
        const outcome = side.run(command)
        states.push(side.leaves())
        return outcome
      },
    }
  })
  const commands = ran.steps.filter((_, at) => scenario.steps[at]?.is === 'command')
  const steps = commands.map(({ says, answer }, at): TraceStep => {
    const before = new Map(states[at].map(({ path, value }) => [path, value]))
    const diff = states[at + 1].flatMap(({ path, value }) => {
      const from = before.get(path) ?? ''
      return from === value ? [] : [{ path, from, to: value }]
    })
    return { command: says, outcome: answer, operation: '', step: '', rule: '', choices: [], diff }
  })
  return { text, initial: states[0], steps }
}
