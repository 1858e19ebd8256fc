// What a reader takes away from a page, a tab each: the scenario and the test stand in the page as they are; the trace as
// JSON and as ITF are made from its data by the script.

import { renderScenario, renderTest, type TakenAway } from '../take-away.js'
import { html, lines, type Markup } from './markup.js'

interface Tab {
  readonly name: string
  readonly title: string
  readonly file: string
  readonly says: Markup
  /** Null where the script makes it. */
  readonly text: string | null
}

/** `base` names the files that are saved. */
export function takeAwayTabs(away: TakenAway | null, base: string, made: readonly ('json' | 'itf')[]): Markup {
  const tabs = [...(away === null ? [] : written(away, base)), ...made.map(name => fromData(name, base))]
  return html`<section class="take-away"><h2>Take away</h2>
<div role="tablist" class="only-scripted" aria-label="take away">${tabs.map(
    ({ name, title }) =>
      html`<button role="tab" id="tab-${name}" data-panel="${name}" aria-controls="${name}">${title}</button>`,
  )}</div>
${tabs.map(panel)}</section>`
}

function written(away: TakenAway, base: string): readonly Tab[] {
  const scenario = `${base}.yaml`
  const program = `${base}.test.ts`
  return [
    {
      name: 'scenario',
      title: 'Scenario',
      file: scenario,
      says: html`Run it with <code>npx mmspec replay ./${scenario}</code>; the steps may be changed.`,
      text: renderScenario(away),
    },
    {
      name: 'test',
      title: 'TypeScript test',
      file: program,
      says: html`Run it with <code>node --test ${program}</code>, or as <code>.mjs</code> where Node does not read TypeScript.`,
      text: renderTest(away),
    },
  ]
}

const fromData = (name: 'json' | 'itf', base: string): Tab =>
  name === 'itf'
    ? {
        name,
        title: 'ITF',
        file: `${base}.itf.json`,
        says: html`Every state in the Informal Trace Format, for its viewers.`,
        text: null,
      }
    : {
        name,
        title: 'JSON',
        file: `${base}.json`,
        says: html`The claim and its trace, as in <code>run.json</code>.`,
        text: null,
      }

function panel({ name, title, file, says, text }: Tab): Markup {
  const unscripted = text === null ? html` class="only-scripted"` : null
  return html`<div role="tabpanel" id="${name}" aria-labelledby="tab-${name}"${unscripted}><h3 class="only-plain">${title}</h3><p>${says}</p>
<p class="only-scripted"><button data-take="${name}">copy</button> <button data-take="${name}" data-file="${file}">save ${file}</button></p>
<pre tabindex="0">${text === null ? null : lines(text)}</pre></div>
`
}
