/// <reference lib="dom" />
// What a page does beyond being read: one step at a time, by keys and clicks; copying.
// The function is written into the page as it is compiled, so it may use nothing but what it declares itself.

/** Walks the steps of a counterexample. Without it the page shows all of them, one below the other. */
export function walkSteps(): void {
  const root = document.documentElement
  root.classList.add('scripted')
  const steps = [...document.querySelectorAll<HTMLElement>('.step')]
  const rows = [...document.querySelectorAll<HTMLElement>('tbody[data-step]')]
  const list = document.querySelector<HTMLElement>('.steps')
  const pane = document.querySelector<HTMLElement>('.memory')
  const where = document.querySelector('#where')
  let current = -1

  /** The row comes into sight within its list; the page stays where it is. */
  const bringInto = (row: HTMLElement): void => {
    if (list === null || list.scrollHeight <= list.clientHeight) return
    const [box, at] = [list.getBoundingClientRect(), row.getBoundingClientRect()]
    const [top, bottom] = [Math.max(box.top, 0) + 60, Math.min(box.bottom, innerHeight) - 20]
    if (at.top < top || at.bottom > bottom) list.scrollTop += (at.top + at.bottom - top - bottom) / 2
  }
  const show = (number: number): void => {
    current = Math.max(0, Math.min(steps.length - 1, number))
    steps.forEach((step, i) => {
      step.classList.toggle('shown', i === current)
      step.classList.toggle('before', i === current - 1)
    })
    for (const row of rows) {
      const isCurrent = row.dataset.step === String(current)
      row.classList.toggle('current', isCurrent)
      row.querySelector('a')?.setAttribute('aria-current', isCurrent ? 'step' : 'false')
      if (isCurrent) bringInto(row)
    }
    if (pane !== null) pane.scrollTop = 0
    if (where !== null) where.textContent = `step ${current} of ${steps.length - 1}`
    document.dispatchEvent(new CustomEvent('step', { detail: current }))
    document.dispatchEvent(new Event('draw'))
  }
  /** As above, and the address says so. While a page loads, a browser would scroll to what its address says. */
  const go = (number: number): void => {
    show(number)
    history.replaceState(null, '', `#step-${current}`)
  }
  /** Whoever chooses a step elsewhere than beside its picture is led to the picture. */
  const lead = (from: Element): void => {
    const isBeside = from.closest('main') !== null && matchMedia('(min-width: 64rem)').matches
    if (!isBeside) pane?.scrollIntoView()
  }
  /** Whether a key moves in a box of its own, or writes. */
  const isTaken = (target: EventTarget | null): boolean => {
    if (target instanceof HTMLInputElement) return target.type === 'search'
    for (
      let at = target instanceof Element ? target : null;
      at !== null && at !== document.body;
      at = at.parentElement
    ) {
      if (at === list || at === pane) return false
      const scrolls = /auto|scroll/.test(getComputedStyle(at).overflow)
      if (scrolls && (at.scrollHeight > at.clientHeight || at.scrollWidth > at.clientWidth)) return true
    }
    return false
  }
  const beside = document.querySelector<HTMLInputElement>('#beside')
  const compare = (): void => {
    root.classList.toggle('beside', beside?.checked === true)
    show(current)
  }
  const fromHash = (): number => {
    const asked = /^#step-(\d{1,6})$/.exec(location.hash)
    return asked === null ? steps.length - 1 : Number(asked[1])
  }
  const moves = new Map<string, () => number>([
    ['ArrowRight', () => current + 1],
    ['ArrowDown', () => current + 1],
    ['j', () => current + 1],
    ['ArrowLeft', () => current - 1],
    ['ArrowUp', () => current - 1],
    ['k', () => current - 1],
    ['Home', () => 0],
    ['End', () => steps.length - 1],
  ])
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return
    if (event.key === 'b') {
      beside?.click()
      return
    }
    const move = moves.get(event.key)
    if (move === undefined) return
    event.preventDefault()
    go(move())
  })
  document.addEventListener('click', event => {
    if (!(event.target instanceof Element)) return
    const link = event.target.closest('a[href^="#step-"]')
    const row = event.target.closest('summary') === null ? event.target.closest<HTMLElement>('tbody[data-step]') : null
    const copy = event.target.closest<HTMLElement>('[data-copy]')
    const move = event.target.closest<HTMLElement>('[data-move]')
    if (link !== null) event.preventDefault()
    const chosen = link?.getAttribute('href')?.slice('#step-'.length) ?? row?.dataset.step
    // Who marks a text in a row wants to copy it.
    if (chosen !== undefined && (link !== null || getSelection()?.isCollapsed !== false)) {
      go(Number(chosen))
      lead(event.target)
    }
    if (move !== null) go(current + Number(move.dataset.move))
    if (copy !== null) {
      const text = document.getElementById(copy.dataset.copy ?? '')?.textContent ?? ''
      void navigator.clipboard?.writeText(text).then(() => {
        copy.textContent = 'copied'
      })
    }
  })
  addEventListener('hashchange', () => {
    if (location.hash.startsWith('#step-')) go(fromHash())
  })
  // On paper nothing can be opened.
  const folded = new Set<HTMLDetailsElement>()
  addEventListener('beforeprint', () => {
    for (const one of document.querySelectorAll<HTMLDetailsElement>(
      'header details:not([open]), .words:not([open]), .legend:not([open]), .step details:not([open])',
    )) {
      one.open = true
      folded.add(one)
    }
  })
  addEventListener('afterprint', () => {
    for (const one of folded) one.open = false
    folded.clear()
  })
  beside?.addEventListener('input', compare)
  if (list !== null) list.classList.toggle('long', list.scrollHeight > list.clientHeight)
  show(fromHash())
}
