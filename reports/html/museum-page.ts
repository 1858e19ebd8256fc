// A bug of a real kernel as a page: what happened there, and the shortest way to the same in the edited model.

import type { MuseumEntry } from '../museum-result.js'
import { renderCounterexample } from './counterexample.js'
import { html, type Markup } from './markup.js'

/** The page, or null where the edit was not caught. */
export function renderMuseumPage(entry: MuseumEntry, version: string): string | null {
  const { found, breaks, bounds, id, operation } = entry
  if (found === undefined) return null
  const { says, places, steps, initial = [], by, granularity, states, rules = [] } = found
  const stated = by === breaks.id ? breaks : { id: by, says: 'this holds too', rule: '' }
  return renderCounterexample({
    scope: { name: id, bounds, granularity, states, depth: steps.length, mutant: `an edit of ${operation}` },
    claim: { ...stated, verdict: 'violated', witness: { says, places }, trace: { token: '', initial, steps, rules } },
    version,
    kind: 'a bug of a real kernel',
    story: story(entry),
    // The scope is the entry's own: there is no name by which a file could say it.
    away: null,
  })
}

function story({ title, systems, year, source, story: told, fix, likeness, here, edit, given }: MuseumEntry): Markup {
  return html`<section id="story"><h2>${title}</h2><p class="faint">${systems.join(', ')} · ${year} · ${source}</p>
${told.map(paragraph => html`<p>${paragraph}</p>`)}
<dl class="facts"><dt>mended by</dt><dd>${fix}</dd><dt>here</dt><dd>${likeness}: ${here}</dd><dt>edit</dt><dd>${edit}</dd>${
    given.length === 0
      ? null
      : html`<dt>done before</dt><dd>${given.map(command => html`<code>${command}</code> `)}</dd>`
  }</dl></section>`
}
