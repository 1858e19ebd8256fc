/// <reference lib="dom" />
// What the pages of the specification do beyond being read: search, by `/` and words; what a link leads to is unfolded.
// The function is written into the page as it is compiled, so it may use nothing but what it declares itself.

/** Finds sections by their names and words. Without it the contents and the browser's own search are there. */
export function searchSpec(): void {
  document.documentElement.classList.add('scripted')
  interface Entry {
    readonly href: string
    readonly title: string
    readonly where: string
    readonly id: string
    readonly text: string
  }
  const most = 30
  const input = document.querySelector<HTMLInputElement>('#search')
  const found = document.querySelector<HTMLElement>('#found')
  let index: readonly Entry[] | null = null
  let at = 0

  /** Words of neighbouring cells stay apart. */
  const wordsOf = (part: Element): string => {
    const walker = document.createTreeWalker(part.querySelector('pre') ?? part, NodeFilter.SHOW_TEXT)
    const words: string[] = []
    while (walker.nextNode() !== null) words.push(walker.currentNode.textContent ?? '')
    return words.join(part.matches('.wide') ? ' ' : '')
  }
  const here = (section: HTMLElement): Entry => {
    const parts = [...section.children].filter(part => !part.matches('h1, h2, h3, .guards'))
    return {
      href: `#${section.id}`,
      title: (section.querySelector('h1, h2, h3')?.textContent ?? section.id).replace(/#$/, ''),
      where: section.dataset.find ?? '',
      id: section.id.toLowerCase(),
      text: parts.map(wordsOf).join(' ').replace(/\s+/g, ' '),
    }
  }
  const entries = (): readonly Entry[] => {
    if (index === null) {
      const elsewhere = document.querySelector('#elsewhere')?.textContent ?? '[]'
      const there: readonly Omit<Entry, 'text'>[] = JSON.parse(elsewhere)
      index = [
        ...[...document.querySelectorAll<HTMLElement>('section[data-find]')].map(here),
        ...there.map(entry => ({ ...entry, text: '' })),
      ]
    }
    return index
  }
  /** How well an entry answers; 0 where a word is nowhere in it. */
  const worth = ({ id, title, text }: Entry, words: readonly string[]): number => {
    const [name, body] = [title.toLowerCase(), text.toLowerCase()]
    let sum = 0
    for (const word of words) {
      const plain = word.replace('.md#', '/')
      if (id === plain || name === plain) sum += 100
      else if (id.endsWith(`/${plain}`) || name.startsWith(plain)) sum += 40
      else if (name.includes(plain) || id.includes(plain)) sum += 20
      else if (body.includes(word)) sum += 1
      else return 0
    }
    return sum
  }
  const excerpt = (text: string, word: string): string => {
    const place = text.toLowerCase().indexOf(word)
    return place < 0 ? text.slice(0, 140) : text.slice(Math.max(0, place - 50), place + 110)
  }
  const show = (): void => {
    if (input === null || found === null) return
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
    const answers =
      words.length === 0
        ? []
        : entries()
            .map(entry => ({ entry, worth: worth(entry, words) }))
            .filter(answer => answer.worth > 0)
            .sort((a, b) => b.worth - a.worth)
    const items = answers.slice(0, most).map(({ entry }, n) => {
      const link = document.createElement('a')
      link.href = entry.href
      link.className = n === at ? 'at' : ''
      const title = document.createElement('b')
      title.textContent = entry.title
      const text = document.createElement('small')
      text.textContent = excerpt(entry.text, words[0])
      link.append(title, ` ${entry.where}`, text)
      return link
    })
    found.replaceChildren(...items)
    if (words.length > 0 && items.length === 0) found.append(`nothing has all of: ${words.join(', ')}`)
    found.querySelector('.at')?.scrollIntoView({ block: 'nearest' })
  }
  const close = (): void => {
    if (input !== null) input.value = ''
    at = 0
    show()
    input?.blur()
  }
  const move = (by: number): void => {
    const last = (found?.querySelectorAll('a').length ?? 1) - 1
    at = Math.max(0, Math.min(last, at + by))
    show()
  }
  const unfold = (): void => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
    if (target === null) return
    for (let one: Element | null = target; one !== null; one = one.parentElement)
      if (one instanceof HTMLDetailsElement) one.open = true
    target.scrollIntoView()
  }
  input?.addEventListener('input', () => {
    at = 0
    show()
  })
  input?.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown') move(1)
    else if (event.key === 'ArrowUp') move(-1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter') found?.querySelector<HTMLElement>('.at')?.click()
    else return
    event.preventDefault()
  })
  found?.addEventListener('click', event => {
    if (event.target instanceof Element && event.target.closest('a') !== null) close()
  })
  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target === input) return
    event.preventDefault()
    input?.focus()
  })
  addEventListener('hashchange', unfold)
  if (location.hash !== '') unfold()
}
