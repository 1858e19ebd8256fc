/// <reference lib="dom" />
// What a page does beyond being read: one step at a time, by keys and clicks; copying.
// The function is written into the page as it is compiled, so it may use nothing but what it declares itself.

/** Walks the steps of a counterexample. Without it the page shows all of them, one below the other. */
export function walkSteps(): void {
  const root = document.documentElement
  root.classList.add('scripted')
  const steps = [...document.querySelectorAll<HTMLElement>('.step')]
  const rows = [...document.querySelectorAll<HTMLElement>('tbody[data-step]')]
  const where = document.querySelector('#where')
  let current = -1

  const show = (number: number): void => {
    const isFirst = current < 0
    current = Math.max(0, Math.min(steps.length - 1, number))
    steps.forEach((step, i) => {
      step.classList.toggle('shown', i === current)
      step.classList.toggle('before', i === current - 1)
    })
    for (const row of rows) {
      row.classList.toggle('current', row.dataset.step === String(current))
      if (!isFirst && row.dataset.step === String(current)) row.scrollIntoView({ block: 'nearest' })
    }
    const pane = document.querySelector('.memory')
    if (pane !== null) pane.scrollTop = 0
    if (where !== null) where.textContent = `step ${current} of ${steps.length - 1}`
    history.replaceState(null, '', `#step-${current}`)
    document.dispatchEvent(new CustomEvent('step', { detail: current }))
    document.dispatchEvent(new Event('draw'))
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
    if (event.ctrlKey || event.metaKey || event.altKey) return
    // Who writes into the filter moves there.
    if (event.target instanceof HTMLInputElement && event.target.type === 'search') return
    if (event.key === 'b') {
      beside?.click()
      return
    }
    const move = moves.get(event.key)
    if (move === undefined) return
    event.preventDefault()
    show(move())
  })
  document.addEventListener('click', event => {
    if (!(event.target instanceof Element)) return
    const link = event.target.closest('a[href^="#step-"]')
    const copy = event.target.closest<HTMLElement>('[data-copy]')
    const move = event.target.closest<HTMLElement>('[data-move]')
    if (link !== null) {
      event.preventDefault()
      show(Number(link.getAttribute('href')?.slice('#step-'.length)))
    }
    if (move !== null) show(current + Number(move.dataset.move))
    if (copy !== null) {
      const text = document.getElementById(copy.dataset.copy ?? '')?.textContent ?? ''
      void navigator.clipboard?.writeText(text).then(() => {
        copy.textContent = 'copied'
      })
    }
  })
  addEventListener('hashchange', () => {
    if (location.hash.startsWith('#step-')) show(fromHash())
  })
  beside?.addEventListener('input', compare)
  show(fromHash())
}
