// A whole run as one page: what is wrong first, then every part with its figures. A part that was not run says so, and
// so does a figure that is missing. It needs no scripts; counterexamples are pages beside it.

import type { RunResult } from '../result.js'
import { html } from './markup.js'
import { page } from './page.js'
import { conformSection, granularitySection, linearSection, lockstepSection, schedulesSection } from './run/beside.js'
import { claimsSection } from './run/claims.js'
import { coverageSection } from './run/coverage.js'
import { museumSection, mutantsSection } from './run/mutants.js'
import { overview } from './run/overview.js'
import { chartsSection, scopesSection } from './run/scopes.js'
import { runStyle } from './run/style.js'

/** The whole page. */
export function renderRunReport(run: RunResult): string {
  const sections = [
    scopesSection,
    chartsSection,
    claimsSection,
    coverageSection,
    lockstepSection,
    conformSection,
    linearSection,
    granularitySection,
    schedulesSection,
    museumSection,
    mutantsSection,
  ]
  const body = html`${overview(run)}${sections.map(section => section(run))}`
  return page({ title: `mmspec ${run.verb} ${run.version}`, body, script: null, more: runStyle })
}
