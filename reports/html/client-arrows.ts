/// <reference lib="dom" />
// Arrows from entries to what they lead to, over every memory picture that is shown, of a counterexample as of the explorer. The function is written into a page as
// it is compiled, so it may use nothing but what it declares itself; the page says `draw` when its pictures have changed.

export function drawArrows(): void {
  const draw = (): void => {
    for (const picture of document.querySelectorAll<HTMLElement>('.picture')) {
      picture.querySelector('svg')?.remove()
      if (picture.offsetParent === null) continue
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
      svg.setAttribute('class', 'arrows')
      svg.setAttribute('aria-hidden', 'true')
      const base = picture.getBoundingClientRect()
      for (const from of picture.querySelectorAll<HTMLElement>('[data-to]')) {
        const to = document.getElementById(from.dataset.to ?? '')
        if (to === null) continue
        const a = from.getBoundingClientRect()
        const b = to.getBoundingClientRect()
        const isDown = b.top > a.top
        const [x1, y1] = [a.left + a.width / 2 - base.left + picture.scrollLeft, (isDown ? a.bottom : a.top) - base.top]
        const [x2, y2] = [b.left + b.width / 2 - base.left + picture.scrollLeft, (isDown ? b.top : b.bottom) - base.top]
        const bend = Math.max(14, Math.abs(y2 - y1) / 2) * (isDown ? 1 : -1)
        const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
        path.setAttribute('d', `M${x1} ${y1} C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`)
        path.setAttribute('class', `a${from.dataset.kind ?? 'r'}${from.closest('.cpu') === null ? '' : ' far'}`)
        svg.append(path)
      }
      picture.append(svg)
    }
  }
  document.addEventListener('draw', draw)
  addEventListener('resize', draw)
}
