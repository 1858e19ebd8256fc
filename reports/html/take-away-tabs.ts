// What a reader takes away from a page, a tab each: the scenario and the test stand in the page as they are. The trace as JSON
// and as ITF are the page's data: its script lays them out, and without one they are shown as they stand.

import { renderScenario, renderTest, type TakenAway } from '../take-away.js'
import { data, html, lines, type Markup } from './markup.js'

interface Tab {
  readonly name: string
  readonly title: string
  readonly file: string
  readonly says: Markup
  /** Null where it is made of data. */
  readonly text: string | null
  readonly data?: Markup
}

/** The trace as values: the claim as in the run, and ITF, which is null where it is too long to stand in the page. */
export interface TakenData {
  readonly claim: unknown
  readonly itf: unknown
}

/** `base` names the files that are saved. */
export function takeAwayTabs(away: TakenAway | null, base: string, values: TakenData): Markup {
  const tabs = [...(away === null ? [] : written(away, base)), ...fromData(values, base)]
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

const fromData = ({ claim, itf }: TakenData, base: string): readonly Tab[] => [
  {
    name: 'itf',
    title: 'ITF',
    file: `${base}.itf.json`,
    says: html`Every state in the Informal Trace Format, for its viewers.`,
    text: null,
    data:
      itf === null
        ? html`<p class="only-plain">It is too long to stand here: <code>npx mmspec report run.json --itf --out .</code> writes it from the run.</p>`
        : asData('itf-whole', itf),
  },
  {
    name: 'json',
    title: 'JSON',
    file: `${base}.json`,
    says: html`The claim and its trace, as in <code>run.json</code>.`,
    text: null,
    data: asData('claim', claim),
  },
]

/** Without scripts the style of the page shows what else a browser hides. */
const asData = (id: string, value: unknown): Markup =>
  html`<details><summary class="only-plain">Show it</summary><script type="application/json" id="${id}">${data(value)}</script></details>`

function panel({ name, title, file, says, text, data: its }: Tab): Markup {
  const pre =
    text === null ? html`<pre tabindex="0" class="only-scripted"></pre>` : html`<pre tabindex="0">${lines(text)}</pre>`
  return html`<div role="tabpanel" id="${name}" aria-labelledby="tab-${name}"><h3 class="only-plain">${title}</h3><p>${says}</p>
<p class="only-scripted"><button data-take="${name}">copy</button> <button data-take="${name}" data-file="${file}">save ${file}</button></p>
${pre}${its ?? null}</div>
`
}
