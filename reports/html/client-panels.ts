/// <reference lib="dom" />
// What the page fills in for the step that is shown: the claims there, what else could have been called, and every leaf of
// the state. Each function is written into the page as it is compiled, so it may use nothing but what it declares itself;
// it hears of the step from the event `step`. Text goes into the page as text only.

import type { ClaimData, PageData } from './data.js'

/** Claims with what they say of the step, the violated ones first. */
export function showClaims(): void {
  const { statuses }: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '{}')
  const items = [...document.querySelectorAll<HTMLElement>('#claims li')]
  const title = document.querySelector('#claims-title')
  document.addEventListener('step', event => {
    const status = statuses[(event as CustomEvent<number>).detail]
    if (status === undefined) return
    const violated = new Set(status.violated.map(({ id }) => id))
    const unasked = new Set<string>(status.unasked)
    let holds = 0
    for (const item of items) {
      const is = violated.has(item.dataset.id ?? '')
        ? 'violated'
        : unasked.has(item.dataset.kind ?? '')
          ? 'unasked'
          : 'holds'
      item.className = is
      const mark = item.querySelector('.mark')
      if (mark !== null) mark.textContent = { violated: '✖', unasked: '–', holds: '✓' }[is]
      if (is === 'holds') holds++
    }
    const silent = items.length - holds - violated.size
    if (title !== null) title.textContent = `${violated.size} violated, ${holds} hold, ${silent} not asked at this step`
  })
}

/** What else could have been called where the step was taken. */
export function showAlternatives(): void {
  const { others, texts }: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '{}')
  const panel = document.querySelector('#others')
  const list = document.querySelector('#others ul')
  const title = document.querySelector('#others summary')
  const add = (to: Element, name: string, text: string, kind = ''): Element => {
    const made = document.createElement(name)
    made.textContent = text
    if (kind !== '') made.className = kind
    to.append(made)
    return made
  }
  document.addEventListener('step', event => {
    const step = (event as CustomEvent<number>).detail
    if (list === null || title === null || panel === null) return
    // Beside a step stands what could have been called in its place; behind the last one, what could come next.
    const { shown, left } = others[Math.max(0, step - 1)]
    const last = step === others.length - 1 ? others[step] : null
    list.textContent = ''
    const items = (entries: typeof shown, more: number): void => {
      for (const [is, command, outcome, because] of entries.map(entry => entry.map(number => texts[number]))) {
        const item = add(list, 'li', '', is)
        add(item, 'code', command)
        item.append(` → ${outcome}`)
        if (because !== '') add(item, 'small', is === 'waiting' ? `waits at ${because}` : `refused at ${because}`)
      }
      if (more > 0) add(list, 'li', `and ${more} more`, 'faint')
    }
    items(shown, left)
    if (last !== null && step > 0) {
      add(list, 'li', 'and behind this step:', 'apart')
      items(last.shown, last.left)
    }
    title.textContent = `${step === 0 ? 'What can be called here' : 'What could have been called instead'}: ${shown.length + left}`
  })
}

/** The rule that decided the step; of the first state there is none. */
export function showRule(): void {
  const claim: ClaimData = JSON.parse(document.getElementById('claim')?.textContent ?? '{}')
  const panel = document.querySelector<HTMLElement>('#rules')
  const rules = [...document.querySelectorAll<HTMLElement>('#rules article')]
  document.addEventListener('step', event => {
    const step = (event as CustomEvent<number>).detail
    const cited = step === 0 ? undefined : claim.trace?.steps[step - 1]?.rule
    let shown = 0
    for (const rule of rules) {
      rule.hidden = rule.dataset.rule !== cited
      if (!rule.hidden) shown++
    }
    if (panel !== null) panel.hidden = shown === 0
  })
}

/** Every leaf of the state, those that changed first, by a word or only what changed. */
export function showLeaves(): void {
  const claim: ClaimData = JSON.parse(document.getElementById('claim')?.textContent ?? '{}')
  const rows = document.querySelector('#leaves tbody')
  const filter = document.querySelector<HTMLInputElement>('#filter')
  const only = document.querySelector<HTMLInputElement>('#only')
  const { initial = [], steps = [] } = claim.trace ?? {}
  let step = 0
  const show = (): void => {
    if (rows === null) return
    const leaves = new Map(initial.map(({ path, value }) => [path, value]))
    for (const { diff } of steps.slice(0, step)) for (const { path, to } of diff) leaves.set(path, to)
    const changed = new Map((step === 0 ? [] : steps[step - 1].diff).map(({ path, from }) => [path, from]))
    const word = filter?.value.toLowerCase() ?? ''
    const wanted = [...leaves]
      .filter(([path, value]) => `${path} ${value}`.toLowerCase().includes(word))
      .filter(([path]) => only?.checked !== true || changed.has(path))
    rows.textContent = ''
    for (const [path, value] of wanted.sort((a, b) => Number(changed.has(b[0])) - Number(changed.has(a[0])))) {
      const row = document.createElement('tr')
      for (const text of [path, changed.get(path) ?? '', value]) {
        const cell = document.createElement('td')
        cell.textContent = text
        row.append(cell)
      }
      if (changed.has(path)) row.className = 'changed'
      rows.append(row)
    }
  }
  document.addEventListener('step', event => {
    step = (event as CustomEvent<number>).detail
    show()
  })
  filter?.addEventListener('input', show)
  only?.addEventListener('input', show)
}
