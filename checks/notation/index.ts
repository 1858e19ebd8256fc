// The notation: commands, questions and answers as text, one line each. Used by scenarios, by the examples in the
// spec and by counterexamples; `parse.ts` reads it, `print.ts` writes it, `answer.ts` answers its questions.

export {
  answer,
  type EntryKind,
  entryKinds,
  type Observed,
  type ObservedEntry,
  type ObservedObject,
  type ObservedRegion,
} from './answer.js'
export { NotationError, type Problem } from './error.js'
export { nearest } from './nearest.js'
export { type ParseOptions, parseScenario } from './parse.js'
export { printCommand, printOutcome, printQuery } from './print.js'
export type {
  CommandStep,
  Place,
  ProcessPage,
  Query,
  QueryName,
  QueryStep,
  Scenario,
  Setting,
  Setup,
  Step,
} from './scenario.js'
export { makesSense } from './sense.js'
