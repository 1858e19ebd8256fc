// Lockstep: model and implementation side by side, exhaustively and at random.

export * from './abstraction.js'
export * from './call.js'
export * from './drain.js'
export { ChoiceLog, issue, spokenOf } from './driver.js'
export * from './exhaustive.js'
export * from './pair.js'
export * from './parting.js'
export * from './placement.js'
export * from './random.js'
export * from './tally.js'
export * from './tell.js'
