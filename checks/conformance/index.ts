// Conformance: what a live kernel answered, asked again of the model and of the implementation.

export { kernelView } from './kernel-view.js'
export { chosenRows, groupOf, type LaterRow, loadRows, type RecordedRow, type Recordings } from './rows.js'
export { type ConformOptions, conform, type Profile, profiles } from './run.js'
