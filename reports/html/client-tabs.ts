/// <reference lib="dom" />
// The tabs of what a reader takes away: one shown at a time, copied or saved as a file. Nothing is asked of the network: a
// file is made from the text that stands in the page.

import type { PageData } from './data.js'

export function takeAwayTabs(): void {
  const read = (id: string) => JSON.parse(document.getElementById(id)?.textContent || 'null')
  const { itf }: PageData = read('data')
  const tabs = [...document.querySelectorAll<HTMLElement>('[role=tab]')]
  const panels = [...document.querySelectorAll<HTMLElement>('[role=tabpanel]')]

  const changed = (from: unknown, change: unknown): unknown => {
    if (typeof change !== 'object' || change === null) return change
    if ('=' in change) return change['=']
    const next = (Array.isArray(from) ? [...from] : { ...(from as object) }) as Record<string, unknown>
    for (const [key, part] of Object.entries(change)) next[key] = changed(next[key], part)
    return next
  }
  /** Texts that only repeat what the page has are made when they are asked for. */
  const made = new Map<string, () => string>([
    ['json', () => JSON.stringify(read('claim'), null, 2)],
    [
      'itf',
      () => {
        const { states, ...top }: { states: unknown[] } = read('itf-whole') ?? { ...(itf?.head ?? {}), states: [] }
        for (const [i, change] of (itf?.states ?? []).entries())
          states.push(i === 0 ? change : changed(states[i - 1], change))
        const head = JSON.stringify(top).slice(0, -1)
        return `${head},"states":[\n${states.map(state => JSON.stringify(state)).join(',\n')}\n]}\n`
      },
    ],
  ])
  const textOf = (name: string): string => {
    const pre = document.querySelector(`#${name} pre`)
    const make = made.get(name)
    if (pre !== null && pre.textContent === '' && make !== undefined) pre.textContent = make()
    return pre?.textContent ?? ''
  }
  const choose = (at: number): void => {
    const chosen = tabs[(at + tabs.length) % tabs.length]
    for (const tab of tabs) {
      tab.setAttribute('aria-selected', String(tab === chosen))
      tab.tabIndex = tab === chosen ? 0 : -1
    }
    for (const panel of panels) panel.hidden = panel.id !== chosen.dataset.panel
    textOf(chosen.dataset.panel ?? '')
  }
  for (const [i, tab] of tabs.entries()) {
    tab.addEventListener('click', () => choose(i))
    tab.addEventListener('keydown', event => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
      if (by === undefined) return
      event.preventDefault()
      event.stopPropagation()
      choose(i + by)
      tabs[(i + by + tabs.length) % tabs.length].focus()
    })
  }
  document.addEventListener('click', event => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-take]') : null
    const name = button?.dataset.take ?? ''
    if (button === null) return
    if (button.dataset.file === undefined) {
      void navigator.clipboard?.writeText(textOf(name)).then(() => {
        button.textContent = 'copied'
      })
      return
    }
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([textOf(name)]))
    link.download = button.dataset.file
    link.click()
    URL.revokeObjectURL(link.href)
  })
  if (tabs.length > 0) choose(0)
}
