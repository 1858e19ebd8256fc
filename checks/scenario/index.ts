// Scenarios: texts in the notation, run on the model, the implementation, or both.

export { openImplementation } from './machine-side.js'
export { openModel, type Told } from './model-side.js'
export { type Parting, partings, type RanScenario, type RanStep, runScenario } from './run.js'
export { boundsOf, settingNames } from './settings.js'
export type { OpenSide, Side } from './side.js'
