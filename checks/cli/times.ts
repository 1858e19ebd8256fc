// Leaves out of a run what differs from one time to the next.

import { type RunResult, renderJson } from '../../reports/index.js'

export const withoutTimes = (result: RunResult): RunResult => JSON.parse(renderJson(result, { times: false }))
