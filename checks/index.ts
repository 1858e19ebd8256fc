// What other packages may use of the checks: finding and binding scopes, exploring them, and reading what was found.
//
//   import { checkScopes } from 'mmspec/checks'
//   const run = await checkScopes(['swap'], { sets: ['frames=3'] })
//
// Everything returns values; printing them is for `mmspec/reports`. One search runs at a time in a process, because
// the model's decision tables are set up for one machine: `checkScopes` waits for its turn, and whoever drives an
// `exploration` by hand finishes it before the next.

export { type CheckOptions, checkScopes, usualCheck } from './check.js'
export { type ConformOptions, conform } from './conformance/index.js'
export { commandText, describe, outcomeText } from './describe.js'
export { UserError, type UserProblem } from './errors.js'
export {
  type Cut,
  type EngineName,
  type Exploration,
  engines,
  exploration,
  explore,
  type Found,
  type Limits,
  noLimits,
  type Options,
  type Progress,
} from './explorer/explore.js'
export { diffOf, FollowError, follow, leavesOf, type Taken, type WalkedStep, walk } from './explorer/trace.js'
export { memory } from './memory/system.js'
export * from './notation/index.js'
export {
  type Replay,
  replay,
  replayFile,
  replayScenario,
  type Shown,
  type SideBySideReplay,
  shownBy,
} from './replay.js'
export { aboutClaim, scopeResult, traceOf } from './result.js'
export type { ScenarioText } from './scenario/file.js'
export type { Departure } from './scenario/take.js'
export {
  allScopes,
  type BoundScope,
  bindScope,
  claimIds,
  loadScope,
  mutantOf,
  type ScopeFile,
  type ScopeTag,
  scopeNames,
  slugOf,
} from './scope/index.js'
export { systems } from './systems.js'
export {
  changedParts,
  type FingerprintPart,
  fingerprintOf,
  openToken,
  parseToken,
  printToken,
  type TokenText,
  tokenOf,
} from './token/index.js'
export { version } from './version.js'
