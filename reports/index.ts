// What other folders and packages may use of reports: the result types, and a pure function for each way to read them.

export * from './conform-result.js'
export { renderConform } from './conform-screen.js'
export { renderRun, type ScreenOptions } from './console.js'
export { foldChanges } from './diff.js'
export { type CounterexamplePage, renderCounterexample } from './html/counterexample.js'
export { renderJson } from './json.js'
export { renderTable } from './list.js'
export { renderMarkdown } from './markdown.js'
export * from './museum-result.js'
export { renderMuseum, renderMuseumEntry } from './museum-screen.js'
export { type ReplayOptions, renderReplay, renderSideBySide } from './replay.js'
export * from './result.js'
