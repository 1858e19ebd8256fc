// Time limits, and what of a result differs from one time to the next.

import { renderJson } from '../../reports/index.js'

/** The result without its times. */
export const withoutTimes = <R extends object>(result: R): R => JSON.parse(renderJson(result, { times: false }))

/** When a run that may take so many seconds must end, in milliseconds since 1970; null for never. */
export const deadlineOf = (seconds: number | undefined): number | null =>
  seconds === undefined ? null : Date.now() + seconds * 1000
