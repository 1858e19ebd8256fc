// What other folders and packages may use of reports: the result types, and a pure function for each way to read them.

export { renderAnnotations } from './annotations.js'
export { combine } from './combine.js'
export * from './conform-result.js'
export { renderConform } from './conform-screen.js'
export { renderRun, renderVerdict, type ScreenOptions } from './console.js'
export { foldChanges } from './diff.js'
export { renderDot } from './dot.js'
export * from './explore-result.js'
export { renderHere, renderHereList } from './explore-screen.js'
export { pagesOf, pagesOfWalks, type RunFile, reportName, tracesOf } from './files.js'
export type { Finding, FoundStep } from './finding.js'
export { findingsOf } from './findings.js'
export * from './granularity-result.js'
export { renderGranularity } from './granularity-screen.js'
export { type CounterexamplePage, renderCounterexample } from './html/counterexample.js'
export { renderDisagreement } from './html/disagreement.js'
export { renderExplorer, renderPlace } from './html/explore.js'
export { renderMuseumPage } from './html/museum-page.js'
export { canDraw, picture } from './html/picture.js'
export { renderRunReport } from './html/run-report.js'
export { type FoundTrace, renderItf } from './itf.js'
export { renderJson } from './json.js'
export { renderJunit } from './junit.js'
export * from './kept.js'
export * from './linear-result.js'
export { renderLinear } from './linear-screen.js'
export { renderTable } from './list.js'
export { renderMarkdown } from './markdown.js'
export * from './museum-result.js'
export { renderMuseum, renderMuseumEntry } from './museum-screen.js'
export { counterexampleFile } from './names.js'
export { type PartResult, runOf } from './part-run.js'
export * from './reach-result.js'
export { type BadDocument, type Read, readRun } from './read.js'
export { type ReplayOptions, renderReplay, renderSideBySide } from './replay.js'
export * from './result.js'
export { renderSarif, type SarifOptions } from './sarif.js'
export * from './schedules-result.js'
export { renderSchedule, renderSchedules, renderStress } from './schedules-screen.js'
export { publishedSchemas } from './schema/run.js'
export * from './shrink-result.js'
export { renderShrink } from './shrink-screen.js'
export type {
  Block,
  GuardedRule,
  Inline,
  SpecChapter,
  SpecClaim,
  SpecDocument,
  SpecSource,
  Target,
  Walk,
} from './spec/document.js'
export { wholePage } from './spec/links.js'
export { renderSpec } from './spec/site.js'
export { renderSpecCheck, type SpecCheckResult, type SpecFinding, specCheckSchema } from './spec-check.js'
export { renderSummary } from './summary.js'
export { renderScenario, renderTest, type TakenAway, takenAway } from './take-away.js'
export * from './trace-result.js'
export { renderTrace } from './trace-screen.js'
export * from './walk-result.js'
export { renderWalks } from './walk-screen.js'
